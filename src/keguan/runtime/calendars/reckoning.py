"""Deadlines, lengths and frequencies of the policy language, reckoned on a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from keguan.calculators.working_time import elapsing, lengths, months, points
from keguan.calculators.working_time.counting import Counted, next_from, shift
from keguan.language.model.timing import Point, Unit
from keguan.runtime.calendars.state import standing
from keguan.runtime.clock import local

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.calculators.working_time.calendar import Calendar
    from keguan.language.model.timing import Deadline, Length

_ELAPSING = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: points.QUARTER, Unit.YEAR: points.YEAR}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_COUNTED = {Unit.WORKING_DAY: Counted.WORKING, Unit.TRADING_DAY: Counted.TRADING}
_POINTS: dict[Point, Callable[[Calendar, datetime], datetime]] = {
    Point.AT_ONCE: lambda _calendar, since: since.astimezone(UTC),
    Point.SAME_DAY: points.end_of_day,
    Point.SAME_WORKING_DAY: points.end_of_working_day,
    Point.NEXT_DAY: points.end_of_next_day,
    Point.NEXT_WORKING_DAY: points.end_of_next_working_day,
    Point.NEXT_OPENING: points.next_opening,
    Point.NEXT_TRADING_OPENING: points.next_trading_opening,
    Point.END_OF_WEEK: points.end_of_week,
    Point.END_OF_MONTH: lambda calendar, since: points.end_of_months(calendar, since, 1),
    Point.END_OF_QUARTER: lambda calendar, since: points.end_of_months(calendar, since, points.QUARTER),
    Point.END_OF_YEAR: lambda calendar, since: points.end_of_months(calendar, since, points.YEAR),
}
WORKING_UNITS = frozenset({Unit.WORKING_HOUR, Unit.WORKING_DAY, Unit.TRADING_DAY})
_WORKING_POINTS = frozenset(
    {Point.SAME_WORKING_DAY, Point.NEXT_WORKING_DAY, Point.NEXT_OPENING, Point.NEXT_TRADING_OPENING}
)


def due(deadline: Deadline, since: datetime, calendar: Calendar | None = None) -> datetime:
    """By when it is to be done, in UTC, counted from ``since``, the moment of its event (and before it, for a
    deadline ahead of one). A parameter is what it is on the day of ``since``. Days keep the clock time of ``since``;
    named points are as ``timing.Point`` says.

    Raises ``ValueError`` for a moment without a zone.
    """
    calendar = _on(calendar)
    length = deadline.length_on(local(since).date()) if deadline.dated else deadline.length
    if length is not None:
        return after(length, since, calendar)
    return _POINTS[deadline.point or Point.AT_ONCE](calendar, since)


def due_from_day(deadline: Deadline, day: date, calendar: Calendar | None = None) -> datetime:
    """By when it is to be done where the event is only known by its day (a date field): the end of business of the
    day that is reached, 23:59:59 on a day off. A parameter is what it is on ``day``. Hours count from the end of
    business of ``day``.
    """
    calendar = _on(calendar)
    length = deadline.length_on(day)
    if length is not None:
        reached = day_after(length, day, calendar)
        if reached is None:
            return after(length, elapsing.closing(calendar, day), calendar)
        return elapsing.closing(calendar, reached)
    if deadline.point in {None, Point.AT_ONCE}:
        return elapsing.closing(calendar, day)
    return due(deadline, elapsing.opening(calendar, day), calendar)


def after(length: Length, since: datetime, calendar: Calendar | None = None) -> datetime:
    """The moment so much later (earlier, for a negative length), in UTC."""
    calendar, unit, amount = _on(calendar), length.unit, length.amount
    if unit in _ELAPSING:
        return since.astimezone(UTC) + amount * _ELAPSING[unit]
    if unit in _MONTHS:
        return lengths.add_months(calendar, since, amount * _MONTHS[unit])
    if unit in _DAYS:
        return lengths.add_days(calendar, since, amount * _DAYS[unit])
    if unit is Unit.WORKING_DAY:
        return lengths.add_working_days(calendar, since, amount)
    if unit is Unit.TRADING_DAY:
        return lengths.add_trading_days(calendar, since, amount)
    return elapsing.add_working(calendar, since, amount * timedelta(hours=1))


def before(length: Length, moment: datetime, calendar: Calendar | None = None) -> datetime:
    """The moment so much earlier, whatever the sign of the length, in UTC."""
    return after(type(length)(-abs(length.amount), length.unit), moment, calendar)


def day_after(length: Length, day: date, calendar: Calendar | None = None) -> date | None:
    """The day so much later (earlier, for a negative length); None for hours and minutes, which reach no day."""
    unit, amount = length.unit, length.amount
    if unit in _MONTHS:
        return months.add_months(day, amount * _MONTHS[unit])
    if unit in _DAYS:
        return day + timedelta(days=amount * _DAYS[unit])
    if unit in _COUNTED:
        return shift(_on(calendar), day, amount, _COUNTED[unit])
    return None


def in_working_time(deadline: Deadline) -> bool:
    """Whether nights and days off do not count: 工作日, 工作小时, 交易日, 当个工作日, 次工作日, 次日上班前."""
    if deadline.length is not None:
        return deadline.length.unit in WORKING_UNITS
    return deadline.point in _WORKING_POINTS


def share_of(
    since: datetime, due: datetime, percent: int, deadline: Deadline, calendar: Calendar | None = None
) -> datetime:
    """The moment when so many per cent of the time from ``since`` to ``due`` have gone, in UTC: of the time inside
    business hours where the deadline counts that (and there is any), else of all time. 100 is ``due`` exactly.
    """
    if percent == 100:
        return due.astimezone(UTC)
    if in_working_time(deadline):
        calendar = _on(calendar)
        whole = elapsing.working_between(calendar, since, due)
        if whole > timedelta(0):
            return elapsing.add_working(calendar, since, whole * percent / 100)
    return since.astimezone(UTC) + (due - since) * percent / 100


def paused(
    deadline: Deadline, due: datetime, since: datetime, until: datetime, calendar: Calendar | None = None
) -> datetime:
    """The new due moment, in UTC, after a pause from ``since`` to ``until``: later by the time paused, inside business
    hours where the deadline counts those. What was late when the pause began stays late.
    """
    if due <= since or until <= since:
        return due.astimezone(UTC)
    if in_working_time(deadline):
        calendar = _on(calendar)
        return elapsing.add_working(calendar, due, elapsing.working_between(calendar, since, until))
    return due.astimezone(UTC) + (until - since)


@dataclass(frozen=True, slots=True)
class Left:
    """Time still left until something is due, or gone since (negative)."""

    time: timedelta
    working: timedelta


def left(due: datetime, moment: datetime, calendar: Calendar | None = None) -> Left:
    """How long it is from ``moment`` until ``due``: by the clock, and inside business hours."""
    return Left(due - moment, elapsing.working_between(_on(calendar), moment, due))


def first_working_day(day: date, calendar: Calendar | None = None) -> date:
    """The day itself when it is worked, else the next that is."""
    return next_from(_on(calendar), day)


def _on(calendar: Calendar | None) -> Calendar:
    return standing().calendar if calendar is None else calendar
