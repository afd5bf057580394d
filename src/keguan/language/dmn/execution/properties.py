"""What stands behind a dot: entries of contexts, parts of dates, times, durations and ranges."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from keguan.language.dmn.budget import spend_on
from keguan.language.dmn.values.dates import Date
from keguan.language.dmn.values.durations import DaysTime, YearsMonths
from keguan.language.dmn.values.ranges import Range
from keguan.language.dmn.values.times import DAY, SECOND, DateTime, Time


def member(value: object, name: str) -> object:
    """The entry or part of that name; of a list, that of each item; None when there is none."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        spend_on(value)
        return [member(item, name) for item in value]
    if isinstance(value, DateTime) and name != "time offset":
        value = value.date if name in _DATE else value.time
    part = _PARTS.get(type(value), {}).get(name)
    return None if part is None else part(value)


def _truncated(value: int, unit: int, limit: int | None = None) -> Decimal:
    """Whole units, towards zero, the sign kept; less than ``limit`` when there is one."""
    units = abs(value) // unit
    units = units if limit is None else units % limit
    return Decimal(-units if value < 0 else units)


def _offset(value: Time | DateTime) -> object:
    return None if value.offset is None else DaysTime(value.offset * SECOND)


_DATE: dict[str, Callable[[Date], object]] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(value.weekday),
}
_TIME: dict[str, Callable[[Time], object]] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: Decimal(value.second),
    "time offset": _offset,
    "timezone": lambda value: None if value.zone is None else value.zone.name,
}
_DAYS_TIME: dict[str, Callable[[DaysTime], object]] = {
    "days": lambda value: _truncated(value.nanoseconds, DAY),
    "hours": lambda value: _truncated(value.nanoseconds, 3600 * SECOND, 24),
    "minutes": lambda value: _truncated(value.nanoseconds, 60 * SECOND, 60),
    "seconds": lambda value: _truncated(value.nanoseconds, SECOND, 60),
}
_YEARS_MONTHS: dict[str, Callable[[YearsMonths], object]] = {
    "years": lambda value: _truncated(value.months, 12),
    "months": lambda value: _truncated(value.months, 1, 12),
}
_RANGE: dict[str, Callable[[Range], object]] = {
    "start": lambda value: value.start,
    "end": lambda value: value.end,
    "start included": lambda value: value.low_closed,
    "end included": lambda value: value.high_closed,
}
_PARTS: dict[type, dict[str, Callable[..., object]]] = {
    Date: dict(_DATE),
    Time: dict(_TIME),
    DateTime: {"time offset": _offset},
    DaysTime: dict(_DAYS_TIME),
    YearsMonths: dict(_YEARS_MONTHS),
    Range: dict(_RANGE),
}
