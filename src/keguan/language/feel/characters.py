"""How the characters of an author's text are read: full-width forms count as their ASCII ones, place for place."""

from __future__ import annotations

PLAIN_QUOTES = frozenset('"＂')
CURLY_QUOTES = frozenset("“”„「」『』")

_SINGLE = {
    "\u3000": " ",
    "\xa0": " ",
    "、": ",",
    "。": ".",
    "−": "-",
    "–": "-",
    "—": "-",
    "×": "*",
    "÷": "/",
    "≤": "≤",
    "≥": "≥",
    "≠": "≠",
    "【": "[",
    "】": "]",
    "〔": "(",
    "〕": ")",
    "…": "‥",
}
_TABLE = {ord(character): plain for character, plain in _SINGLE.items()} | {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)
}


def plain(text: str) -> str:
    """``text`` with full-width letters, digits and punctuation as ASCII; every character stays at its offset."""
    return text.translate(_TABLE)


def is_name_start(character: str) -> bool:
    """Whether a name may start with this character: a letter of any script or an underscore."""
    return character == "_" or (character.isalnum() and not character.isdecimal())


def is_name_part(character: str) -> bool:
    """Whether this character may stand inside a name."""
    return character == "_" or character.isalnum()
