"""The period a day falls into: Monday to Sunday for a week, the calendar for a month."""

from __future__ import annotations

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
            start = day.replace(day=1)
            following = (start + timedelta(days=31)).replace(day=1)
            return Period(start, following - timedelta(days=1), f"{day.year}年{day.month}月")
        case _:
            assert_never(cadence)
