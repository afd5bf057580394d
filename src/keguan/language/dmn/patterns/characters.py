"""Sets of characters: what an escape or a category stands for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

Characters = Callable[[str], bool]
"""Whether a character is one of the set."""

_CATEGORIES = frozenset({
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
    "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp",
    "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
})  # fmt: skip
_BLOCKS = {
    "IsBasicLatin": (0x0000, 0x007F),
    "IsLatin-1Supplement": (0x0080, 0x00FF),
    "IsLatinExtended-A": (0x0100, 0x017F),
    "IsGreek": (0x0370, 0x03FF),
    "IsCyrillic": (0x0400, 0x04FF),
    "IsHebrew": (0x0590, 0x05FF),
    "IsArabic": (0x0600, 0x06FF),
    "IsHiragana": (0x3040, 0x309F),
    "IsKatakana": (0x30A0, 0x30FF),
    "IsCJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "IsHangulSyllables": (0xAC00, 0xD7AF),
}


def category(name: str) -> Characters | None:
    """The characters of a Unicode category or block, or None when there is none of that name."""
    if name in _CATEGORIES:
        return lambda character: unicodedata.category(character).startswith(name)
    if name in _BLOCKS:
        first, last = _BLOCKS[name]
        return lambda character: first <= ord(character) <= last
    return None


def escaped(letter: str) -> Characters | None:
    """The characters that a backslash and this letter stand for, or None when it stands for none."""
    found = _ESCAPES.get(letter.lower())
    if found is None:
        return None
    return found if letter.islower() else lambda character: not found(character)


def one(wanted: str) -> Characters:
    """That character alone."""
    return lambda character: character == wanted


def any_case(characters: Characters) -> Characters:
    """The characters in capital and in small letters."""
    return lambda character: any(
        len(form) == 1 and characters(form) for form in (character, character.lower(), character.upper())
    )


_ESCAPES: dict[str, Characters] = {
    "s": lambda character: character in " \t\n\r",
    "d": lambda character: unicodedata.category(character) == "Nd",
    "w": lambda character: unicodedata.category(character)[0] not in "PZC",
    "i": lambda character: character in "_:" or unicodedata.category(character)[0] == "L",
    "c": lambda character: character in "_:.-·" or unicodedata.category(character)[0] in "LNM",
}
