"""What each function and loop gives, in generated Python and in the plain interpreter alike."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from keguan.language.model.evaluate import Values, evaluate, parameters_on
from tests.language.feel.names import MONEY, typed
from tests.language.run.tables import ACTIVE, CONTRACTS, FLOOR, TODAY, value

PERSON = {
    "total": 1234_56, "purchases": 7, "rate": 1500, "name": "林晓 Lin", "influence": "重大", "influential": True,
    "leads": None, "first_contact": date(2026, 1, 31),
}  # fmt: skip
SALES = (
    {"amount": 100, "status": "履行中", "paid": True, "signed_on": date(2026, 1, 5), "discount": 5000, "area": 10},
    {"amount": 250, "status": "已完成", "paid": False, "signed_on": date(2025, 12, 31), "area": 3},
    {"amount": None, "status": "已完成", "paid": None},
)
TEXTS = [
    ("string length(姓名)", 6),
    ("文本长度(姓名) > 3", True),
    ("substring(姓名, 1, 2)", "林晓"),
    ("substring(姓名, 4)", "Lin"),
    ("substring(姓名, -3)", "Lin"),
    ("substring(姓名, -99, 2)", "林晓"),
    ("substring(姓名, 0)", None),
    ("substring(姓名, 购买次数 - 7)", None),
    ("substring(姓名, 1, 0)", None),
    ("substring(length: 1, string: 姓名, start position: 2)", "晓"),
    ("upper case(姓名) + lower case(姓名)", "林晓 LIN林晓 lin"),
    ('contains(姓名, "Lin") and starts with(姓名, "林") and ends with(姓名, "n")', True),
    ('not(contains(姓名, "lin"))', True),
    ('有手机号("电话8613900000009。") and 有手机号("19900000000")', True),
    ('有手机号("12900000001，1390000000，１３９００００００００") or has mobile number(姓名)', False),
    ('substring before(姓名, " ")', "林晓"),
    ('substring before(姓名, "x")', ""),
    ('substring after(姓名, " ")', "Lin"),
    ('substring after(姓名, "x")', ""),
    ('substring after(姓名, "")', "林晓 Lin"),
    ('string(累计购买额) + "元"', "1234.56元"),
    ("string(-累计购买额 / 10)", "-123.456"),
    ("string(首次接触日)", "2026-01-31"),
    ("string(有影响)", "true"),
    ('string(@"09:30:00")', "09:30:00"),
    ('"等级" + 行业影响力', "等级重大"),
]
NUMBERS = [
    ("abs(-累计购买额)", 1234_56),
    ("floor(累计购买额)", 1234),
    ("floor(-累计购买额)", -1235),
    ("ceiling(累计购买额)", 1235),
    ("ceiling(累计购买额, 1)", 1234_6),
    ("floor(-累计购买额, 1)", -1234_6),
    ("decimal(购买次数 / 3, 2)", 233),
    ("decimal(2.5, 0)", 2),
    ("round half up(2.5, 0)", 3),
    ("round half up(-2.5, 0)", -3),
    ("round half down(2.5, 0)", 2),
    ("round half down(2.51, 0)", 3),
    ("round up(累计购买额, 1)", 1234_6),
    ("round up(-累计购买额, 0)", -1235),
    ("round down(-累计购买额, 0)", -1234),
    ("modulo(购买次数, 3)", 1),
    ("modulo(-购买次数, 3)", 2),
    ("modulo(购买次数, -3)", -2),
    ("modulo(购买次数, 购买次数 - 7)", None),
    ("even(购买次数)", False),
    ("odd(购买次数)", True),
    ("odd(0.5)", False),
    ("购买次数 ** 3", 343),
    ("购买次数 ** 0", 1),
    ("购买次数 ** -1", 142857),
    ("-2 ** 2", 4),
]
DATES = [
    ("date(2026, 购买次数, 31)", date(2026, 7, 31)),
    ("date(2026, 2, 购买次数 + 24)", None),
    ("首次接触日.年 * 100 + 首次接触日.月", 202601),
    ("首次接触日.weekday", 6),
    ("day of week(首次接触日)", "Saturday"),
    ("month of year(首次接触日)", "January"),
    ("day of year(首次接触日 + 1天)", 32),
    ("today() - 首次接触日", 294 * 86_400),
    ("today() - 首次接触日 > 30天", True),
    ("(today() - 首次接触日).days", 294),
    ("首次接触日 + 30天", date(2026, 3, 2)),
    ("首次接触日 + 1个月", date(2026, 2, 28)),
    ("首次接触日 - 2年", date(2024, 1, 31)),
    ("首次接触日 - 36小时", date(2026, 1, 29)),
    ("首次接触日 + 8000年", None),
    ('date and time(首次接触日, @"09:30:00") + 36小时', datetime(2026, 2, 1, 21, 30)),  # noqa: DTZ001 - a moment in storage form has no zone
    ('date(date and time(首次接触日, @"09:30:00") + 36小时)', date(2026, 2, 1)),
    ('time(date and time(首次接触日, @"09:30:00"))', time(9, 30)),
    ('date and time(首次接触日, @"09:30:15").second', 15),
    ('@"10:00:00" - @"09:30:00" = 30分钟', True),
    ("相隔月数(首次接触日, today()) = 9个月", True),
    ("相隔月数(today(), 首次接触日) = -9个月", True),
    ('duration("P1DT2H30M").hours', 2),
    ('duration("-P1DT2H30M").minutes', -30),
    ('duration("P1Y6M").years * 100 + duration("P1Y6M").months', 106),
    ("3天 * 1.5 = 108小时", True),
    ("3天 / 2 = 36小时", True),
    ("3天 / 1小时", 72_000000),
    ("max(首次接触日 - today(), 3天) = 3天", True),
    ("mean([3天, 5天]) = 4天", True),
]
CHILDREN = [
    ("some x in 购买合同 satisfies x.合同金额 > 2", True),
    ("some x in 购买合同[已付清] satisfies x.合同金额 > 2", False),
    ("some x in 购买合同 satisfies x.合同金额 > 99", None),
    ("every x in 购买合同 satisfies x.合同金额 > 0.5", None),
    ("every x in 购买合同 satisfies x.合同金额 > 1", False),
    ("every x in 购买合同[合同金额 != null] satisfies x.合同金额 > 0.5", True),
    ("every x in 购买合同[合同金额 > 99] satisfies false", True),
    ('存在 x 属于 购买合同[item.合同金额 != null] 满足 contains(x.合同状态, "完")', True),
    ("sum(for c in 购买合同 return c.合同金额 * c.面积)", 1750),
    ("sum(for x in 购买合同.合同金额 return x * 2)", 700),
    ("max(for c in 购买合同 return c.签订日 + 10天)", date(2026, 1, 15)),
    ("count(distinct values(购买合同.合同状态))", 2),
    ("count(distinct values(购买合同.面积))", 2),
    ("count(购买合同[item.合同金额 > 1])", 1),
    ('list contains(购买合同.合同状态, "已解除")', False),
    ('list contains(购买合同[合同状态 = "已完成"].合同状态, "已完成")', True),
    ('"已完成" in 购买合同.合同状态', True),
    ("any(购买合同.已付清)", True),
    ("all(购买合同.已付清)", False),
    ("sum(for c in 购买合同 return c.面积 * 活跃次数)", 26),
]
LISTS = [
    ("sum(for i in 1..4 return i * 购买次数)", 70),
    ("sum(for i in 3..1, j in [10, 20] return i * j)", 180),
    ("some i in [1, 3, 7] satisfies i = 购买次数", True),
    ("every i in 1..3 satisfies 购买次数 > i", True),
    ("every i in [] satisfies false", True),
    ("every d in 1..3 satisfies some c in 购买合同[合同金额 != null] satisfies c.合同金额 > d", False),
    ("count([1, 2, 3])", 3),
    ("count(distinct values([1, 2, 1]))", 2),
    ("sum([1, 2, 购买次数])", 10),
    ("max([购买次数, 3, null])", 7),
    ("min([3天, 2小时]) = 2小时", True),
    ("all([有影响, 带动购买])", None),
    ("any([有影响, 带动购买])", True),
    ("[1, 2, 3][-1]", 3),
    ("[{a: 1}, {a: 2}].a[2]", 2),
    ("{a: 购买次数, b: a + 1}.b", 8),
    ("(function(x) x + 1)(购买次数)", 8),
    ("{双倍: function(a, b) a * b, r: 双倍(b: 2, a: 购买次数)}.r", 14),
    ("{r: [1..10), ok: 购买次数 in r}.ok", True),
    ("{r: (>= 8), ok: 购买次数 in r}.ok", False),
    ("购买次数 in [1, 7]", True),
    ("购买次数 instance of number", True),
    ("带动购买 instance of boolean", False),
    ("姓名 instance of number", False),
    ("is defined(带动购买)", False),
]
CASES = TEXTS + NUMBERS + DATES + CHILDREN + LISTS
NOBODY = [text for text, _ in TEXTS + NUMBERS + DATES if "姓名" in text or "购买" in text or "首次" in text]


def plain(text: str, record: dict[str, object], contracts: tuple[dict[str, object], ...]) -> object:
    """What the plain interpreter gives."""
    parameters = parameters_on({"active": ACTIVE, "floor": FLOOR}, TODAY)
    return evaluate(typed(text), Values(TODAY, parameters, record, {CONTRACTS: contracts}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_expression_has_its_value(text: str, expected: object) -> None:
    """Generated Python and the interpreter give the value that stands in the table."""
    assert value(text, PERSON, SALES) == expected
    assert plain(text, PERSON, SALES) == expected


@pytest.mark.parametrize("text", NOBODY)
def test_null_in_is_the_same_on_both_sides(text: str) -> None:
    """About a customer of whom nothing is known, both say the same, and neither fails."""
    assert value(text) == plain(text, {}, ())


def test_a_function_of_null_is_null() -> None:
    """Text, numbers and dates that are missing give nothing."""
    for text in (
        "upper case(姓名)",
        "abs(累计购买额)",
        "首次接触日 + 1天",
        "首次接触日.year",
        "购买次数 ** 2",
        "even(购买次数)",
    ):
        assert value(text) is None


def test_a_condition_on_text_that_is_missing_is_not_true() -> None:
    """``contains`` of nothing is null: neither it nor its opposite holds."""
    assert value('if contains(姓名, "a") then 1 else 2') == 2
    assert value('if not(contains(姓名, "a")) then 1 else 2') == 2
    assert value('contains(姓名, "a") or 有影响', {"influential": True}) is True


def test_money_functions_keep_fen() -> None:
    """A rounded amount is an amount again."""
    assert value("四舍五入(累计购买额 / 7, 0)", PERSON, expected=MONEY) == 176_00
