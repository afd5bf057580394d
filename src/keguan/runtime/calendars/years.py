"""A year of the calendar for reading: every day with what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keguan.calculators.working_time.hours import show_hours
from keguan.runtime.calendars.national import FIRST_YEAR, LAST_YEAR, national, spoken
from keguan.runtime.calendars.state import standing

if TYPE_CHECKING:
    from keguan.runtime.calendars.state import Standing


@dataclass(frozen=True, slots=True)
class DayCard:
    """A day. ``special`` where a holiday, a make-up day or the company sets it apart, and ``own`` where the company
    itself does; ``name`` is in the reader's language.
    """

    day: date
    working: bool
    trading: bool
    special: bool
    own: bool
    name: str
    hours: str

    @property
    def weekend(self) -> bool:
        """Saturday or Sunday."""
        return self.day.isoweekday() > 5


@dataclass(frozen=True, slots=True)
class YearCard:
    """A year. ``confirmed`` when its days off are settled; ``imported`` when they come from a notice that was read in;
    ``known`` when the program came with its notice.
    """

    year: int
    days: tuple[DayCard, ...]
    confirmed: bool
    imported: bool
    known: bool

    @property
    def working_days(self) -> int:
        """How many of its days are worked."""
        return sum(each.working for each in self.days)

    @property
    def special(self) -> tuple[DayCard, ...]:
        """The days that are set apart."""
        return tuple(each for each in self.days if each.special)


def year_card(year: int) -> YearCard:
    """Every day of a year; queries as ``standing``. Raises ``ValueError`` for a year outside those reckoned with."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{year} is not a year of the calendar")
    found, first = standing(), date(year, 1, 1)
    days = tuple(_card(found, first + timedelta(days=n)) for n in range((date(year + 1, 1, 1) - first).days))
    known = year in national().known and year not in found.imported
    return YearCard(year, days, year in found.confirmed, year in found.imported, known)


def day_card(day: date) -> DayCard:
    """One day; queries as ``standing``."""
    return _card(standing(), day)


def _card(found: Standing, day: date) -> DayCard:
    calendar = found.calendar
    said = calendar.days.get(day)
    return DayCard(
        day=day,
        working=calendar.is_working(day),
        trading=calendar.is_trading(day),
        special=said is not None,
        own=day in found.own,
        name="" if said is None else spoken(said.name),
        hours=show_hours(calendar.hours_on(day)),
    )
