"""The static types of expressions, and how their values are stored.

Values in generated Python, in SQL and in storage are the same plain values: text is ``str``, a yes/no is ``bool``,
a date is ``datetime.date`` and a number of scale *s* is an ``int`` counting units of 10**-s (money: fen, scale 2;
percent: basis points, scale 4). ``None`` is FEEL's null.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_SCALE = 8
"""The finest scale an intermediate result keeps; a product beyond it is rounded half-even."""


@dataclass(frozen=True, slots=True)
class Text:
    """Text; ``choices`` are the allowed values when the field is an enumeration."""

    choices: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Boolean:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day."""


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number stored as an integer of units of 10**-scale."""

    scale: int = 0


@dataclass(frozen=True, slots=True)
class Null:
    """The type of the literal ``null``; it fits every other type."""


Type = Text | Boolean | Date | Number | Null
TEXT, BOOLEAN, DATE, NULL = Text(), Boolean(), Date(), Null()
