"""What each construct of an expression gives, with exact values and with nulls."""

from __future__ import annotations

from datetime import date

import pytest

from keguan.language.feel.types import BOOLEAN, TEXT, Type
from keguan.language.run import TooLarge
from tests.language.feel.names import MONEY, PERCENT, WHOLE
from tests.language.run.tables import value

A, B = {"total": 100_00, "purchases": 3}, {"total": None, "purchases": None}
DAY = date(2026, 11, 21)
CONTRACTS = (
    {"amount": 10_00, "status": "履行中", "kind": "洋房", "signed_on": date(2026, 1, 5), "area": 90, "paid": True},
    {
        "amount": 30_00,
        "status": "已解除",
        "kind": "独立别墅",
        "signed_on": date(2026, 3, 5),
        "area": None,
        "paid": None,
    },
    {"amount": None, "status": "已完成", "kind": "独立别墅", "signed_on": None, "area": 120, "paid": False},
    {"amount": 25_01, "status": "已完成", "kind": None, "signed_on": date(2025, 3, 5), "area": 60, "paid": True},
    {},
)

ARITHMETIC = [
    ("累计购买额 + 1", A, None, 101_00),
    ("累计购买额 - 0.5", A, None, 99_50),
    ("累计购买额 * 3", A, None, 300_00),
    ("累计购买额 * 15%", A, None, 15_0000),
    ("累计购买额 * 15%", A, MONEY, 15_00),
    ("-累计购买额", A, None, -100_00),
    ("-(购买次数 + 1)", A, None, -4),
    ("累计购买额 + 购买次数", A, None, 103_00),
    ("2 + 3 * 4 - (5 - 6)", {}, None, 15),
    ("1 - 2 - 3", {}, None, -4),
    ("8 / 4 / 2", {}, WHOLE, 1),
    ("7 / 2", {}, None, 3_500000),
    ("1 / 3", {}, None, 333333),
    ("2 / 3", {}, PERCENT, 6667),
    ("累计购买额 / 购买次数", A, MONEY, 33_33),
    ("累计购买额 / 0", A, None, None),
    ("累计购买额 / (购买次数 - 3)", A, None, None),
    ("累计购买额 / 购买次数", B, None, None),
    ("累计购买额 + 1", B, None, None),
    ("-累计购买额", B, None, None),
    ("累计购买额 * 购买次数", {"total": 100_00}, None, None),
    ("5000万", {}, MONEY, 5_000_000_000),
    ("1.5亿元", {}, WHOLE, 150_000_000),
    ("１５％", {}, PERCENT, 1500),
    ("3‰", {}, PERCENT, 30),
    ("0.125", {}, None, 125),
    ("1.50", {}, None, 15),
    ("0.12345678 * 0.1", {}, None, 1234568),
    ("null", {}, MONEY, None),
]

ROUNDING = [
    ("1 / 8", PERCENT, 1250),
    ("1 / 16 * 1", PERCENT, 625),
    ("0.5 / 1", WHOLE, 0),
    ("1.5 / 1", WHOLE, 2),
    ("2.5 / 1", WHOLE, 2),
    ("-0.5 / 1", WHOLE, 0),
    ("-1.5 / 1", WHOLE, -2),
    ("-2.5 / 1", WHOLE, -2),
    ("5 / -2", WHOLE, -2),
    ("2.51 / 1", WHOLE, 3),
]

LOGIC = [
    (left, operator, right)
    for left in (True, False, None)
    for operator in ("and", "or")
    for right in (True, False, None)
]

