"""How long a time can be at the least and at the most, so that times in different units are compared where certain."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.language.model.timing import Deadline, Length, Point, Unit

_DAY = 24 * 60
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_SHORTEST = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
"""The fewest days that so many months in a row can have."""
_LONGEST = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)
_EXACT = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: _DAY, Unit.WEEK: 7 * _DAY}
_POINTS = {
    Point.AT_ONCE: (0, 0),
    Point.SAME_DAY: (0, _DAY),
    Point.NEXT_DAY: (0, 2 * _DAY),
    Point.END_OF_WEEK: (0, 7 * _DAY),
    Point.END_OF_MONTH: (0, 31 * _DAY),
    Point.END_OF_QUARTER: (0, 92 * _DAY),
    Point.END_OF_YEAR: (0, 366 * _DAY),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Minutes by the clock; ``most`` is None where holidays can stretch the time without limit."""

    least: int
    most: int | None


def bounds(time: Length | Deadline) -> Bounds:
    """How many minutes may pass before it is over. A time before its event counts from the time to the event."""
    if isinstance(time, Length):
        return _length(abs(time.amount), time.unit)
    if time.length is not None:
        return bounds(time.length)
    if time.point in _POINTS:
        return Bounds(*_POINTS[time.point])
    return Bounds(0, None)


def longer(first: Length | Deadline, second: Length | Deadline) -> bool:
    """Whether ``first`` is certainly longer than ``second``; False also where that hangs on the calendar."""
    same = _same_unit(first, second)
    if same is not None:
        return same
    limit = bounds(second).most
    return limit is not None and bounds(first).least > limit


def _same_unit(first: Length | Deadline, second: Length | Deadline) -> bool | None:
    one, other = (time if isinstance(time, Length) else time.length for time in (first, second))
    if one is None or other is None:
        return None
    if one.unit is other.unit:
        return abs(one.amount) > abs(other.amount)
    if one.unit in _MONTHS and other.unit in _MONTHS:
        return abs(one.amount) * _MONTHS[one.unit] > abs(other.amount) * _MONTHS[other.unit]
    return None


def _length(amount: int, unit: Unit) -> Bounds:
    if unit in _EXACT:
        return Bounds(amount * _EXACT[unit], amount * _EXACT[unit])
    if unit in _MONTHS:
        years, months = divmod(amount * _MONTHS[unit], 12)
        return Bounds((365 * years + _SHORTEST[months]) * _DAY, (366 * years + _LONGEST[months]) * _DAY)
    if unit is Unit.WORKING_HOUR:
        return Bounds(amount * 60, None)
    return Bounds((amount - 1) * _DAY, None)  # the last of the days may end hours before the clock has gone round
