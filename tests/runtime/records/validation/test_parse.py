"""What people and sheets write, as stored values or as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from time import process_time

import pytest

from keguan.language.feel.types import BOOLEAN, DATE, DATE_TIME, DAY_DURATION, TEXT, TIME, Number, Text, Type
from keguan.language.model.model import FieldKind
from keguan.runtime.records.validation import Invalid, Typed, parse

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Plain:
    """As much of a field as parsing needs."""

    kind: FieldKind
    type: Type = TEXT
    max_length: int | None = None


PHONE, ID, USCC = Plain(FieldKind.PHONE), Plain(FieldKind.ID_NUMBER), Plain(FieldKind.USCC)
MONEY, INTEGER = Plain(FieldKind.MONEY, Number(2)), Plain(FieldKind.INTEGER, Number(0))
PERCENT, DAY = Plain(FieldKind.PERCENT, Number(4)), Plain(FieldKind.DATE, DATE)
CHOICE, YES_NO = Plain(FieldKind.CHOICE, Text(("来电", "来访", "活动"))), Plain(FieldKind.BOOLEAN, BOOLEAN)
CLOCK, MOMENT = Plain(FieldKind.TIME, TIME), Plain(FieldKind.DATE_TIME, DATE_TIME)
LENGTH = Plain(FieldKind.DURATION, DAY_DURATION)
NAME, EMAIL, CARD = Plain(FieldKind.TEXT, max_length=5), Plain(FieldKind.EMAIL), Plain(FieldKind.BANK_CARD)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (PHONE, "13800135612", "13800135612"),
        (PHONE, "　１３８ ００１３ ５６１２ ", "13800135612"),
        (PHONE, "+86-138-0013-5612", "13800135612"),
        (PHONE, 13800135612.0, "13800135612"),
        (PHONE, "1.3800135612E+10", "13800135612"),
        (PHONE, "13800135612.0", "13800135612"),
        (ID, "11010519491231002x", "11010519491231002X"),
        (ID, "810000199408230021", "810000199408230021"),
        (ID, "830000199201300022", "830000199201300022"),
        (USCC, "91350100M000100Y43", "91350100M000100Y43"),
        (CARD, "6222 0212 3456 7890 128", "6222021234567890128"),
        (EMAIL, " Lin.Xiao@Example.COM ", "lin.xiao@example.com"),
        (MONEY, "5000万", 5_000_000_000),
        (MONEY, "１，２３４．５", 123450),
        (MONEY, "¥1,234.50", 123450),
        (MONEY, "1.2亿元", 12_000_000_000),
        (MONEY, "-3元", -300),
        (MONEY, 0.1 + 0.2, 30),
        (MONEY, "7999999.99", 799_999_999),
        (MONEY, 8000000, 800_000_000),
        (INTEGER, "1,234", 1234),
        (INTEGER, 3.0, 3),
        (PERCENT, "95%", 9500),
        (PERCENT, "95％", 9500),
        (PERCENT, 0.95, 9500),
        (DAY, "2026-11-21", TODAY),
        (DAY, "2026/3/2", date(2026, 3, 2)),
        (DAY, "２０２６年３月２日", date(2026, 3, 2)),
        (DAY, "20260302", date(2026, 3, 2)),
        (DAY, "2026-11-21 周六", TODAY),
        (DAY, 46347, TODAY),
        (DAY, "46347", TODAY),
        (DAY, datetime(2026, 11, 21, 9, 30), TODAY),  # noqa: DTZ001 - sheets have no zones
        (CLOCK, "９：３０", time(9, 30)),
        (CLOCK, "09:30:15", time(9, 30, 15)),
        (MOMENT, "2026年3月2日 9:30", datetime(2026, 3, 2, 9, 30)),  # noqa: DTZ001 - the company's local time
        (MOMENT, "2026-03-02T09:30", datetime(2026, 3, 2, 9, 30)),  # noqa: DTZ001 - as above
        (MOMENT, "2026-03-02", datetime(2026, 3, 2)),  # noqa: DTZ001 - as above
        (LENGTH, "3天", 259_200),
        (LENGTH, "１天１２小时", 129_600),
        (CHOICE, " 来电 ", "来电"),
        (YES_NO, "有", True),
        (YES_NO, "×", False),
        (YES_NO, 1, True),
        (NAME, "　林\u200b晓 ", "林晓"),
        (NAME, "   ", None),
        (PHONE, "", None),
        (MONEY, None, None),
    ],
)
def test_good(field: Plain, typed: Typed, value: object) -> None:
    """What is meant is stored, however it was written."""
    assert parse(field, typed, TODAY) == value


@pytest.mark.parametrize(
    ("field", "typed", "part"),
    [
        (PHONE, "1380013561", "应为11位，这里是10位"),
        (PHONE, "12800135612", "应以13至19开头"),
        (PHONE, "1.38E+10", "末几位已经丢失"),
        (PHONE, "无", "只能是数字"),
        (ID, "110105194912310021", "校验码不对"),
        (ID, "11010519491331002X", "出生日期不存在"),
        (ID, "110105203112310021", "出生日期不合理"),
        (ID, "010105194912310021", "地区代码"),
        (ID, 1.1010519491231e17, "末几位已经丢失"),
        (ID, "110105491231002", "15位的旧身份证号"),
        (ID, "1101051949", "应为18位，这里是10位"),
        (USCC, "91350100M000100Y44", "校验码不对"),
        (USCC, "91350100M000100Y4I", "不含I、O、S、V、Z"),
        (CARD, "6222021234567890123", "校验位不对"),
        (EMAIL, "lin.xiao#example.com", "名称@域名"),
        (MONEY, "一百万", "金额应为数字"),
        (MONEY, "1.234", "小数位数太多"),
        (MONEY, "9" * 30, "太大"),
        (MONEY, float("nan"), "太大"),
        (INTEGER, "1.5", "应为整数"),
        (PERCENT, "0.95", "带上百分号"),
        (DAY, "2026-02-30", "没有这一天"),
        (CLOCK, "24:00", "时间应写成"),
        (MOMENT, "2026-03-02 25:00", "时间应写成"),
        (MOMENT, "昨天", "日期应写成"),
        (LENGTH, "三天", "时长应写成"),
        (LENGTH, "9999999天", "最长一百年"),
        (DAY, "昨天", "日期应写成"),
        (DAY, "1026-01-01", "1900至2100"),
        (CHOICE, "来电话", "您要填的是“来电”吗"),
        (CHOICE, "路过", "只能填：来电、来访、活动。"),
        (YES_NO, "也许", "“是”或“否”"),
        (NAME, "云岭置地有限公司", "最多5个字，这里有8个字"),
        (NAME, "林\x07晓", "控制字符"),
    ],
)
def test_bad(field: Plain, typed: Typed, part: str) -> None:
    """The sentence says what is wrong, in the words of the person who typed it."""
    with pytest.raises(Invalid) as caught:
        parse(field, typed, TODAY)
    assert part in caught.value.sentence


@pytest.mark.parametrize("field", [PHONE, ID, CARD, EMAIL])
@pytest.mark.parametrize("typed", ["138001356120", "110105194912310020", "6222021234567890123"])
def test_a_sentence_never_repeats_a_sensitive_value(field: Plain, typed: str) -> None:
    """What was typed into a sensitive field does not come back in the sentence about it."""
    with pytest.raises(Invalid) as caught:
        parse(field, typed, TODAY)
    assert typed not in caught.value.sentence


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (MONEY, "+" + " " * 100_000 + "x"),
        (MONEY, "1" + " " * 100_000 + "x"),
        (INTEGER, "9" * 1_000_000),
        (EMAIL, "a@" + "a." * 100_000),
        (DAY, "2026" + " " * 100_000),
        (CHOICE, "来" * 1_000_000),
        (Plain(FieldKind.REFERENCE), "9" * 5_000),
        (Plain(FieldKind.REFERENCE), 2**63),
        (PHONE, float("nan")),
        (PHONE, float("inf")),
        (MONEY, float("nan")),
        (ID, float("-inf")),
    ],
)
def test_what_is_made_to_hurt_is_refused_at_once(field: Plain, typed: Typed) -> None:
    """Endless text and numbers that are none are refused in a sentence, without being chewed on."""
    begun = process_time()
    with pytest.raises(Invalid):
        parse(field, typed, TODAY)
    assert process_time() - begun < 10
