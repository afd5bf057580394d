"""What is left visible of a sensitive value: enough to recognise it together with its owner, not to use it."""

from __future__ import annotations

from keguan.language.model.model import FieldKind

STARS = "******"
_HEAD = 6


def mask(kind: FieldKind, text: str) -> str:
    """The text with its telling part replaced by ``*``. Nothing shorter than its own mask shows through."""
    if kind is FieldKind.PHONE:
        return _middle(text, 3, 4)
    if kind in (FieldKind.ID_NUMBER, FieldKind.USCC):
        return _middle(text, 3, 4)
    if kind is FieldKind.BANK_CARD:
        return _middle(text, 4, 4)
    if kind is FieldKind.EMAIL:
        name, at, domain = text.partition("@")
        return f"{name[:1]}***{at}{domain}" if len(name) > 1 else f"***{at}{domain}"
    if kind is FieldKind.TEXT:
        return text[: min(_HEAD, len(text) // 2)] + STARS
    return STARS


def _middle(text: str, head: int, tail: int) -> str:
    """Stars for all but the ends; only stars when the ends would be half of it or more and it is short."""
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[-tail:] if hidden >= 4 else STARS
