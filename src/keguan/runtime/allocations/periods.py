"""The period that a day belongs to, by how often an allocation is shared out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.language.model.timing import Unit

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.timing import Frequency


def period_of(day: date, frequency: Frequency | None) -> str:
    """2026, 2026-Q2, 2026-06 or 2026-W23; the day itself where no such period is named."""
    unit = None if frequency is None else frequency.every.unit
    if unit is Unit.YEAR:
        return f"{day.year}"
    if unit is Unit.QUARTER:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if unit is Unit.MONTH:
        return f"{day:%Y-%m}"
    if unit is Unit.WEEK:
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02d}"
    return day.isoformat()


def begins(day: date, frequency: Frequency) -> date:
    """The first day of the period that a day belongs to; the day itself for periods of days."""
    match frequency.every.unit:
        case Unit.YEAR:
            return day.replace(month=1, day=1)
        case Unit.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case Unit.MONTH:
            return day.replace(day=1)
        case Unit.WEEK:
            return day - timedelta(days=day.weekday())
        case Unit.DAY:
            return day - timedelta(days=frequency.every.amount - 1)
        case _:
            return day
