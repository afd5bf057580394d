"""Reading the company's calendar and reckoning by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.calendars.frequencies import Slot, slots
from keguan.runtime.calendars.national import FIRST_YEAR, LAST_YEAR
from keguan.runtime.calendars.provisional import Settled, rests_on_days_off, settled
from keguan.runtime.calendars.reckoning import (
    Left,
    after,
    before,
    day_after,
    due,
    due_from_day,
    first_working_day,
    in_working_time,
    left,
    paused,
    share_of,
)
from keguan.runtime.calendars.state import Standing, pinned, standing
from keguan.runtime.calendars.years import DayCard, YearCard, day_card, year_card

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from keguan.calculators.working_time.calendar import Calendar

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "DayCard",
    "Left",
    "Settled",
    "Slot",
    "Standing",
    "YearCard",
    "after",
    "before",
    "company_calendar",
    "day_after",
    "day_card",
    "due",
    "due_from_day",
    "first_working_day",
    "in_working_time",
    "left",
    "paused",
    "pinned",
    "rests_on_days_off",
    "settled",
    "share_of",
    "slots",
    "standing",
    "unconfirmed",
    "unconfirmed_between",
    "year_card",
]


def company_calendar() -> Calendar:
    """The company's calendar: one query, none when pinned and already looked up."""
    return standing().calendar


def unconfirmed(years: Iterable[int]) -> tuple[int, ...]:
    """Which of the years have days off that nobody has settled, in order. What is due in them may still move."""
    return tuple(sorted(set(years) - standing().confirmed))


def unconfirmed_between(start: date, end: date) -> tuple[int, ...]:
    """The years from one day to another whose days off nobody has settled."""
    return unconfirmed(range(start.year, end.year + 1))
