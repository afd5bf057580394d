"""Months, quarters and years of the ordinary calendar, and days named by their place in them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def add_months(day: date, count: int) -> date:
    """The same day of the month so many months later; the month's last day where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(years, month + 1, min(day.day, days_in(years, month + 1)))


def days_in(year: int, month: int) -> int:
    """How many days the month has."""
    return monthrange(year, month)[1]


def day_of_month(first: date, number: int) -> date:
    """The day with this number in the month of ``first``, its last day for −1 or where the month is shorter."""
    most = days_in(first.year, first.month)
    return first.replace(day=most if number == -1 else min(number, most))


def nth_weekday(start: date, end: date, weekday: int, ordinal: int) -> date:
    """The ``ordinal``-th such weekday (Monday is 1) from ``start`` to ``end``; −1 is the last, as is one too many.

    Raises ``ValueError`` where there is none at all.
    """
    first = start + timedelta(days=(weekday - start.isoweekday()) % 7)
    last = end - timedelta(days=(end.isoweekday() - weekday) % 7)
    if first > end:
        raise ValueError("there is no such weekday")
    return last if ordinal == -1 else min(first + timedelta(weeks=ordinal - 1), last)
