"""Times as authors write them: what is read, what is refused, and how they compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.language.blocks.timing import read_deadline, read_frequency, read_length
from keguan.language.blocks.timing.place import placed
from keguan.language.diagnostics.findings import Findings
from keguan.language.markdown.document import Written
from keguan.language.model.timing import Deadline, Frequency, Length, Point, Unit
from keguan.language.model.timing.bounds import bounds, longer
from keguan.language.model.timing.words import show_deadline, show_frequency, show_length
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = 24 * 60
WORDS = (
    "每", "每隔", "至少", "至多", "不少于", "1", "3", "两", "半", "十二", "一百零五", "个", "月", "周",
    "周一", "星期天", "年度", "季", "工作日", "小时", "第", "最后一个", "首月", "底", "前", "内", "次",
    "次日", "开盘", "自", "之日起", "到期", "提前", "当日", "结束后", "日", "至", "-", "every ", "half ",
    "year", " months", "at least ", "first ", "monday", "by the ", "5th", " of ", "end", " before ",
    "twice", "(", "%",
)  # fmt: skip


def written(text: str) -> Written:
    """``text`` in a cell."""
    return Written(text, Span("policy.md", 1, 1, 1, len(text) + 1))


def deadline(text: str) -> Deadline | None:
    """What a deadline says."""
    return read_deadline(written(text), Findings())


def frequency(text: str) -> Frequency | None:
    """What a frequency says."""
    return read_frequency(written(text), Findings())


@pytest.mark.parametrize(
    ("text", "amount", "unit", "event"),
    [
        ("3工作日", 3, Unit.WORKING_DAY, ""),
        ("三个工作日内", 3, Unit.WORKING_DAY, ""),
        ("二十个工作日", 20, Unit.WORKING_DAY, ""),
        ("3至5个工作日", 5, Unit.WORKING_DAY, ""),
        ("２４小时", 24, Unit.HOUR, ""),
        ("48 小时内", 48, Unit.HOUR, ""),
        ("不超过7天", 7, Unit.DAY, ""),
        ("十五日内", 15, Unit.DAY, ""),
        ("一周", 1, Unit.WEEK, ""),
        ("两个月", 2, Unit.MONTH, ""),
        ("半年", 6, Unit.MONTH, ""),
        ("半个月", 15, Unit.DAY, ""),
        ("一年半", 18, Unit.MONTH, ""),
        ("一个半小时", 90, Unit.MINUTE, ""),
        ("提前30天", -30, Unit.DAY, ""),
        ("到期前15天", -15, Unit.DAY, "到期"),
        ("自受理之日起15日内", 15, Unit.DAY, "受理"),
        ("受理后3个工作日内", 3, Unit.WORKING_DAY, "受理"),
        ("3 working days", 3, Unit.WORKING_DAY, ""),
        ("within 24 hours", 24, Unit.HOUR, ""),
        ("Two months", 2, Unit.MONTH, ""),
        ("half a year", 6, Unit.MONTH, ""),
        ("30 days ahead", -30, Unit.DAY, ""),
        ("15 days before expiry", -15, Unit.DAY, "expiry"),
        ("3 working days after the receipt", 3, Unit.WORKING_DAY, "receipt"),
    ],
)
def test_deadlines_of_a_length(text: str, amount: int, unit: Unit, event: str) -> None:
    """A deadline is read as an amount of a unit after its event, or before it."""
    assert deadline(text) == Deadline(text, Length(amount, unit), event=event)


@pytest.mark.parametrize(
    ("text", "point", "event"),
    [
        ("即时", Point.AT_ONCE, ""),
        ("收到投诉后立即", Point.AT_ONCE, "收到投诉"),
        ("当天", Point.SAME_DAY, ""),
        ("办结当日", Point.SAME_DAY, "办结"),
        ("当个工作日", Point.SAME_WORKING_DAY, ""),
        ("次日", Point.NEXT_DAY, ""),
        ("次工作日", Point.NEXT_WORKING_DAY, ""),
        ("下一个工作日", Point.NEXT_WORKING_DAY, ""),
        ("次日开盘前", Point.NEXT_TRADING_OPENING, ""),
        ("下一交易日开市前", Point.NEXT_TRADING_OPENING, ""),
        ("次日上班前", Point.NEXT_OPENING, ""),
        ("下一个工作日营业前", Point.NEXT_OPENING, ""),
        ("本周内", Point.END_OF_WEEK, ""),
        ("本月底前", Point.END_OF_MONTH, ""),
        ("每季度末前", Point.END_OF_QUARTER, ""),
        ("年底前", Point.END_OF_YEAR, ""),
        ("at once", Point.AT_ONCE, ""),
        ("same day as closing", Point.SAME_DAY, "closing"),
        ("next working day", Point.NEXT_WORKING_DAY, ""),
        ("by the end of the quarter", Point.END_OF_QUARTER, ""),
    ],
)
def test_deadlines_at_a_named_moment(text: str, point: Point, event: str) -> None:
    """A named moment is read with the event it is seen from."""
    assert deadline(text) == Deadline(text, point=point, event=event)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每月至少1次", Frequency("", Length(1, Unit.MONTH))),
        ("至少每月一次", Frequency("", Length(1, Unit.MONTH))),
        ("每月1至2次", Frequency("", Length(1, Unit.MONTH), 1, 2)),
        ("每月至少1至2次", Frequency("", Length(1, Unit.MONTH), 1)),
        ("每年至多2次", Frequency("", Length(1, Unit.YEAR), 0, 2)),
        ("每周不少于2次", Frequency("", Length(1, Unit.WEEK), 2)),
        ("每周一次", Frequency("", Length(1, Unit.WEEK))),
        ("每周一", Frequency("", Length(1, Unit.WEEK), weekday=1)),
        ("每周一一次", Frequency("", Length(1, Unit.WEEK), weekday=1)),
        ("每周五下班前", Frequency("", Length(1, Unit.WEEK), weekday=5)),
        ("每月第一个周一", Frequency("", Length(1, Unit.MONTH), weekday=1, ordinal=1)),
        ("每月最后一个工作日", Frequency("", Length(1, Unit.MONTH), ordinal=-1)),
        ("每月5日前", Frequency("", Length(1, Unit.MONTH), day=5)),
        ("每季度末前", Frequency("", Length(1, Unit.QUARTER), day=-1)),
        ("每季度首月10日前", Frequency("", Length(1, Unit.QUARTER), day=10, month=1)),
        ("每季度结束后15日内", Frequency("", Length(1, Unit.QUARTER), day=15, month=1)),
        ("每年3月31日前", Frequency("", Length(1, Unit.YEAR), day=31, month=3)),
        ("每半年一次", Frequency("", Length(6, Unit.MONTH))),
        ("每两年一次", Frequency("", Length(2, Unit.YEAR))),
        ("一年两次", Frequency("", Length(1, Unit.YEAR), 2)),
        ("每工作日", Frequency("", Length(1, Unit.WORKING_DAY))),
        ("每日", Frequency("", Length(1, Unit.DAY))),
        ("monthly at least 1", Frequency("", Length(1, Unit.MONTH))),
        ("at least twice a month", Frequency("", Length(1, Unit.MONTH), 2)),
        ("1 to 2 times a month", Frequency("", Length(1, Unit.MONTH), 1, 2)),
        ("every month first Monday", Frequency("", Length(1, Unit.MONTH), weekday=1, ordinal=1)),
        ("First Monday of every month", Frequency("", Length(1, Unit.MONTH), weekday=1, ordinal=1)),
        ("every Friday", Frequency("", Length(1, Unit.WEEK), weekday=5)),
        ("by the 5th of every month", Frequency("", Length(1, Unit.MONTH), day=5)),
        ("by 31 March every year", Frequency("", Length(1, Unit.YEAR), day=31, month=3)),
        ("half-yearly", Frequency("", Length(6, Unit.MONTH))),
        ("every two years", Frequency("", Length(2, Unit.YEAR))),
    ],
)
def test_frequencies(text: str, expected: Frequency) -> None:
    """A frequency is read as how often in which period, and where in it."""
    assert frequency(text) == replace(expected, text=text)


@pytest.mark.parametrize(
    ("read", "entry", "text"),
    [
        (read_deadline, "K5901", "尽快"),
        (read_deadline, "K5901", "15日前"),
        (read_deadline, "K5901", "0天"),
        (read_deadline, "K5901", "半个工作日"),
        (read_deadline, "K5901", "3" * 200 + "天"),
        (read_frequency, "K5902", "不定期"),
        (read_frequency, "K5902", "每月第六个周一"),
        (read_frequency, "K5902", "每周5日前"),
        (read_frequency, "K5902", "每月3至2次"),
        (read_frequency, "K5902", "每年13月5日前"),
        (read_frequency, "K5902", "每隔两天"),
        (read_frequency, "K5902", "now and then"),
        (read_length, "K5903", "次日"),
        (read_length, "K5903", "永久"),
    ],
)
def test_what_cannot_be_read(read: Callable[[Written, Findings], object], entry: str, text: str) -> None:
    """What means nothing, or nothing definite, is refused with a diagnostic at the cell."""
    findings = Findings()
    assert read(written(text), findings) is None
    assert [(found.id, found.span) for found in findings.all()] == [(entry, written(text).span)]


UNITS = st.sampled_from(list(Unit))
LENGTHS = st.builds(Length, st.integers(1, 99_999), UNITS)
EVENTS = st.sampled_from(["", "受理", "办结", "到期", "收到投诉"])
TIMED = st.builds(
    lambda length, sign, event: Deadline("", Length(sign * length.amount, length.unit), event=event),
    LENGTHS,
    st.sampled_from([1, -1]),
    EVENTS,
)
ENDS = (Point.END_OF_WEEK, Point.END_OF_MONTH, Point.END_OF_QUARTER, Point.END_OF_YEAR)
POINTED = st.builds(
    lambda point, event: Deadline("", point=point, event="" if point in ENDS else event),
    st.sampled_from(list(Point)),
    EVENTS,
)
MAYBE = st.none() | st.integers(-1, 31)
NEVER = st.none()
PLACES = (
    (NEVER, NEVER, MAYBE, NEVER | st.integers(1, 12)),  # a day, a month, neither
    (st.integers(1, 7), NEVER, NEVER, NEVER | st.integers(1, 12)),  # a weekday
    (NEVER | st.integers(1, 7), st.integers(-1, 16), NEVER, NEVER),  # the first Monday, the last day
)
"""Weekday, ordinal, day and month as they go together."""
FREQUENCIES = st.one_of(
    *(
        st.builds(
            Frequency,
            text=st.just(""),
            every=st.builds(Length, st.integers(1, 12), UNITS),
            at_least=st.integers(0, 5),
            at_most=st.none() | st.integers(0, 5),
            weekday=weekday,
            ordinal=ordinal,
            day=day,
            month=month,
        )
        for weekday, ordinal, day, month in PLACES
    )
).filter(lambda frequency: placed(frequency) is not None)


@given(LENGTHS, st.sampled_from(["zh", "en"]))
def test_a_length_reads_back(length: Length, language: str) -> None:
    """A length in words reads as the same length."""
    assert read_length(written(show_length(length, language)), Findings()) == length


@given(TIMED | POINTED, st.sampled_from(["zh", "en"]))
def test_a_deadline_reads_back(wanted: Deadline, language: str) -> None:
    """A deadline in words reads as the same deadline."""
    text = show_deadline(wanted, language)
    assert deadline(text) == Deadline(text, wanted.length, wanted.point, wanted.event)


@given(FREQUENCIES, st.sampled_from(["zh", "en"]))
def test_a_frequency_reads_back(wanted: Frequency, language: str) -> None:
    """A frequency in words reads as the same frequency."""
    found = frequency(show_frequency(wanted, language))
    assert found is not None
    places = ("every", "at_least", "at_most", "weekday", "ordinal", "day", "month")
    assert [getattr(found, name) for name in places] == [getattr(wanted, name) for name in places]


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in a cell gives a time or one diagnostic."""
    for read in (read_deadline, read_frequency, read_length):
        findings = Findings()
        assert (read(written(text), findings) is None) == bool(findings.all())


