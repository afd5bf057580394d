"""What the operators do with values. Every one of them gives None for values it is not defined for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from keguan.language.dmn.budget import within_limits
from keguan.language.dmn.types.comparison import at_most, before, equal
from keguan.language.dmn.values.dates import Date, from_days, plus_months
from keguan.language.dmn.values.durations import DaysTime, YearsMonths
from keguan.language.dmn.values.numbers import CONTEXT
from keguan.language.dmn.values.times import DAY, MIDNIGHT, DateTime, Time, moment_at
from keguan.language.feel.typed import Operator

_LARGEST_POWER = 100_000


def add(left: object, right: object) -> object:
    """Numbers, texts, durations of one kind; a duration and a date, a time or a moment."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return CONTEXT.add(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return within_limits(left + right)
    if isinstance(left, DaysTime) and isinstance(right, DaysTime):
        return DaysTime(left.nanoseconds + right.nanoseconds)
    if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
        return YearsMonths(left.months + right.months)
    if isinstance(left, DaysTime | YearsMonths):
        left, right = right, left
    return _later(left, right, 1)


def subtract(left: object, right: object) -> object:
    """As ``add``; and the length between two dates, times or moments."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return CONTEXT.subtract(left, right)
    if isinstance(left, DaysTime) and isinstance(right, DaysTime):
        return DaysTime(left.nanoseconds - right.nanoseconds)
    if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
        return YearsMonths(left.months - right.months)
    if isinstance(right, DaysTime | YearsMonths):
        return _later(left, right, -1)
    return between(left, right)


def between(left: object, right: object) -> DaysTime | None:
    """The length from ``right`` to ``left``. Two moments, or two times, have a zone both or neither."""
    if isinstance(left, Date) and isinstance(right, Date):
        return DaysTime((left.days - right.days) * DAY)
    if isinstance(left, Time) and isinstance(right, Time):
        zoned = (left.offset is None) == (right.offset is None)
        return DaysTime(left.position - right.position) if zoned else None
    start, end = _moment(right), _moment(left)
    if start is None or end is None or (start.offset is None) != (end.offset is None):
        return None
    return DaysTime(end.position - start.position)


def multiply(left: object, right: object) -> object:
    """Numbers; a number and a duration, whose fractions of a nanosecond or a month are cut off."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return CONTEXT.multiply(left, right)
    if isinstance(left, Decimal):
        left, right = right, left
    if not isinstance(right, Decimal):
        return None
    if isinstance(left, DaysTime):
        return DaysTime(int(CONTEXT.multiply(Decimal(left.nanoseconds), right)))
    return YearsMonths(int(CONTEXT.multiply(Decimal(left.months), right))) if isinstance(left, YearsMonths) else None


def divide(left: object, right: object) -> object:
    """Numbers; a duration by a number; a duration by another of its kind, which is a number. By zero: None."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return CONTEXT.divide(left, right) if right else None
    if isinstance(right, Decimal):
        return _part(left, right) if right else None
    if isinstance(left, DaysTime) and isinstance(right, DaysTime):
        return _ratio(left.nanoseconds, right.nanoseconds)
    if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
        return _ratio(left.months, right.months)
    return None


def power(left: object, right: object) -> object:
    """A number to the power of a number."""
    if not (isinstance(left, Decimal) and isinstance(right, Decimal)) or abs(right) > _LARGEST_POWER:
        return None
    return CONTEXT.power(left, right)


def negate(value: object) -> object:
    """Minus a number or a duration."""
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, DaysTime):
        return DaysTime(-value.nanoseconds)
    return YearsMonths(-value.months) if isinstance(value, YearsMonths) else None


def negation(value: object) -> bool | None:
    """``not``: None of what is neither true nor false."""
    return not value if isinstance(value, bool) else None


def unequal(left: object, right: object) -> bool | None:
    """The opposite of ``equal``."""
    return negation(equal(left, right))


BINARY: dict[Operator, Callable[[object, object], object]] = {
    Operator.ADD: add,
    Operator.SUBTRACT: subtract,
    Operator.MULTIPLY: multiply,
    Operator.DIVIDE: divide,
    Operator.POWER: power,
    Operator.EQUAL: equal,
    Operator.UNEQUAL: unequal,
    Operator.LESS: before,
    Operator.LESS_EQUAL: at_most,
    Operator.GREATER: lambda left, right: before(right, left),
    Operator.GREATER_EQUAL: lambda left, right: at_most(right, left),
}
"""``and`` and ``or`` are not among them: they do not always look at both sides."""


def _moment(value: object) -> DateTime | None:
    """A moment; a day is its midnight."""
    if isinstance(value, Date):
        return DateTime(value, MIDNIGHT)
    return value if isinstance(value, DateTime) else None


def _ratio(left: int, right: int) -> Decimal | None:
    return CONTEXT.divide(Decimal(left), Decimal(right)) if right else None


def _part(length: object, number: Decimal) -> object:
    if isinstance(length, DaysTime):
        return DaysTime(int(CONTEXT.divide(Decimal(length.nanoseconds), number)))
    return YearsMonths(int(CONTEXT.divide(Decimal(length.months), number))) if isinstance(length, YearsMonths) else None


def _later(value: object, length: object, sign: int) -> object:
    """A date, a time or a moment, a length later or (``sign`` −1) earlier."""
    if isinstance(length, YearsMonths):
        return _months_later(value, sign * length.months)
    return _time_later(value, sign * length.nanoseconds) if isinstance(length, DaysTime) else None


def _months_later(value: object, months: int) -> object:
    if isinstance(value, Date):
        return plus_months(value, months)
    day = plus_months(value.date, months) if isinstance(value, DateTime) else None
    return DateTime(day, value.time) if isinstance(value, DateTime) and day is not None else None


def _time_later(value: object, nanoseconds: int) -> object:
    if isinstance(value, Date):
        return from_days((value.days * DAY + nanoseconds) // DAY)
    if isinstance(value, DateTime):
        return moment_at(value.local + nanoseconds, value.time.zone)
    return Time((value.nanoseconds + nanoseconds) % DAY, value.zone) if isinstance(value, Time) else None