COMPARISONS = [
    ("累计购买额 >= 100", A, True),
    ("累计购买额 > 100", A, False),
    ("累计购买额 < 100.005", A, True),
    ("累计购买额 <= 99.99", A, False),
    ("累计购买额 = 100", A, True),
    ("累计购买额 != 100", A, False),
    ("累计购买额 >= 100", B, None),
    ("累计购买额 < 100", B, None),
    ("累计购买额 = 100", B, False),
    ("累计购买额 != 100", B, True),
    ("累计购买额 = null", B, True),
    ("累计购买额 != null", B, False),
    ("null = 累计购买额", A, False),
    ("累计购买额 + 1 = null", B, True),
    ("累计购买额 + 1 != null", A, True),
    ("累计购买额 + 1 = 购买次数 * 2", B, True),
    ("累计购买额 + 1 = 购买次数 * 2", {"purchases": 4}, False),
    ("null = null", {}, True),
    ("姓名 < “赵”", {"name": "林晓"}, True),
    ("姓名 < “赵”", {}, None),
    ("首次接触日 < today()", {"first_contact": date(2026, 11, 20)}, True),
    ("首次接触日 = 今天()", {"first_contact": DAY}, True),
    ('首次接触日 >= date("2026-11-22")', {"first_contact": DAY}, False),
    ('首次接触日 >= @"2026-11-21"', {}, None),
    ("有影响 = true", {"influential": True}, True),
    ("有影响 = true", {}, False),
    ("有影响 != true", {}, True),
    ("有影响 = false", {}, False),
    ("有影响 = false", {"influential": False}, True),
    ("有影响 = 否", {"influential": False}, True),
    ("有影响 != false", {}, True),
    ("有影响 = 带动购买", {}, True),
    ("有影响 = 带动购买", {"influential": False}, False),
    ("有影响", {}, None),
    ("not(有影响)", {}, None),
    ("not 有影响", {"influential": False}, True),
    ("非 有影响", {"influential": True}, False),
    ("not(累计购买额 > 5)", B, None),
    ("not(累计购买额 = 5)", B, True),
    ("not(有影响) or 累计购买额 > 5", A, True),
    ("购买次数 in (1, 3, 5)", A, True),
    ("购买次数 in (1, 3, 5, 7)", {"purchases": 4}, False),
    ("购买次数 in (1, 3)", B, False),
    ("购买次数 in (1, null)", B, True),
    ("购买次数 in [1, 3]", A, True),
    ("购买次数 in [1..3]", A, True),
    ("购买次数 in [1..3)", A, False),
    ("购买次数 in (3..5]", A, False),
    ("购买次数 in ]2..4[", A, True),
    ("购买次数 in [1..3]", B, None),
    ("购买次数 in [modulo(1, 0)..3]", {"purchases": 4}, False),
    ("购买次数 in [modulo(1, 0)..3]", A, None),
    ("购买次数 in [1..decimal(null, 0)]", {"purchases": 0}, False),
    ("购买次数 in [decimal(null, 0)..modulo(1, 0)]", A, None),
    ("购买次数 between modulo(1, 0) and 3", {"purchases": 4}, False),
    ("购买次数 in (<2, >=3)", A, True),
    ("购买次数 in (<2, [5..9])", A, False),
    ("购买次数 in > 2", A, True),
    ("购买次数 in not(3)", A, False),
    ("购买次数 in (3)", A, True),
    ("购买次数 in (1 + 2)", A, True),
    ("购买次数 between 1 and 3", A, True),
    ("购买次数 介于 4 且 5", A, False),
    ("购买次数 between 1 and 3 and 有影响", {**A, "influential": True}, True),
    ('行业影响力 in ("重大", "较大")', {"influence": "较大"}, True),
    ("行业影响力 属于（“重大”、“较大”）", {"influence": "一般"}, False),
    ('行业影响力 = "重大" or 有影响 = true', {}, False),
    ("活跃次数 >= 2", {}, True),
    ("下限 < 累计购买额", {"total": 100_01}, True),
]

CHOICES = [
    ("if 有影响 then 1 else 2", {"influential": True}, WHOLE, 1),
    ("if 有影响 then 1 else 2", {"influential": False}, WHOLE, 2),
    ("if 有影响 then 1 else 2", {}, WHOLE, 2),
    ("如果 有影响 那么 累计购买额 否则 空", {"influential": True, **A}, MONEY, 100_00),
    ("如果 有影响 那么 累计购买额 否则 空", {**A}, MONEY, None),
    ("if 累计购买额 > 5 then 累计购买额 else 购买次数 + 1", A, None, 100_00),
    ("if 累计购买额 > 5 then 累计购买额 else 购买次数 + 1", {"purchases": 1}, None, 2_00),
    ("if 累计购买额 > 5 then 累计购买额 else 购买次数 + 1", B, None, None),
    ("if 有影响 then 带动购买 else 累计购买额 > 5", A, BOOLEAN, True),
    ("if 有影响 then 带动购买 else 累计购买额 > 5", {"influential": True}, BOOLEAN, None),
    ("if 有影响 then 带动购买 else 累计购买额 > 5", B, BOOLEAN, None),
    ('if 购买次数 > 2 then "多" else "少"', A, TEXT, "多"),
    ("(if 有影响 then 1 else 2) * 10", {}, WHOLE, 20),
    ("max(累计购买额, 50)", A, None, 100_00),
    ("max(累计购买额, 150.5)", A, None, 150_50),
    ("max(累计购买额, 50)", B, None, 50_00),
    ("min(累计购买额, 购买次数)", A, None, 3_00),
    ("min(累计购买额, 购买次数)", {"total": 5_00}, None, 5_00),
    ("min(累计购买额, 购买次数)", B, None, None),
    ("max(1, 购买次数, 2, 累计购买额, 7)", {"purchases": 9}, None, 9_00),
    ("max(首次接触日, today())", {"first_contact": date(2027, 1, 1)}, None, date(2027, 1, 1)),
    ("sum(累计购买额, 购买次数)", A, None, 103_00),
    ("sum(累计购买额, 购买次数)", {"purchases": 3}, None, 3_00),
    ("sum(累计购买额, 购买次数)", B, None, None),
    ("sum(累计购买额, 1)", B, None, 1_00),
    ("mean(累计购买额, 购买次数)", A, MONEY, 51_50),
    ("mean(累计购买额, 购买次数)", {"purchases": 3}, MONEY, 3_00),
    ("mean(累计购买额, 购买次数)", B, MONEY, None),
]

