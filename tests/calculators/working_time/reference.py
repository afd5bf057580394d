"""The same questions answered slowly and obviously: a walk over days, and a walk over minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from keguan.calculators.working_time.calendar import Calendar

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def worked_minute(calendar: Calendar, minute: datetime) -> bool:
    """Whether the minute that begins here is worked: asked of the day's list, nothing totalled."""
    local = minute.astimezone(calendar.zone)
    clock = local.hour * 60 + local.minute
    return any(begin <= clock < end for begin, end in calendar.hours_on(local.date()))


def add_minutes(calendar: Calendar, moment: datetime, minutes: int) -> datetime:
    """Step a minute at a time and count the worked ones. ``moment`` is a whole minute."""
    at, left = moment.astimezone(UTC), abs(minutes)
    while left:
        stepped = at if minutes > 0 else at - MINUTE
        left -= worked_minute(calendar, stepped)
        at = at + MINUTE if minutes > 0 else stepped
    return at


def minutes_between(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Count the worked minutes one by one."""
    at, found = start, 0
    while at < end:
        found += worked_minute(calendar, at)
        at += MINUTE
    return found


def shift(counts: Callable[[date], bool], day: date, count: int) -> date:
    """Step a day at a time and count."""
    left, step = abs(count), DAY if count > 0 else -DAY
    while left:
        day += step
        left -= counts(day)
    return day


def days_between(counts: Callable[[date], bool], start: date, end: date) -> int:
    """Count the days one by one."""
    found = 0
    while start < end:
        found += counts(start)
        start += DAY
    return found


def add_months(day: date, months: int) -> date:
    """Try the day's number, then smaller ones, in the month that is so many months on."""
    year, month = day.year, day.month
    for _month in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
    for number in (day.day, 30, 29, 28):
        try:
            found = date(year, month, number)
        except ValueError:
            continue
        if number <= day.day:
            return found
    raise AssertionError("every month has 28 days")
