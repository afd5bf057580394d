"""Stored values as text and back, since what is sealed is text whatever the kind of the field."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from keguan.language.feel.types import (
    Attachment,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Number,
    Staff,
    Time,
)

if TYPE_CHECKING:
    from keguan.language.feel.types import Type

Value = str | int | bool | date | time
"""A stored value; a moment is a ``datetime``, which is a ``date`` too."""


def as_text(value: Value) -> str:
    """A stored value as the text that is sealed."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(written(value))


def written(value: Any) -> Any:  # a value of a row may be anything that a driver gives
    """Days, times and moments as the text that SQLite, cursors and the ledger hold; anything else as it is."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else value


def from_text(kind: Type, text: str) -> Value:
    """The stored value that was sealed as ``text``. Raises ``ValueError`` for what is none of this kind."""
    match kind:
        case Number() | DayDuration() | MonthDuration() | Staff() | Attachment():
            return int(text)
        case Boolean():
            return text == "1"
        case Date():
            return date.fromisoformat(text)
        case Time():
            return time.fromisoformat(text)
        case DateTime():
            return datetime.fromisoformat(text)
        case _:
            return text
