"""Time inside business hours: adding it to a moment, and measuring how much of it lies between two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from keguan.calculators.working_time.counting import shift
from keguan.calculators.working_time.hours import MINUTES
from keguan.calculators.working_time.year import MICROSECONDS

if TYPE_CHECKING:
    from datetime import date

    from keguan.calculators.working_time.calendar import Calendar

_MICROSECOND = timedelta(microseconds=1)
_DAY = MINUTES * MICROSECONDS


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether the moment is inside business hours; opening and closing time belong to them."""
    day, clock = _placed(calendar, moment)
    if not clock and any(end == MINUTES for _begin, end in calendar.hours_on(day - timedelta(days=1))):
        return True  # the closing time of hours that end at midnight
    return any(begin * MICROSECONDS <= clock <= end * MICROSECONDS for begin, end in calendar.hours_on(day))


def add_working(calendar: Calendar, moment: datetime, time: timedelta) -> datetime:
    """The moment by which so much time inside business hours has passed; the same moment for none.

    What ends with a stretch of hours ends at its closing, not at the next opening. A negative time goes back: the
    latest moment from which so much lies before ``moment``, which is an opening rather than the closing before it.
    """
    amount = time // _MICROSECOND
    if not amount:
        return moment.astimezone(UTC)
    day, clock = _placed(calendar, moment)
    number, year = day.year, calendar.year(day.year)
    target = year.spent_until(day, clock) + amount
    if amount > 0:
        while target > year.spent[-1]:
            target -= year.spent[-1]
            number += 1
            year = calendar.year(number)
        return _moment(calendar, *year.first_with(target))
    while target < 0:
        number -= 1
        year = calendar.year(number)
        target += year.spent[-1]
    return _moment(calendar, *year.last_with(target))


def working_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much time inside business hours lies between the moments; negative where ``end`` is the earlier."""
    first, last = _placed(calendar, start), _placed(calendar, end)
    if last < first:
        return -working_between(calendar, end, start)
    total = calendar.year(last[0].year).spent_until(*last) - calendar.year(first[0].year).spent_until(*first)
    total += sum(calendar.year(number).spent[-1] for number in range(first[0].year, last[0].year))
    return timedelta(microseconds=total)


def next_open(calendar: Calendar, moment: datetime) -> datetime:
    """The moment itself when it is inside business hours, else the next opening (after a break as well)."""
    if is_open(calendar, moment):
        return moment.astimezone(UTC)
    day, clock = _placed(calendar, moment)
    for begin, _end in calendar.hours_on(day):
        if clock < begin * MICROSECONDS:
            return calendar.at_minute(day, begin)
    return opening(calendar, shift(calendar, day, 1))


def last_open(calendar: Calendar, moment: datetime) -> datetime:
    """The moment itself when it is inside business hours, else the closing before it."""
    if is_open(calendar, moment):
        return moment.astimezone(UTC)
    day, clock = _placed(calendar, moment)
    for _begin, end in reversed(calendar.hours_on(day)):
        if clock > end * MICROSECONDS:
            return calendar.at_minute(day, end)
    return closing(calendar, shift(calendar, day, -1))


def opening(calendar: Calendar, day: date) -> datetime:
    """When a day's business hours begin; its midnight on a day without any."""
    hours = calendar.hours_on(day)
    return calendar.at_minute(day, hours[0][0] if hours else 0)


def closing(calendar: Calendar, day: date) -> datetime:
    """When a day's business hours end; 23:59:59 on a day without any."""
    hours = calendar.hours_on(day)
    return calendar.at_minute(day, hours[-1][1]) if hours else last_second(calendar, day)


def last_second(calendar: Calendar, day: date) -> datetime:
    """23:59:59 of the day."""
    return calendar.at_minute(day, MINUTES) - timedelta(seconds=1)


def _placed(calendar: Calendar, moment: datetime) -> tuple[date, int]:
    """The day, and the microseconds after its midnight by the wall clock."""
    local = calendar.local(moment)
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return local.date(), seconds * 1_000_000 + local.microsecond


def _moment(calendar: Calendar, day: date, clock: int) -> datetime:
    later, rest = divmod(clock, _DAY)
    wall = datetime(day.year, day.month, day.day, tzinfo=calendar.zone) + timedelta(days=later, microseconds=rest)
    return wall.astimezone(UTC)
