"""Named moments and lengths of days, by hand, on the office's calendar of 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from keguan.calculators.working_time import lengths, points
from keguan.calculators.working_time.calendar import Calendar
from tests.calculators.working_time.calendars import SHANGHAI, office

CALENDAR = office()
Point = Callable[[Calendar, datetime], datetime]


def at(month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A clock time of 2026."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("point", "since", "found"),
    [
        (points.end_of_day, at(3, 2, 8), at(3, 2, 18)),
        (points.end_of_day, at(3, 2, 18), at(3, 2, 18)),
        (points.end_of_day, at(3, 2, 18, 1), at(3, 2, 23, 59, 59)),
        (points.end_of_day, at(3, 1, 8), at(3, 1, 23, 59, 59)),
        (points.end_of_working_day, at(3, 2, 12, 30), at(3, 2, 18)),
        (points.end_of_working_day, at(3, 2, 19), at(3, 3, 18)),
        (points.end_of_working_day, at(2, 16, 10), at(2, 24, 18)),
        (points.end_of_next_day, at(2, 13, 10), at(2, 14, 18)),
        (points.end_of_next_day, at(2, 14, 10), at(2, 15, 23, 59, 59)),
        (points.end_of_next_working_day, at(2, 13, 10), at(2, 14, 18)),
        (points.end_of_next_working_day, at(2, 14, 10), at(2, 24, 18)),
        (points.next_opening, at(2, 13, 10), at(2, 14, 9)),
        (points.next_trading_opening, at(2, 13, 10), at(2, 24, 9, 30)),
        (points.next_opening, at(2, 24, 8), at(2, 25, 9)),
        (points.end_of_week, at(2, 24, 8), at(3, 1, 23, 59, 59)),
        (lambda calendar, since: points.end_of_months(calendar, since, 1), at(9, 1, 8), at(9, 30, 18)),
        (lambda calendar, since: points.end_of_months(calendar, since, 1), at(9, 30, 20), at(9, 30, 23, 59, 59)),
        (lambda calendar, since: points.end_of_months(calendar, since, points.QUARTER), at(1, 9, 8), at(3, 31, 18)),
        (lambda calendar, since: points.end_of_months(calendar, since, points.YEAR), at(1, 9, 8), at(12, 31, 18)),
    ],
)
def test_points(point: Point, since: datetime, found: datetime) -> None:
    """Each point falls on its day's closing or opening, over the make-up Saturday and the holidays of February."""
    assert point(CALENDAR, since) == found


@pytest.mark.parametrize(
    ("since", "count", "found"),
    [
        (at(3, 2, 9), 1, at(3, 3, 9)),
        (at(9, 30, 10), 3, at(10, 10, 10)),
        (at(2, 13, 20), 1, at(2, 24, 9)),
        (at(3, 2, 12, 30), 1, at(3, 3, 13, 30)),
        (at(3, 2, 18), 1, at(3, 3, 18)),
        (at(2, 24, 10), -1, at(2, 14, 10)),
        (at(2, 20, 10), -1, at(2, 13, 18)),
        (at(2, 20, 10), 0, at(2, 20, 10)),
    ],
)
def test_working_days_keep_the_clock(since: datetime, count: int, found: datetime) -> None:
    """The same clock time so many working days on; from outside hours it counts from the next opening, and backwards
    from the closing before.
    """
    assert lengths.add_working_days(CALENDAR, since, count) == found


@pytest.mark.parametrize(
    ("since", "count", "found"),
    [
        (at(2, 13, 14), 1, at(2, 24, 14)),
        (at(2, 14, 14), 1, at(2, 25, 9, 30)),
        (at(2, 24, 14), -1, at(2, 13, 14)),
        (at(2, 14, 14), 0, at(2, 14, 14)),
    ],
)
def test_trading_days_keep_the_clock(since: datetime, count: int, found: datetime) -> None:
    """There is no trading on the make-up Saturday: what happens then counts from the next trading day's opening."""
    assert lengths.add_trading_days(CALENDAR, since, count) == found


def test_months_and_days_keep_the_clock() -> None:
    """A month after 31 January is the end of February, at the same time of day."""
    assert lengths.add_months(CALENDAR, at(1, 31, 9), 1) == at(2, 28, 9)
    assert lengths.add_days(CALENDAR, at(2, 28, 9), 1) == at(3, 1, 9)


def test_a_day_is_a_day_on_the_clock_where_clocks_are_changed() -> None:
    """In a zone with summer time the day after is 23 hours later in the night of the change."""
    from zoneinfo import ZoneInfo

    berlin = Calendar(ZoneInfo("Europe/Berlin"), CALENDAR.week)
    since = datetime(2026, 3, 28, 12, tzinfo=berlin.zone)
    assert lengths.add_days(berlin, since, 1) - since.astimezone(SHANGHAI) == timedelta(hours=23)