@given(st.integers(1, 40), st.sampled_from([(Unit.MONTH, 1), (Unit.QUARTER, 3), (Unit.YEAR, 12)]), st.integers(0, 4000))
def test_no_month_is_longer_than_its_bounds(amount: int, unit: tuple[Unit, int], start: int) -> None:
    """Whatever day it begins on, a time in months lasts at least and at most what its bounds say."""
    day = date(2020, 1, 1) + timedelta(days=start)
    months = day.year * 12 + day.month - 1 + amount * unit[1]
    first, last = day.replace(day=1), date(months // 12, months % 12 + 1, 1)
    found = bounds(Length(amount, unit[0]))
    assert found.most is not None
    assert found.least <= (last - first).days * DAY <= found.most


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("8天", "7天", True),
        ("7天", "7天", False),
        ("169小时", "7天", True),
        ("168小时", "7天", False),
        ("9个工作日", "7天", True),
        ("8个工作日", "7天", False),
        ("30天", "5个工作日", False),
        ("6个工作日", "5个工作日", True),
        ("一年", "11个月", True),
        ("四个季度", "一年", False),
        ("32天", "1个月", True),
        ("31天", "1个月", False),
        ("1天", "即时", True),
        ("3天", "次日", True),
        ("2天", "次日", False),
        ("次日", "当日", False),
        ("3天", "次工作日", False),
    ],
)
def test_what_is_certainly_longer(first: str, second: str, expected: bool) -> None:
    """A time is called longer only where no calendar could make it otherwise."""
    one, other = deadline(first), deadline(second)
    assert one is not None
    assert other is not None
    assert longer(one, other) is expected
