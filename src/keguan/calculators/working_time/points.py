"""Named moments seen from another one: the end of the day, the next working day, the next opening, a period's end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.calculators.working_time.counting import Counted, shift
from keguan.calculators.working_time.elapsing import closing, last_second, opening
from keguan.calculators.working_time.periods import months_period, weeks_period

if TYPE_CHECKING:
    from datetime import date, datetime

    from keguan.calculators.working_time.calendar import Calendar

QUARTER, YEAR = 3, 12
"""Months."""


def end_of_day(calendar: Calendar, since: datetime) -> datetime:
    """The end of that day's business hours; 23:59:59 where they are over already, or it has none."""
    return _by_end_of(calendar, calendar.local(since).date(), since)


def end_of_working_day(calendar: Calendar, since: datetime) -> datetime:
    """The end of the business hours in or before which it is: those of the next working day once they are over."""
    day = calendar.local(since).date()
    if calendar.is_working(day) and since <= closing(calendar, day):
        return closing(calendar, day)
    return end_of_next_working_day(calendar, since)


def end_of_next_day(calendar: Calendar, since: datetime) -> datetime:
    """The end of business of the next day of the week, worked or not."""
    return closing(calendar, calendar.local(since).date() + timedelta(days=1))


def end_of_next_working_day(calendar: Calendar, since: datetime) -> datetime:
    """The end of business of the first working day after that day."""
    return closing(calendar, shift(calendar, calendar.local(since).date(), 1))


def next_opening(calendar: Calendar, since: datetime) -> datetime:
    """When business begins on the first working day after that day."""
    return opening(calendar, shift(calendar, calendar.local(since).date(), 1))


def next_trading_opening(calendar: Calendar, since: datetime) -> datetime:
    """When trading begins on the first trading day after that day."""
    return calendar.at_minute(shift(calendar, calendar.local(since).date(), 1, Counted.TRADING), calendar.trading.opens)


def end_of_week(calendar: Calendar, since: datetime) -> datetime:
    """The end of its Sunday, as :func:`end_of_day` has it."""
    return _by_end_of(calendar, weeks_period(calendar.local(since).date(), 1).end, since)


def end_of_months(calendar: Calendar, since: datetime, months: int) -> datetime:
    """The end of the last day of its month, :data:`QUARTER` or :data:`YEAR`, as :func:`end_of_day` has it."""
    return _by_end_of(calendar, months_period(calendar.local(since).date(), months).end, since)


def _by_end_of(calendar: Calendar, day: date, since: datetime) -> datetime:
    end = closing(calendar, day)
    return end if since <= end else last_second(calendar, day)
