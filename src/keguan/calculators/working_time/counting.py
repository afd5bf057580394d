"""Counting working days and trading days."""

from __future__ import annotations

from bisect import bisect_left
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from keguan.calculators.working_time.calendar import Calendar
    from keguan.calculators.working_time.year import Year


class Counted(Enum):
    """Which days are counted."""

    WORKING = auto()
    TRADING = auto()


def is_counted(calendar: Calendar, day: date, which: Counted = Counted.WORKING) -> bool:
    """Whether the day is one of them."""
    return calendar.is_working(day) if which is Counted.WORKING else calendar.is_trading(day)


def days_between(calendar: Calendar, start: date, end: date, which: Counted = Counted.WORKING) -> int:
    """How many such days there are from ``start`` on and before ``end``; negative where ``end`` is the earlier."""
    if end < start:
        return -days_between(calendar, end, start, which)
    total = -_before(calendar, start, which) + _before(calendar, end, which)
    return total + sum(_totals(calendar.year(number), which)[-1] for number in range(start.year, end.year))


def shift(calendar: Calendar, day: date, count: int, which: Counted = Counted.WORKING) -> date:
    """The ``count``-th such day after ``day`` (before it, for a negative count); ``day`` itself for zero.

    Raises ``ValueError`` where there is none between the years 1 and 9999.
    """
    if not count:
        return day
    number, year = day.year, calendar.year(day.year)
    totals, place = _totals(year, which), year.place(day)
    # The day sought is the target-th of a year: of a later year while there are fewer, of an earlier one below 1.
    if count > 0:
        target = totals[place + 1] + count
        while target > totals[-1]:
            target -= totals[-1]
            number += 1
            year = calendar.year(number)
            totals = _totals(year, which)
    else:
        target = totals[place] + count + 1
        while target < 1:
            number -= 1
            year = calendar.year(number)
            totals = _totals(year, which)
            target += totals[-1]
    return year.day(bisect_left(totals, target) - 1)


def next_from(calendar: Calendar, day: date, which: Counted = Counted.WORKING) -> date:
    """The day itself when it is one of them, else the next that is."""
    return day if is_counted(calendar, day, which) else shift(calendar, day, 1, which)


def last_until(calendar: Calendar, day: date, which: Counted = Counted.WORKING) -> date:
    """The day itself when it is one of them, else the last before it that is."""
    return day if is_counted(calendar, day, which) else shift(calendar, day, -1, which)


def _before(calendar: Calendar, day: date, which: Counted) -> int:
    year = calendar.year(day.year)
    return _totals(year, which)[year.place(day)]


def _totals(year: Year, which: Counted) -> tuple[int, ...]:
    return year.worked if which is Counted.WORKING else year.traded
