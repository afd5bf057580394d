"""Lengths of time added to a moment: the same clock time so many days, working days or months away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from keguan.calculators.working_time.counting import Counted, shift
from keguan.calculators.working_time.elapsing import last_open, next_open
from keguan.calculators.working_time.months import add_months as months_away

if TYPE_CHECKING:
    from datetime import date

    from keguan.calculators.working_time.calendar import Calendar


def add_days(calendar: Calendar, moment: datetime, count: int) -> datetime:
    """The same clock time so many days later (earlier, for a negative count)."""
    local = calendar.local(moment)
    return _same_clock(calendar, local, local.date() + timedelta(days=count))


def add_months(calendar: Calendar, moment: datetime, count: int) -> datetime:
    """The same day and clock time so many months later, on the month's last day where it has no such day."""
    local = calendar.local(moment)
    return _same_clock(calendar, local, months_away(local.date(), count))


def add_working_days(calendar: Calendar, moment: datetime, count: int) -> datetime:
    """The same clock time so many working days later. A moment outside business hours counts from the next opening,
    and for a negative count from the closing before it.
    """
    if not count:
        return moment.astimezone(UTC)
    begun = calendar.local(next_open(calendar, moment) if count > 0 else last_open(calendar, moment))
    return _same_clock(calendar, begun, shift(calendar, begun.date(), count))


def add_trading_days(calendar: Calendar, moment: datetime, count: int) -> datetime:
    """The same clock time so many trading days later. A moment on another day counts from when trading opens next,
    and for a negative count from when it last opened.
    """
    if not count:
        return moment.astimezone(UTC)
    local = calendar.local(moment)
    day = local.date()
    if not calendar.is_trading(day):
        day = shift(calendar, day, 1 if count > 0 else -1, Counted.TRADING)
        local = calendar.local(calendar.at_minute(day, calendar.trading.opens))
    return _same_clock(calendar, local, shift(calendar, day, count, Counted.TRADING))


def _same_clock(calendar: Calendar, local: datetime, day: date) -> datetime:
    return calendar.at(day, local.time())
