"""Which period a day falls into."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.language.model.model import Cadence
from keguan.language.model.periods import period

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def test_a_week_runs_from_monday_to_sunday() -> None:
    """Friday 6 March 2026 lies in the week of Monday 2 to Sunday 8 March."""
    found = period(Cadence.WEEK, date(2026, 3, 6))
    assert (found.start, found.end, found.title) == (date(2026, 3, 2), date(2026, 3, 8), "2026年第10周")


def test_a_month_runs_by_the_calendar() -> None:
    """February of a leap year ends on the 29th, December on the 31st."""
    assert period(Cadence.MONTH, date(2028, 2, 10)).end == date(2028, 2, 29)
    assert period(Cadence.MONTH, date(2026, 12, 31)).end == date(2026, 12, 31)
    assert period(Cadence.MONTH, date(2026, 12, 31)).title == "2026年12月"


@pytest.mark.parametrize(
    ("cadence", "day", "start", "end", "title"),
    [
        (Cadence.QUARTER, date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31), "2026年第1季度"),
        (Cadence.QUARTER, date(2026, 10, 1), date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        (Cadence.HALF_YEAR, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        (Cadence.HALF_YEAR, date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        (Cadence.YEAR, date(2028, 2, 29), date(2028, 1, 1), date(2028, 12, 31), "2028年"),
    ],
)
def test_longer_periods_run_by_the_calendar(cadence: Cadence, day: date, start: date, end: date, title: str) -> None:
    """Quarters, half years and years."""
    found = period(cadence, day)
    assert (found.start, found.end, found.title) == (start, end, title)


def test_a_week_at_new_year_has_one_name() -> None:
    """The days of a week across New Year all name the same week."""
    assert period(Cadence.WEEK, date(2026, 12, 31)) == period(Cadence.WEEK, date(2027, 1, 3))
    assert period(Cadence.WEEK, date(2027, 1, 3)).title == "2026年第53周"


@given(days, st.sampled_from(Cadence))
def test_periods_tile_the_calendar(day: date, cadence: Cadence) -> None:
    """A day lies in its period, every day of a period has that period, and the next day after it has another."""
    found = period(cadence, day)
    assert found.start <= day <= found.end
    assert period(cadence, found.start) == period(cadence, found.end) == found
    assert period(cadence, found.end + timedelta(days=1)).start == found.end + timedelta(days=1)
