"""Working days, trading days, months and periods, against a walk over every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday
from hypothesis import given
from hypothesis import strategies as st

from keguan.calculators.working_time.calendar import Calendar
from keguan.calculators.working_time.counting import Counted, days_between, is_counted, last_until, next_from, shift
from keguan.calculators.working_time.months import add_months, day_of_month, nth_weekday
from keguan.calculators.working_time.periods import Period, counted_period, days_period, months_period, weeks_period
from tests.calculators.working_time import reference
from tests.calculators.working_time.calendars import odd, office

CALENDARS = {"office": office(), "odd": odd()}
days = st.dates(date(2010, 1, 1), date(2030, 12, 31))
calendars = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
whiches = st.sampled_from(Counted)


def test_working_days_are_the_states() -> None:
    """Each day of 2010 to 2026 is worked exactly when the notices of those years say so."""
    calendar, day = CALENDARS["office"], date(2010, 1, 1)
    while day < date(2027, 1, 1):
        assert calendar.is_working(day) == is_workday(day)
        day += timedelta(days=1)


@given(calendars, days, st.integers(-600, 600), whiches)
def test_shifting_is_a_walk_over_days(calendar: Calendar, day: date, count: int, which: Counted) -> None:
    """The n-th such day before or after is where a walk of a day at a time ends."""
    walked = reference.shift(lambda each: is_counted(calendar, each, which), day, count)
    assert shift(calendar, day, count, which) == walked


@given(calendars, days, days, whiches)
def test_counting_is_counting(calendar: Calendar, start: date, end: date, which: Counted) -> None:
    """Between two days there are as many as a count finds, negative the other way round."""
    first, last = sorted((start, end))
    counted = reference.days_between(lambda each: is_counted(calendar, each, which), first, last)
    assert days_between(calendar, first, last, which) == counted
    assert days_between(calendar, last, first, which) == -counted


@given(calendars, days, whiches)
def test_the_next_and_the_last_one(calendar: Calendar, day: date, which: Counted) -> None:
    """A day that counts is its own next and last; any other lies between them, with none in between."""
    after, before = next_from(calendar, day, which), last_until(calendar, day, which)
    assert before <= day <= after
    assert is_counted(calendar, before, which)
    assert is_counted(calendar, after, which)
    assert days_between(calendar, before, after, which) == (0 if is_counted(calendar, day, which) else 1)


@given(days, st.integers(-250, 250))
def test_months_are_counted_one_by_one(day: date, months: int) -> None:
    """The same day of the month, or the last there is."""
    assert add_months(day, months) == reference.add_months(day, months)


@pytest.mark.parametrize(
    ("weekday", "ordinal", "found"),
    [(1, 1, date(2026, 3, 2)), (7, 1, date(2026, 3, 1)), (1, 5, date(2026, 3, 30)), (5, -1, date(2026, 3, 27))],
)
def test_weekdays_of_a_month(weekday: int, ordinal: int, found: date) -> None:
    """The first Monday, the last Friday; the fifth is the last where there is one."""
    assert nth_weekday(date(2026, 3, 1), date(2026, 3, 31), weekday, ordinal) == found


def test_days_of_a_month_end_with_the_month() -> None:
    """The 31st of February is its last day."""
    assert day_of_month(date(2026, 2, 1), 31) == day_of_month(date(2026, 2, 1), -1) == date(2026, 2, 28)


def test_periods_by_hand() -> None:
    """Weeks begin on Monday, quarters in January, half-years in January and July."""
    day = date(2026, 11, 22)
    assert weeks_period(day, 1) == Period(date(2026, 11, 16), day)
    assert months_period(day, 1) == Period(date(2026, 11, 1), date(2026, 11, 30))
    assert months_period(day, 3) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert months_period(day, 6) == Period(date(2026, 7, 1), date(2026, 12, 31))
    assert days_period(day, 1) == Period(day, day)


@given(calendars, days, st.integers(1, 40), st.sampled_from(["days", "weeks", "months", "working", "trading"]))
def test_periods_tile_the_time(calendar: Calendar, day: date, count: int, kind: str) -> None:
    """Every day of a period is in that period, and the day after its last is in the next, which begins there or, for
    working days, at the next one.
    """

    def period(of: date) -> Period:
        if kind in {"working", "trading"}:
            which = Counted.WORKING if kind == "working" else Counted.TRADING
            return counted_period(calendar, of, count, which)
        return {"days": days_period, "weeks": weeks_period, "months": months_period}[kind](of, count)

    found = period(day)
    assert found.start <= found.end
    assert day <= found.end
    assert period(found.start) == period(found.end) == found
    following = period(found.end + timedelta(days=1))
    assert following.start > found.end
    if kind in {"days", "weeks", "months"}:
        assert found.start <= day
        assert following.start == found.end + timedelta(days=1)
    else:
        counted = Counted.WORKING if kind == "working" else Counted.TRADING
        assert days_between(calendar, found.end + timedelta(days=1), following.start, counted) == 0
