"""Deadlines and frequencies of the policy language on the company's calendar, as authors write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.language.blocks.timing import chinese
from keguan.language.model.timing import Deadline, Frequency, Length, Unit
from keguan.runtime.calendars import queries as calendars
from tests.calculators.working_time.calendars import office

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = office()


def at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, year: int = 2026) -> datetime:
    """A clock time of 2026."""
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


def deadline(text: str) -> Deadline:
    """As an author writes it."""
    found = chinese.deadline(text)
    assert found is not None
    return found


def frequency(text: str) -> Frequency:
    """As an author writes it."""
    found = chinese.frequency(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "since", "found"),
    [
        ("1天", at(3, 2, 9), at(3, 3, 9)),
        ("7天", at(3, 2, 9), at(3, 9, 9)),
        ("25小时", at(2, 15, 9), at(2, 16, 10)),
        ("30分钟", at(2, 15, 9), at(2, 15, 9, 30)),
        ("3工作日", at(9, 30, 10), at(10, 10, 10)),
        ("1工作日", at(2, 13, 20), at(2, 24, 9)),
        ("8工作小时", at(2, 13, 17), at(2, 14, 17, 30)),
        ("1交易日", at(2, 13, 14), at(2, 24, 14)),
        ("2周", at(2, 13, 14), at(2, 27, 14)),
        ("1个月", at(1, 31, 9), at(2, 28, 9)),
        ("1季度", at(11, 30, 9), at(2, 28, 9, year=2027)),
        ("1年", at(3, 1, 9), at(3, 1, 9, year=2027)),
        ("立即", at(2, 15, 9), at(2, 15, 9)),
        ("办结当日", at(2, 13, 17), at(2, 13, 18)),
        ("当个工作日", at(2, 15, 9), at(2, 24, 18)),
        ("次日", at(2, 14, 9), at(2, 15, 23, 59, 59)),
        ("次工作日", at(2, 14, 9), at(2, 24, 18)),
        ("次日上班前", at(2, 13, 9), at(2, 14, 9)),
        ("次日开盘前", at(2, 13, 9), at(2, 24, 9, 30)),
        ("本周内", at(2, 24, 9), at(3, 1, 23, 59, 59)),
        ("本月底前", at(9, 2, 9), at(9, 30, 18)),
        ("本季度内", at(9, 2, 9), at(9, 30, 18)),
        ("本年内", at(9, 2, 9), at(12, 31, 18)),
        ("到期前30天", at(3, 31, 9), at(3, 1, 9)),
        ("到期前2个工作日", at(2, 24, 9), at(2, 13, 9)),
    ],
)
def test_deadlines(text: str, since: datetime, found: datetime) -> None:
    """Each way of writing a deadline, over the Spring Festival and the National Day of 2026, given in UTC."""
    due = calendars.due(deadline(text), since, CALENDAR)
    assert due == found
    assert due.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        ("15天", date(2026, 3, 2), at(3, 17, 18)),
        ("到期前15天", date(2026, 3, 2), at(2, 15, 23, 59, 59)),
        ("3工作日", date(2026, 2, 12), at(2, 24, 18)),
        ("1个月", date(2026, 1, 31), at(2, 28, 18)),
        ("当日", date(2026, 3, 2), at(3, 2, 18)),
        ("立即", date(2026, 3, 2), at(3, 2, 18)),
        ("次工作日", date(2026, 2, 14), at(2, 24, 18)),
        ("2小时", date(2026, 3, 2), at(3, 2, 20)),
    ],
)
def test_deadlines_from_a_day(text: str, day: date, found: datetime) -> None:
    """What is only known by its day is due at the end of business of the day reached, 23:59:59 where it is off."""
    assert calendars.due_from_day(deadline(text), day, CALENDAR) == found


def test_before_is_earlier_whatever_the_sign() -> None:
    """Two working days before Tuesday after Spring Festival is the Friday before it."""
    for amount in (2, -2):
        assert calendars.before(Length(amount, Unit.WORKING_DAY), at(2, 24, 9), CALENDAR) == at(2, 13, 9)


@pytest.mark.parametrize(
    ("text", "percent", "found"),
    [
        ("2工作日", 50, at(2, 13, 18)),
        ("2工作日", 75, at(2, 14, 14, 15)),
        ("2工作日", 100, at(2, 24, 9)),
        ("2工作日", 150, at(2, 24, 18)),
        ("2天", 50, at(2, 14, 9)),
        ("2天", 75, at(2, 14, 21)),
    ],
)
def test_shares(text: str, percent: int, found: datetime) -> None:
    """Of two working days from Friday 09:00 one half ends with Friday's business and three quarters on the make-up
    Saturday; of two days they fall where the clock says.
    """
    since = at(2, 13, 9)
    due = calendars.due(deadline(text), since, CALENDAR)
    assert calendars.share_of(since, due, percent, deadline(text), CALENDAR) == found


def test_a_share_of_a_time_without_business_hours_is_taken_by_the_clock() -> None:
    """A working deadline that lies within a holiday altogether still has a half."""
    since, due = at(2, 16, 8), at(2, 16, 10)
    assert calendars.share_of(since, due, 50, deadline("1工作小时"), CALENDAR) == at(2, 16, 9)


@pytest.mark.parametrize(
    ("text", "due", "since", "until", "found"),
    [
        ("3天", at(3, 5, 9), at(3, 3, 9), at(3, 4, 12), at(3, 6, 12)),
        ("3工作日", at(3, 5, 9), at(3, 3, 9), at(3, 4, 12), at(3, 6, 12)),
        ("3工作日", at(2, 24, 10), at(2, 14, 18), at(2, 24, 8), at(2, 24, 10)),
        ("3天", at(3, 5, 9), at(3, 6, 9), at(3, 9, 9), at(3, 5, 9)),
        ("3天", at(3, 5, 9), at(3, 4, 9), at(3, 4, 9), at(3, 5, 9)),
    ],
)
def test_pauses(text: str, due: datetime, since: datetime, until: datetime, found: datetime) -> None:
    """A pause moves a deadline by the time that counts: a weekend is nothing to working days, and late stays late."""
    assert calendars.paused(deadline(text), due, since, until, CALENDAR) == found


moments = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(SHANGHAI))  # noqa: DTZ001


@given(
    moments,
    st.timedeltas(timedelta(hours=1), timedelta(days=60)),
    st.timedeltas(timedelta(0), timedelta(days=20)),
    st.sampled_from(["20工作日", "20天"]),
)
def test_a_pause_costs_nobody_any_time(since: datetime, left: timedelta, pause: timedelta, text: str) -> None:
    """After a pause exactly as much time is left as there was before it, counted as the deadline counts."""
    due, until = since + left, since + pause
    moved = calendars.paused(deadline(text), due, since, until, CALENDAR)
    before, after = calendars.left(due, since, CALENDAR), calendars.left(moved, until, CALENDAR)
    if text == "20天":
        assert after.time == before.time
    else:
        assert after.working == before.working


@pytest.mark.parametrize(
    ("text", "day", "start", "end", "due", "times"),
    [
        ("每月至少2次", date(2026, 9, 5), date(2026, 9, 1), date(2026, 9, 30), at(9, 30, 18), 2),
        ("每月第一个周一", date(2026, 3, 20), date(2026, 3, 1), date(2026, 3, 31), at(3, 2, 18), 1),
        ("每月最后一个工作日", date(2026, 2, 3), date(2026, 2, 1), date(2026, 2, 28), at(2, 28, 18), 1),
        ("每月第二个工作日", date(2026, 10, 3), date(2026, 10, 1), date(2026, 10, 31), at(10, 9, 18), 1),
        ("每月5日前", date(2026, 10, 20), date(2026, 10, 1), date(2026, 10, 31), at(10, 5, 23, 59, 59), 1),
        ("每季度结束后15日内", date(2026, 10, 5), date(2026, 10, 1), date(2026, 12, 31), at(10, 15, 18), 1),
        ("每半年至多一次", date(2026, 8, 5), date(2026, 7, 1), date(2026, 12, 31), at(12, 31, 18), 0),
        ("每周五", date(2026, 2, 24), date(2026, 2, 23), date(2026, 3, 1), at(2, 27, 18), 1),
        ("每工作日", date(2026, 2, 17), date(2026, 2, 24), date(2026, 2, 24), at(2, 24, 18), 1),
        ("每日", date(2026, 2, 17), date(2026, 2, 17), date(2026, 2, 17), at(2, 17, 23, 59, 59), 1),
        ("每年3月31日前", date(2026, 8, 5), date(2026, 1, 1), date(2026, 12, 31), at(3, 31, 18), 1),
        ("每两年一次", date(2027, 8, 5), date(2026, 1, 1), date(2027, 12, 31), at(12, 31, 18, year=2027), 1),
        ("每2小时一次", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 2), at(3, 2, 18), 12),
        ("每2个工作小时一次", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 2), at(3, 2, 18), 3),
    ],
)
def test_frequencies(text: str, day: date, start: date, end: date, due: datetime, times: int) -> None:
    """The period a day falls into, when what it asks for is due, and how many times."""
    assert calendars.slots(frequency(text), day, CALENDAR) == calendars.Slot(start, end, due, times)
