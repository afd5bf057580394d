"""The calendar itself and hours as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.calculators.working_time.calendar import Calendar, Day, Trading
from keguan.calculators.working_time.counting import Counted, shift
from keguan.calculators.working_time.hours import Hours, checked, read_hours, show_hours
from tests.calculators.working_time.calendars import OFFICE, SATURDAY, SHANGHAI

stretches = st.lists(st.integers(0, 1440), max_size=8, unique=True).map(
    lambda edges: tuple(zip(*[iter(sorted(edges)[: len(edges) // 2 * 2])] * 2, strict=True))
)


@given(stretches)
def test_hours_are_read_as_they_are_shown(hours: Hours) -> None:
    """Any hours of a day, written out, are read back."""
    assert read_hours(show_hours(hours)) == checked(hours)


@pytest.mark.parametrize("text", ["09:00-12:00、13:30至18:00", "9:00~12:00 13:30—18:00", "9：00-12：00；13：30-18：00"])
def test_hours_are_read_as_people_write_them(text: str) -> None:
    """Full-width signs, short hours and any sign between."""
    assert read_hours(text) == OFFICE


@pytest.mark.parametrize(
    "text", ["9-12", "09:00-25:00", "12:00-09:00", "09:00-12:00, 11:00-13:00", "09:60-10:00", "早"]
)
def test_other_hours_are_refused(text: str) -> None:
    """No time, no order, an overlap, a minute there is not."""
    with pytest.raises(ValueError, match=r"."):
        read_hours(text)


def test_touching_hours_are_one() -> None:
    """09:00-12:00 and 12:00-18:00 are one stretch."""
    assert read_hours("09:00-12:00, 12:00-18:00") == ((540, 1080),)


def test_a_make_up_day_has_hours() -> None:
    """Those of its weekday, else of an ordinary day, else its own; a day off has none whatever the week says."""
    special = {
        date(2026, 2, 14): Day(working=True),
        date(2026, 2, 15): Day(working=True),
        date(2026, 2, 16): Day(working=False),
        date(2026, 2, 17): Day(working=True, hours=SATURDAY),
    }
    calendar = Calendar(SHANGHAI, (OFFICE,) * 5 + (SATURDAY, ()), special)
    assert [calendar.hours_on(day) for day in special] == [SATURDAY, OFFICE, (), SATURDAY]


def test_trading_days_are_working_days_unless_said() -> None:
    """Without a word about trading it follows the work; a single day can be closed."""
    calendar = Calendar(SHANGHAI, (OFFICE,) * 5 + ((), ()), trading=Trading(days={date(2026, 3, 3): False}))
    assert shift(calendar, date(2026, 3, 2), 1, Counted.TRADING) == date(2026, 3, 4)


@pytest.mark.parametrize("week", [(), (OFFICE,) * 6, ((),) * 7])
def test_a_week_without_work_is_refused(week: tuple[Hours, ...]) -> None:
    """Seven days, one of them worked: else a working day could be sought for ever."""
    with pytest.raises(ValueError, match="seven days"):
        Calendar(SHANGHAI, week)
