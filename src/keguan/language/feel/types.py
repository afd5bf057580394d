"""The static types of expressions, and how their values are stored.

Values in generated Python, in SQL and in storage are the same plain values: text is ``str``, a yes/no is ``bool``,
a date is ``datetime.date``, a time of day ``datetime.time`` and a moment ``datetime.datetime`` (both to the second,
local, without a zone); a number of scale *s* is an ``int`` counting units of 10**-s (money: fen, scale 2; percent:
basis points, scale 4), a duration an ``int`` of seconds or of months, a member of staff the ``int`` of their id (in
scenarios, where nobody is stored, their name), an attachment the ``int`` of how many files there are. ``None`` is
FEEL's null.

Lists, contexts, ranges and functions exist only while an expression is typed: inference reduces them away (a literal
list is unrolled, a context is projected, a list of child records ends in an aggregate), so that every typed tree can
run as one set-based statement. What cannot be reduced is refused by a diagnostic.
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
class Time:
    """A time of day, to the second, without a zone."""


@dataclass(frozen=True, slots=True)
class DateTime:
    """A moment, to the second, in the company's local time."""


@dataclass(frozen=True, slots=True)
class DayDuration:
    """FEEL's days and time duration: an integer of seconds."""


@dataclass(frozen=True, slots=True)
class MonthDuration:
    """FEEL's years and months duration: an integer of months."""


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff, by id: the same one or another, and nothing to calculate or order with."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Files: whether there is one, and nothing else can be asked."""


@dataclass(frozen=True, slots=True)
class Null:
    """The type of the literal ``null``; it fits every other type."""


Type = Text | Boolean | Date | Time | DateTime | DayDuration | MonthDuration | Number | Staff | Attachment | Null
TEXT, BOOLEAN, DATE, STAFF, ATTACHMENT, NULL = Text(), Boolean(), Date(), Staff(), Attachment(), Null()
TIME, DATE_TIME, DAY_DURATION, MONTH_DURATION = Time(), DateTime(), DayDuration(), MonthDuration()
