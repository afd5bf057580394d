"""The period that a day falls into: a week, a month, a quarter, a year, or several of them, cut the same for everybody.

Several months or years are cut from the year 2000 on, so that half-years are January to June and July to December;
several weeks from Monday, 3 January 2000, and several days from 1 January 2000.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keguan.calculators.working_time.counting import Counted, days_between, next_from, shift
from keguan.calculators.working_time.months import add_months

if TYPE_CHECKING:
    from keguan.calculators.working_time.calendar import Calendar

_EPOCH = date(2000, 1, 1)
_EPOCH_MONDAY = date(2000, 1, 3)


@dataclass(frozen=True, slots=True)
class Period:
    """From a first day to a last one, both in it."""

    start: date
    end: date


def days_period(day: date, count: int) -> Period:
    """So many days in a row."""
    return _cut(_EPOCH, day, count)


def weeks_period(day: date, count: int) -> Period:
    """So many weeks, each from Monday to Sunday."""
    return _cut(_EPOCH_MONDAY, day, 7 * count)


def months_period(day: date, count: int) -> Period:
    """So many months."""
    months = (day.year - _EPOCH.year) * 12 + day.month - 1
    start = add_months(_EPOCH, months - months % count)
    return Period(start, add_months(start, count) - timedelta(days=1))


def counted_period(calendar: Calendar, day: date, count: int, which: Counted = Counted.WORKING) -> Period:
    """So many working or trading days of one year; a day between two of them belongs to the next.

    The days of a year are cut from its first on, so that a change of one year's holidays moves nothing in another; the
    last period of a year may have fewer.
    """
    counted = next_from(calendar, day, which)
    new_year = date(counted.year, 1, 1)
    place = days_between(calendar, new_year, counted, which)
    first = next_from(calendar, new_year, which)
    start = shift(calendar, first, place - place % count, which)
    end = shift(calendar, start, count - 1, which)
    return Period(start, end if end.year == start.year else shift(calendar, date(start.year + 1, 1, 1), -1, which))


def _cut(epoch: date, day: date, length: int) -> Period:
    start = day - timedelta(days=(day - epoch).days % length)
    return Period(start, start + timedelta(days=length - 1))
