"""Values as people write them and as they are kept."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest

from keguan.language.feel.types import BOOLEAN, DATE, DATE_TIME, DAY_DURATION, MONTH_DURATION, TEXT, TIME, Number, Text
from keguan.language.model.model import FieldKind
from keguan.language.model.values import infer, read_value, show_value

if TYPE_CHECKING:
    from keguan.language.feel.types import Type
    from keguan.language.model.values import Value


@pytest.mark.parametrize(
    ("text", "scale", "units"),
    [
        ("5000万", 2, 5_000_000_000),
        ("12,860,000.00", 2, 1_286_000_000),
        ("¥1,234.5", 2, 123_450),
        ("1.5亿", 0, 150_000_000),
        ("15%", 4, 1_500),
        ("-3", 0, -3),
        ("１２．５", 1, 125),
        ("8元", 2, 800),
    ],
)
def test_numbers_are_read_exactly(text: str, scale: int, units: int) -> None:
    """A number in any usual spelling becomes whole units of its scale."""
    assert read_value(text, Number(scale)) == units


@pytest.mark.parametrize("text", ["", "五千万", "1.005", "1e5", "--1", "9" * 50, "万"])
def test_what_is_no_number_of_that_scale_is_refused(text: str) -> None:
    """Nothing is guessed and nothing is rounded."""
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        read_value(text, Number(2))


def test_other_kinds() -> None:
    """Yes/no, days, texts and choices are read as their type says."""
    assert read_value("是", BOOLEAN) is True
    assert read_value("No", BOOLEAN) is False
    assert read_value("2026-03-02", DATE) == date(2026, 3, 2)
    assert read_value("甲", TEXT) == "甲"
    assert read_value("甲", Text(("甲", "乙"))) == "甲"
    for text, type_ in (("丙", Text(("甲", "乙"))), ("2026-02-30", DATE), ("2026-3-2", DATE), ("也许", BOOLEAN)):
        with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
            read_value(text, type_)


def test_the_type_of_a_parameter_is_told_from_its_value() -> None:
    """Whole numbers, decimals, percentages, days, yes/no and texts are told apart."""
    assert infer("800万") == (Number(0), FieldKind.INTEGER)
    assert infer("2.50") == (Number(1), FieldKind.NUMBER)
    assert infer("15%") == (Number(4), FieldKind.PERCENT)
    assert infer("2026-01-01") == (DATE, FieldKind.DATE)
    assert infer("是") == (BOOLEAN, FieldKind.BOOLEAN)
    assert infer("甲") == (TEXT, FieldKind.TEXT)


def test_values_are_shown_as_people_write_them() -> None:
    """Money has a sign and two places, percentages a sign, yes/no a word, nothing a word."""
    assert show_value(1_286_000_000, Number(2), FieldKind.MONEY) == "¥12,860,000.00"
    assert show_value(-50, Number(2), FieldKind.MONEY) == "-¥0.50"
    assert show_value(250, Number(4), FieldKind.PERCENT) == "2.5%"
    assert show_value(1_050, Number(2), None) == "10.5"
    assert show_value(True, BOOLEAN, None, "en") == "yes"
    assert show_value(None, TEXT, None) == "空"
    assert show_value(date(2026, 3, 2), DATE, None) == "2026-03-02"


@pytest.mark.parametrize(
    ("text", "type_", "value", "zh", "en"),
    [
        ("09:30", TIME, time(9, 30), "09:30", "09:30"),
        ("9:30:15", TIME, time(9, 30, 15), "09:30:15", "09:30:15"),
        ("2026-03-02 09:30", DATE_TIME, datetime(2026, 3, 2, 9, 30), "2026-03-02 09:30", "2026-03-02 09:30"),  # noqa: DTZ001 - stored moments have no zone
        ("2026-03-02T00:00", DATE_TIME, datetime(2026, 3, 2), "2026-03-02 00:00", "2026-03-02 00:00"),  # noqa: DTZ001 - as above
        ("3天", DAY_DURATION, 259_200, "3天", "3 d"),
        ("1天12小时", DAY_DURATION, 129_600, "1天12小时", "1 d 12 h"),
        ("36 h", DAY_DURATION, 129_600, "1天12小时", "1 d 12 h"),
        ("-90分", DAY_DURATION, -5_400, "-1小时30分钟", "-1 h 30 min"),
        ("PT45S", DAY_DURATION, 45, "45秒", "45 s"),
        ("0秒", DAY_DURATION, 0, "0秒", "0 s"),
    ],
)
def test_times_and_durations(text: str, type_: Type, value: Value, zh: str, en: str) -> None:
    """Read as written in any usual way, shown in one."""
    assert read_value(text, type_) == value
    assert (show_value(value, type_, None), show_value(value, type_, None, "en")) == (zh, en)


def test_months_are_shown_as_years_and_months() -> None:
    """A duration of months is never said in days."""
    shown = [show_value(months, MONTH_DURATION, None) for months in (18, 24, 5, 0, -13)]
    assert shown == ["1年6个月", "2年", "5个月", "0个月", "-1年1个月"]
    assert show_value(18, MONTH_DURATION, None, "en") == "1 y 6 m"


@pytest.mark.parametrize(
    ("text", "type_"),
    [("25:00", TIME), ("9点", TIME), ("2026-02-30 09:00", DATE_TIME), ("2026-03-02", DATE_TIME), ("三天", DAY_DURATION),
     ("", DAY_DURATION), ("3", DAY_DURATION), ("3工作日", DAY_DURATION), ("1小时2天", DAY_DURATION)],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str, type_: Type) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        read_value(text, type_)
