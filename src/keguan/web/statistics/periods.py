"""The periods that are offered by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.processes.queries.statistics import Span

if TYPE_CHECKING:
    from django.utils.functional import Promise

_DAY = timedelta(days=1)


def usual(today: date) -> Span:
    """The month of that day and the five before it."""
    return Span(_month(today, -5), _month(today, 1) - _DAY)


def offered(today: date) -> tuple[tuple[str | Promise, Span], ...]:
    """The named periods of a day."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    year = date(today.year, 1, 1)
    return (
        (_("近六个月"), usual(today)),
        (_("本月"), Span(_month(today, 0), _month(today, 1) - _DAY)),
        (_("上月"), Span(_month(today, -1), _month(today, 0) - _DAY)),
        (_("本季"), Span(quarter, _month(quarter, 3) - _DAY)),
        (_("上季"), Span(_month(quarter, -3), quarter - _DAY)),
        (_("本年"), Span(year, date(today.year, 12, 31))),
        (_("上年"), Span(_month(year, -12), year - _DAY)),
    )


def _month(day: date, count: int) -> date:
    """The first day of the month so many months away."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
