"""The calendar itself: which minutes of which day are worked, on which days there is trading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from keguan.calculators.working_time.hours import MINUTES, Hours, checked
from keguan.calculators.working_time.year import Year

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Day:
    """What sets one day apart: off (a holiday), or worked (a make-up day 调休) with its own hours or the usual ones."""

    working: bool
    name: str = ""
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Trading:
    """On which weekdays there is trading (Monday is 1; None: on working days), which single days are open or closed
    besides, and the minute after midnight at which it begins.
    """

    weekdays: frozenset[int] | None = None
    days: Mapping[date, bool] = field(default_factory=dict)
    opens: int = 9 * 60


@dataclass(frozen=True, eq=False)
class Calendar:
    """A company's working time. Frozen; what it has worked out about a year is kept with it.

    ``week`` holds the hours of Monday to Sunday. A make-up day has the hours of its weekday, or of the first worked
    weekday where its own has none. Raises ``ValueError`` for a week that is not seven days or has no hours at all.
    """

    zone: ZoneInfo
    week: tuple[Hours, ...]
    days: Mapping[date, Day] = field(default_factory=dict)
    trading: Trading = field(default_factory=Trading)
    _years: dict[int, Year] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days, and hours on one of them at least")
        if not 0 <= self.trading.opens < MINUTES:
            raise ValueError("trading opens within a day")
        for hours in self.week:
            checked(hours)

    @cached_property
    def usual(self) -> Hours:
        """The hours of an ordinary working day: those of the first weekday that has any."""
        return next(hours for hours in self.week if hours)

    def hours_on(self, day: date) -> Hours:
        """The business hours of a day, empty when it is off."""
        special, ordinary = self.days.get(day), self.week[day.weekday()]
        if special is None:
            return ordinary
        if not special.working:
            return ()
        return (ordinary or self.usual) if special.hours is None else special.hours

    def is_working(self, day: date) -> bool:
        """Whether the day has business hours."""
        return bool(self.hours_on(day))

    def is_trading(self, day: date) -> bool:
        """Whether there is trading on the day."""
        single = self.trading.days.get(day)
        if single is not None:
            return single
        weekdays = self.trading.weekdays
        return self.is_working(day) if weekdays is None else day.isoweekday() in weekdays

    def year(self, number: int) -> Year:
        """What is known about a year, worked out once."""
        found = self._years.get(number)
        if found is None:
            first, last = date(number, 1, 1), date(number, 12, 31)
            days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            found = Year.of(first, [self.hours_on(day) for day in days], [self.is_trading(day) for day in days])
            self._years[number] = found
        return found

    def local(self, moment: datetime) -> datetime:
        """The moment as the company's clocks show it. Raises ``ValueError`` for one without a zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be placed")
        return moment.astimezone(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        """The moment, in UTC, at which the company's clocks show this time on this day."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def at_minute(self, day: date, minute: int) -> datetime:
        """The moment so many minutes after the day's midnight; 1440 is the next midnight."""
        later, rest = divmod(minute, MINUTES)
        return self.at(day + timedelta(days=later), time(rest // 60, rest % 60))
