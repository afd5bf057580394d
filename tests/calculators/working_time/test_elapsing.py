"""Time inside business hours, against a walk over every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keguan.calculators.working_time.calendar import Calendar
from keguan.calculators.working_time.elapsing import (
    add_working,
    closing,
    is_open,
    last_open,
    next_open,
    opening,
    working_between,
)
from tests.calculators.working_time import reference
from tests.calculators.working_time.calendars import SHANGHAI, odd, office

CALENDARS = {"office": office(), "odd": odd()}
MINUTE = timedelta(minutes=1)
FIRST, LAST = datetime(2010, 1, 1), datetime(2030, 12, 20)  # noqa: DTZ001 - clock times, placed below

moments = st.datetimes(FIRST, LAST, timezones=st.just(SHANGHAI))
minutes = moments.map(lambda moment: moment.replace(second=0, microsecond=0))
calendars = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
lengths = st.integers(-6 * 450, 6 * 450).filter(bool)
times = st.timedeltas(timedelta(0), timedelta(days=3))

MADE_UP_WEEKS = {
    "the National Day weeks of 2026": (date(2026, 9, 30), date(2026, 10, 11)),
    "Spring Festival of 2026": (date(2026, 2, 13), date(2026, 3, 1)),
}


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A clock time of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@given(calendars, minutes, lengths)
def test_adding_is_a_walk_over_minutes(calendar: Calendar, moment: datetime, length: int) -> None:
    """On any minute of twenty years, forwards and backwards, the sum is where a walk of a minute at a time ends."""
    assert add_working(calendar, moment, length * MINUTE) == reference.add_minutes(calendar, moment, length)


@given(calendars, minutes, st.integers(0, 20 * 24 * 60))
def test_measuring_is_a_count_of_minutes(calendar: Calendar, start: datetime, length: int) -> None:
    """Between two minutes lie as many worked ones as a count finds, and as many, negative, the other way round."""
    end = start + length * MINUTE
    counted = reference.minutes_between(calendar, start.astimezone(UTC), end.astimezone(UTC)) * MINUTE
    assert working_between(calendar, start, end) == counted
    assert working_between(calendar, end, start) == -counted


@pytest.mark.parametrize("week", MADE_UP_WEEKS)
def test_every_minute_of_a_make_up_week(week: str) -> None:
    """From each minute of the days around a 调休, 7.5 working hours on and back and the time left to the end agree with
    totals kept minute by minute.
    """
    calendar, (first, last) = CALENDARS["office"], MADE_UP_WEEKS[week]
    length = 450
    start = calendar.at_minute(first - timedelta(days=12), 0)
    end = calendar.at_minute(last + timedelta(days=12), 0)
    walk = [start + n * MINUTE for n in range((end - start) // MINUTE + 1)]
    totals = [0]
    for minute in walk[:-1]:
        totals.append(totals[-1] + reference.worked_minute(calendar, minute))
    firsts = {total: place for place, total in reversed(list(enumerate(totals)))}
    lasts = {total: place for place, total in enumerate(totals)}
    checked = 0
    for place, minute in enumerate(walk):
        if not first <= minute.astimezone(SHANGHAI).date() <= last:
            continue
        assert add_working(calendar, minute, length * MINUTE) == walk[firsts[totals[place] + length]]
        assert add_working(calendar, minute, -length * MINUTE) == walk[lasts[totals[place] - length]]
        assert working_between(calendar, minute, end) == (totals[-1] - totals[place]) * MINUTE
        checked += 1
    assert checked == ((last - first).days + 1) * 24 * 60


@given(
    calendars, moments, st.timedeltas(timedelta(0), timedelta(days=3)), st.timedeltas(timedelta(0), timedelta(days=3))
)
def test_nothing_is_lost_on_the_way(calendar: Calendar, moment: datetime, one: timedelta, other: timedelta) -> None:
    """To the microsecond: what is added is what is measured, and two times one after the other are their sum."""
    reached = add_working(calendar, moment, one)
    assert working_between(calendar, moment, reached) == one
    assert add_working(calendar, reached, other) == add_working(calendar, moment, one + other) or not (one and other)
    back = add_working(calendar, moment, -one)
    assert working_between(calendar, back, moment) == one


@given(calendars, moments)
@example(CALENDARS["office"], at(2, 16, 12))
def test_the_next_opening_is_open(calendar: Calendar, moment: datetime) -> None:
    """It is open there, nothing is worked on the way, and the same holds looking back."""
    after, before = next_open(calendar, moment), last_open(calendar, moment)
    assert is_open(calendar, after)
    assert is_open(calendar, before)
    assert before <= moment <= after
    assert working_between(calendar, before, after) == timedelta(0)


@pytest.mark.parametrize(
    ("moment", "hours", "reached"),
    [
        (at(3, 2, 9), 3, at(3, 2, 12)),
        (at(3, 2, 12), 1, at(3, 2, 14, 30)),
        (at(3, 2, 12, 45), 1, at(3, 2, 14, 30)),
        (at(2, 13, 17), 8, at(2, 14, 17, 30)),
        (at(2, 14, 17), 2, at(2, 24, 10)),
        (at(9, 30, 18), 1, at(10, 8, 10)),
        (at(10, 10, 9), 7, at(10, 10, 17, 30)),
        (at(10, 8, 9), -1, at(9, 30, 17)),
        (at(3, 3, 9), -8, at(2, 28, 17, 30)),
        (at(3, 3, 13, 30), -3, at(3, 3, 9)),
    ],
)
def test_hours_by_hand(moment: datetime, hours: int, reached: datetime) -> None:
    """Breaks, nights, holidays and make-up Saturdays of 2026; what ends with a stretch ends at its closing."""
    assert add_working(CALENDARS["office"], moment, timedelta(hours=hours)) == reached


def test_opening_and_closing_of_days() -> None:
    """The first and the last minute of hours; midnight and 23:59:59 on a day without any."""
    calendar = CALENDARS["office"]
    assert (opening(calendar, date(2026, 2, 14)), closing(calendar, date(2026, 2, 14))) == (at(2, 14, 9), at(2, 14, 18))
    assert opening(calendar, date(2026, 2, 15)) == at(2, 15, 0)
    assert closing(calendar, date(2026, 2, 15)) == at(2, 15, 23, 59) + timedelta(seconds=59)


def test_hours_until_midnight_end_at_midnight() -> None:
    """A stretch that ends at 24:00 ends at the next day's first moment."""
    wednesday = datetime(2026, 3, 11, 23, 59, tzinfo=SHANGHAI)
    assert add_working(CALENDARS["odd"], wednesday, MINUTE) == datetime(2026, 3, 12, tzinfo=SHANGHAI)


def test_a_moment_without_a_zone_is_refused() -> None:
    """It could be eight hours off."""
    with pytest.raises(ValueError, match="time zone"):
        add_working(CALENDARS["office"], datetime(2026, 3, 2, 9), timedelta(hours=1))  # noqa: DTZ001 - the point
