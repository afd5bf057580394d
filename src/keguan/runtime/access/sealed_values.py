"""Stored values as text and back, since what is sealed is text whatever the kind of the field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from keguan.language.feel.types import Boolean, Date, Number

if TYPE_CHECKING:
    from keguan.language.feel.types import Type

Value = str | int | bool | date


def as_text(value: Value) -> str:
    """A stored value as the text that is sealed."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def from_text(kind: Type, text: str) -> Value:
    """The stored value that was sealed as ``text``."""
    if isinstance(kind, Number):
        return int(text)
    if isinstance(kind, Boolean):
        return text == "1"
    return date.fromisoformat(text) if isinstance(kind, Date) else text