AGGREGATES = [
    ("count(购买合同)", 5, 0),
    ('count(购买合同[合同状态 != "已解除"])', 4, 0),
    ('count(购买合同[合同状态 = "已完成"])', 2, 0),
    ("count(购买合同[合同金额 > 20])", 2, 0),
    ("count(购买合同[not(合同金额 > 20)])", 1, 0),
    ("count(购买合同[合同金额 = null])", 2, 0),
    ("count(购买合同[已付清])", 2, 0),
    ("count(购买合同[已付清 = false])", 1, 0),
    ("count(购买合同[合同金额 >= 下限 / 10])", 3, 0),
    ('计数(购买合同[物业类型 = "独立别墅"][合同状态 = "已完成"]) > 0', True, False),
    ("sum(购买合同.合同金额)", 65_01, None),
    ('sum(购买合同[合同状态 = "已完成"].合同金额)', 25_01, None),
    ('sum(购买合同[物业类型 = "同类型物业"].合同金额)', None, None),
    ("min(购买合同.合同金额)", 10_00, None),
    ("max(购买合同.合同金额)", 30_00, None),
    ("min(购买合同.签订日)", date(2025, 3, 5), None),
    ("max(购买合同[签订日 < today()].签订日)", date(2026, 3, 5), None),
    ("mean(购买合同.面积)", 90_000000, None),
    ("mean(购买合同[面积 >= 90].面积)", 105_000000, None),
    ("count(购买合同) / 2", 2_500000, 0),
    ("sum(购买合同.合同金额) / count(购买合同)", 13_002000, None),
    ("sum(购买合同.合同金额) + sum(购买合同.合同金额)", 130_02, None),
]


@pytest.mark.parametrize(("text", "record", "expected", "result"), ARITHMETIC)
def test_arithmetic_is_exact(text: str, record: dict[str, int], expected: Type | None, result: int | None) -> None:
    """Numbers are whole units of their scale; null on a side or a zero divisor gives null."""
    assert value(text, record, expected=expected) == result


@pytest.mark.parametrize(("text", "expected", "result"), ROUNDING)
def test_rounding_is_half_even(text: str, expected: Type, result: int) -> None:
    """A half goes to the even neighbour, below zero too, and is rounded once."""
    assert value(text, expected=expected) == result


@pytest.mark.parametrize(("left", "operator", "right"), LOGIC)
def test_logic_is_three_valued(left: bool | None, operator: str, right: bool | None) -> None:
    """And, or and their negation follow Kleene's tables for every combination of true, false and null."""
    record = {"influential": left, "leads": right}
    decided = operator == "or"
    known = [side for side in (left, right) if side is not None]
    expected = decided if decided in known else (not decided if len(known) == 2 else None)
    assert value(f"有影响 {operator} 带动购买", record) is expected
    negated = None if expected is None else not expected
    assert value(f"not(有影响 {operator} 带动购买)", record) is negated


@pytest.mark.parametrize(("text", "record", "result"), COMPARISONS)
def test_comparisons_are_true_false_or_null(text: str, record: dict[str, object], result: bool | None) -> None:
    """Order with null is null, equality never is, and the answer is exactly True, False or None."""
    assert value(text, record) is result  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "record", "expected", "result"), CHOICES)
def test_choosing_takes_one_of_the_values(
    text: str, record: dict[str, object], expected: Type | None, result: object
) -> None:
    """``if`` takes its else-branch unless the condition is true; min, max, sum and mean of values skip nulls."""
    assert value(text, record, expected=expected) == result  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "full", "empty"), AGGREGATES)
def test_aggregates_see_the_children_whose_filter_is_true(text: str, full: object, empty: object) -> None:
    """Null values and children whose filter is false or null are left out; of nothing only the count is a number."""
    assert value(text, contracts=CONTRACTS) == full
    assert value(text) == empty


def test_a_parameter_has_the_value_of_the_day() -> None:
    """A dated parameter changes on its day and has no value before its first."""
    assert value("活跃次数", today=date(2026, 11, 30)) == 2
    assert value("活跃次数", today=date(2026, 12, 1)) == 5
    assert value("活跃次数 > 1", today=date(2025, 12, 31)) is None
    assert value("下限 + 1", today=date(2026, 5, 31)) is None


def test_numbers_never_overflow() -> None:
    """A product beyond 64 bits is exact on the way; as a value to be kept it is refused, as by every database."""
    assert value("累计购买额 * 累计购买额 > 累计购买额", {"total": 10**18}) is True
    with pytest.raises(TooLarge, match="result"):
        value("累计购买额 * 累计购买额", {"total": 10**18})
