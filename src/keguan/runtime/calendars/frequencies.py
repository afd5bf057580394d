"""Frequencies of the policy language: the period a day falls into, when what is owed in it is due, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from keguan.calculators.working_time import elapsing
from keguan.calculators.working_time.counting import Counted, last_until, next_from, shift
from keguan.calculators.working_time.months import add_months, day_of_month, nth_weekday
from keguan.calculators.working_time.periods import (
    Period,
    counted_period,
    days_period,
    months_period,
    weeks_period,
)
from keguan.language.model.timing import Unit
from keguan.runtime.calendars.state import standing

if TYPE_CHECKING:
    from keguan.calculators.working_time.calendar import Calendar
    from keguan.language.model.timing import Frequency

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_COUNTED = {Unit.WORKING_DAY: Counted.WORKING, Unit.TRADING_DAY: Counted.TRADING}
_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.WORKING_HOUR: 60}


@dataclass(frozen=True, slots=True)
class Slot:
    """One period of a frequency: its first and last day, by when it is due (UTC), and how many times at least."""

    start: date
    end: date
    due: datetime
    times: int


def slots(frequency: Frequency, day: date, calendar: Calendar | None = None) -> Slot:
    """The period of the frequency that the day falls into. It is due at the end of business of the day that the
    frequency names within it, else of its last day; the slot of a period whose due moment has passed is still its own.

    One that a parameter says is as the parameter is on that day; one shorter than a day gives the day itself, with as
    many times as fit into it.
    """
    calendar = standing().calendar if calendar is None else calendar
    frequency = frequency.on(day)
    unit = frequency.every.unit
    if unit in _MINUTES:
        return Slot(day, day, elapsing.closing(calendar, day), _times_a_day(calendar, frequency, day))
    period = _period(calendar, frequency, day)
    return Slot(
        period.start, period.end, elapsing.closing(calendar, _day(calendar, frequency, period)), frequency.at_least
    )


def _period(calendar: Calendar, frequency: Frequency, day: date) -> Period:
    unit, amount = frequency.every.unit, frequency.every.amount
    if unit in _MONTHS:
        return months_period(day, amount * _MONTHS[unit])
    if unit in _COUNTED:
        return counted_period(calendar, day, amount, _COUNTED[unit])
    return weeks_period(day, amount) if unit is Unit.WEEK else days_period(day, amount)


def _day(calendar: Calendar, frequency: Frequency, period: Period) -> date:
    """The day by which it is done."""
    if frequency.ordinal is not None and frequency.weekday is not None:
        return nth_weekday(period.start, period.end, frequency.weekday, frequency.ordinal)
    if frequency.ordinal is not None:
        return _nth_working_day(calendar, period, frequency.ordinal)
    if frequency.weekday is not None:
        return period.end - timedelta(days=7 - frequency.weekday)
    if frequency.day is not None:
        month = period.end.replace(day=1) if frequency.month is None else add_months(period.start, frequency.month - 1)
        return day_of_month(month, frequency.day)
    return period.end


def _nth_working_day(calendar: Calendar, period: Period, ordinal: int) -> date:
    """The n-th working day of the period, its last for −1 or where it has fewer."""
    last = last_until(calendar, period.end)
    if ordinal == -1:
        return last
    first = next_from(calendar, period.start)
    return min(first if ordinal == 1 else shift(calendar, first, ordinal - 1), last)


def _times_a_day(calendar: Calendar, frequency: Frequency, day: date) -> int:
    length = frequency.every.amount * _MINUTES[frequency.every.unit]
    whole = 24 * 60
    if frequency.every.unit is Unit.WORKING_HOUR:
        whole = sum(end - begin for begin, end in calendar.hours_on(day))
    return frequency.at_least * (whole // length)
