"""The period a day falls into: Monday to Sunday for a week, the calendar for months, quarters and years."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from keguan.language.model.model import Cadence


@dataclass(frozen=True, slots=True)
class Period:
    """One period: its first and its last day (both inside), and the name its record is shown by."""

    start: date
    end: date
    title: str


def period(cadence: Cadence, day: date) -> Period:
    """The period of this cadence that ``day`` falls into."""
    match cadence:
        case Cadence.DAY:
            return Period(day, day, day.isoformat())
        case Cadence.WEEK:
            year, week, weekday = day.isocalendar()
            start = day - timedelta(days=weekday - 1)
            return Period(start, start + timedelta(days=6), f"{year}年第{week}周")
        case Cadence.MONTH:
            return _months(day, 1, f"{day.year}年{day.month}月")
        case Cadence.QUARTER:
            return _months(day, 3, f"{day.year}年第{(day.month + 2) // 3}季度")
        case Cadence.HALF_YEAR:
            return _months(day, 6, f"{day.year}年{'上' if day.month <= 6 else '下'}半年")
        case Cadence.YEAR:
            return _months(day, 12, f"{day.year}年")
        case _:
            assert_never(cadence)


def _months(day: date, length: int, title: str) -> Period:
    """The stretch of so many months, counted from January, that a day falls into."""
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return Period(date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]), title)
