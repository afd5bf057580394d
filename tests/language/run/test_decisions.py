"""Decision tables as generated functions: hit policies, nulls, what is shared, and replay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from keguan.language.feel.types import DATE, TEXT, Text
from keguan.language.model.model import HitPolicy
from keguan.language.run import Outcome, Replay, Runner, compile_decision, outcome
from tests.language.feel.names import MONEY, WHOLE
from tests.language.run.tables import TODAY, decision, fact, model

if TYPE_CHECKING:
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision

FIRST, UNIQUE, SUM = HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.COLLECT_SUM
GRADES = decision(
    FIRST,
    ["累计购买额", "有影响", "行业影响力"],
    {"grade": TEXT, "card": TEXT},
    [
        [">= 5000万", "-", "-", '"A"', '"钻石卡"'],
        ["-", "true", '"重大", "较大"', '"A"', '"钻石卡"'],
        ["-", "true", "-", '"B"', "null"],
        ["[800万..5000万)", "-", "not(null)", '"B"', '"铂金卡"'],
        ["> 0", "-", "-", '"C"', '"金卡"'],
    ],
)


@pytest.mark.parametrize(
    ("inputs", "values", "rule"),
    [
        ((5_000_000_000, None, None), ("A", "钻石卡"), 1),
        ((4_999_999_999, True, "较大"), ("A", "钻石卡"), 2),
        ((None, True, "一般"), ("B", None), 3),
        ((None, True, None), ("B", None), 3),
        ((800_000_000, False, "一般"), ("B", "铂金卡"), 4),
        ((800_000_000, None, None), ("C", "金卡"), 5),
        ((799_999_999, False, "重大"), ("C", "金卡"), 5),
        ((1, None, None), ("C", "金卡"), 5),
        ((0, None, None), (None, None), None),
        ((None, None, None), (None, None), None),
        ((None, False, "重大"), (None, None), None),
    ],
)
def test_the_first_matching_row_decides(
    inputs: tuple[object, ...], values: tuple[object, ...], rule: int | None
) -> None:
    """Rows are tried from the top; a test on null does not hold; no row gives nulls."""
    assert outcome(GRADES, inputs, {}) == Outcome(values, rule, () if rule is None else (rule,))


def test_a_unique_table_runs_like_the_first_match() -> None:
    """Where the checks have proved that no two rows overlap, the first match is the only one."""
    table = replace(GRADES, hit=UNIQUE)
    assert outcome(table, (799_999_999, False, "重大"), {}) == Outcome(("C", "金卡"), 5, (5,))
    assert compile_decision(table) == compile_decision(GRADES)


SCORES = decision(
    SUM,
    ["累计购买额", "有影响"],
    {"score": WHOLE, "bonus": MONEY},
    [
        [">= 100", "-", "10", "1.5"],
        ["-", "true", "5", "null"],
        ["< 50", "true", "-3", "0.25"],
        ["-", "false", "null", "null"],
    ],
)


@pytest.mark.parametrize(
    ("inputs", "values", "rules"),
    [
        ((100_00, True), (15, 150), (1, 2)),
        ((49_99, True), (2, 25), (2, 3)),
        ((100_00, None), (10, 150), (1,)),
        ((None, True), (5, None), (2,)),
        ((None, False), (None, None), (4,)),
        ((None, None), (None, None), ()),
    ],
)
def test_a_scorecard_adds_up_every_matching_row(
    inputs: tuple[object, ...], values: tuple[object, ...], rules: tuple[int, ...]
) -> None:
    """Null results are skipped, nothing to add gives null, and every matching row is named."""
    assert outcome(SCORES, inputs, {}) == Outcome(values, None, rules)


def test_the_rule_column_of_a_scorecard_is_text() -> None:
    """The numbers of the matching rows are joined by commas; no match gives null."""
    runner = Runner(model(SCORES), "customer")
    assert runner.run({"total": 100_00, "influential": True}, {}, TODAY) == {
        "score": 15,
        "bonus": 150,
        "grading_rule": "1,2",
    }
    assert runner.run({}, {}, TODAY) == {"score": None, "bonus": None, "grading_rule": None}


def test_cells_may_compare_with_parameters_and_the_day() -> None:
    """Parameters and the day are arguments of the function, so that an old outcome can be replayed."""
    table = decision(
        FIRST,
        ["购买次数", "首次接触日"],
        {"result": TEXT},
        [[">= 活跃次数", "-", '"活跃"'], ["-", "< today()", '"旧"'], ["-", "null", '"无"']],
    )
    assert outcome(table, (2, None), {"active": 2}, TODAY).values == ("活跃",)
    assert outcome(table, (2, None), {"active": 5}, TODAY).values == ("无",)
    assert outcome(table, (2, date(2026, 11, 20)), {"active": 5}, TODAY).values == ("旧",)
    assert outcome(table, (2, TODAY), {"active": None}, TODAY) == Outcome((None,), None, ())
    with pytest.raises(ValueError, match="day"):
        outcome(table, (2, None), {"active": 2})
    with pytest.raises(KeyError, match="active"):
        outcome(table, (2, None), {}, TODAY)


def test_a_cell_may_speak_of_its_own_value() -> None:
    """A question mark stands for the column's value, in a condition and in arithmetic."""
    table = decision(FIRST, ["购买次数"], {"result": WHOLE}, [["? * ? > 10 and ? < 5", "1"], ["? in (7, 9)", "2"]])
    assert [outcome(table, (number,), {}).rule for number in (3, 4, 5, 7, None)] == [None, 1, None, 2, None]


def test_a_result_may_use_an_input_column() -> None:
    """A result that reads a field which is an input column is computed from the stored input."""
    table = decision(FIRST, ["累计购买额"], {"fee": MONEY}, [["> 0", "累计购买额 * 1%"], ["-", "0"]])
    assert outcome(table, (123_45,), {}) == Outcome((1_23,), 1, (1,))
    assert outcome(table, (None,), {}) == Outcome((0,), 2, (2,))


def test_a_result_may_not_read_what_is_not_kept() -> None:
    """A result that reads another field could not be replayed, and is refused."""
    table = decision(FIRST, ["购买次数"], {"fee": MONEY}, [["> 0", "累计购买额 * 1%"]])
    with pytest.raises(ValueError, match="total is not an input column"):
        compile_decision(table)


def test_what_rows_share_is_tested_once() -> None:
    """Neighbouring rows with a common test are nested under it, and a test that cannot hold any more is left out."""
    source = compile_decision(GRADES)
    assert source.count("if i1:") == 1
    assert source.count("NOTHING") == 1
    assert "i0 is not None" not in source


def test_a_row_that_cannot_be_reached_costs_nothing() -> None:
    """Rows after one without tests, and rows that repeat a test that failed, leave no trace in the function."""
    table = decision(
        FIRST,
        ["购买次数", "有影响"],
        {"result": TEXT},
        [["> 1", "-", '"甲"'], ["> 1", "true", '"乙"'], ["-", "-", '"丙"'], ["-", "true", '"丁"']],
    )
    source = compile_decision(table)
    assert ("'甲'" in source, "'乙'" in source, "'丙'" in source, "'丁'" in source) == (True, False, True, False)


def test_every_combination_of_a_small_table_is_right() -> None:
    """Numbers stood for by NaN, dates, text and nulls together decide as the rows say."""
    table = decision(
        FIRST,
        ["购买次数", "首次接触日", "姓名"],
        {"result": WHOLE},
        [
            ["!= 3", '> @"2026-01-01"', '"甲"', "1"],
            ["< 3", "-", 'not("甲", "乙")', "2"],
            [">= 3", '<= @"2026-01-01"', "-", "3"],
            ["not(> 3)", "null", "-", "4"],
            ["= 3", "-", "-", "5"],
        ],
    )
    replay = Replay(table)
    new_year, later = date(2026, 1, 1), date(2026, 1, 2)
    for number, day, name in product((None, 2, 3, 4), (None, new_year, later), (None, "甲", "乙", "丙")):
        expected = (
            1 if number != 3 and day == later and name == "甲"
            else 2 if number == 2 and name not in ("甲", "乙")
            else 3 if number in (3, 4) and day == new_year
            else 4 if number in (2, 3) and day is None
            else 5 if number == 3
            else None
        )  # fmt: skip
        assert replay.outcome((number, day, name), {}).rule == expected, (number, day, name)


def test_an_empty_table_answers_null() -> None:
    """A table without rows gives nulls for every output."""
    table = decision(FIRST, ["购买次数"], {"result": TEXT}, [])
    assert outcome(table, (1,), {}) == Outcome((None,), None, ())


def test_a_decision_reads_facts_and_is_read_by_facts() -> None:
    """Computations run in the given order, each seeing the outcomes before it."""
    grades = decision(FIRST, ["累计购买额"], {"influential": TEXT}, [["> 5", '"高"'], ["-", '"低"']])
    before, after = fact("购买次数 * 100", MONEY, "total"), fact("有影响", code="later")
    result = Runner(model(before, grades, after), "customer").run({"purchases": 1, "total": 0}, {}, TODAY)
    assert result == {"total": 100_00, "influential": "高", "grading_rule": 1, "later": "高"}


def test_the_inputs_of_a_decision_can_be_had_with_its_outcome() -> None:
    """The value of every input column is given under its own name."""
    runner = Runner(model(GRADES), "customer")
    assert runner.inputs({"total": 5, "influential": False}, {}, TODAY) == {
        "in_grading_0": 5,
        "in_grading_1": False,
        "in_grading_2": None,
        "grade": "C",
        "card": "金卡",
        "grading_rule": 5,
    }


def test_text_from_a_policy_stays_text() -> None:
    """Quotes, backslashes and line breaks in a policy's text cannot leave their quotes in the generated code."""
    nasty = "'); raise SystemExit(\\\"\\n"
    table = decision(FIRST, ["姓名"], {"result": TEXT}, [[f'"{nasty}"', f'"{nasty}"'], ["-", "null"]])
    plain = "'); raise SystemExit(\"\n"
    assert outcome(table, (plain,), {}).values == (plain,)
    assert outcome(table, ("x",), {}).values == (None,)


def test_a_code_that_is_no_name_is_refused() -> None:
    """A column code that could not be a Python name never reaches the generated code."""
    table = replace(GRADES, outputs=tuple(replace(each, code="a; b") for each in GRADES.outputs))
    with pytest.raises(ValueError, match="a; b"):
        Runner(model(table), "customer").run({}, {}, TODAY)


def test_dates_before_the_year_one_thousand_are_kept_apart() -> None:
    """Constant days have names of their own whatever the year."""
    table = decision(
        FIRST, ["首次接触日"], {"day": DATE}, [['< @"0026-01-01"', '@"0999-12-31"'], ["-", '@"0001-01-01"']]
    )
    assert outcome(table, (date(20, 1, 1),), {}).values == (date(999, 12, 31),)
    assert outcome(table, (None,), {}).values == (date(1, 1, 1),)


CHOSEN = Text(("急", "常", "缓"))
CONDITIONS = [["> 10", "-"], ["-", "true"], ["> 100", "-"]]


def table(hit: HitPolicy, kind: Type, *results: str) -> Decision:
    """Three rows that may match together, with one result each."""
    rows = [[*cells, result] for cells, result in zip(CONDITIONS, results, strict=True)]
    return decision(hit, ["累计购买额", "有影响"], {"out": kind}, rows)


@pytest.mark.parametrize(
    ("made", "inputs", "value", "rules"),
    [
        (table(HitPolicy.ANY, TEXT, '"甲"', '"乙"', '"甲"'), (200_00, False), "甲", 1),
        (table(HitPolicy.ANY, TEXT, '"甲"', '"乙"', '"甲"'), (200_00, True), None, None),
        (table(HitPolicy.ANY, TEXT, '"甲"', '"乙"', '"甲"'), (None, None), None, None),
        (table(HitPolicy.ANY, TEXT, "null", '"乙"', "null"), (200_00, None), None, 1),
        (table(HitPolicy.PRIORITY, CHOSEN, '"缓"', '"急"', '"常"'), (200_00, True), "急", 2),
        (table(HitPolicy.PRIORITY, CHOSEN, '"缓"', '"急"', '"常"'), (200_00, None), "常", 3),
        (table(HitPolicy.PRIORITY, CHOSEN, '"缓"', "null", '"缓"'), (200_00, True), "缓", 1),
        (table(HitPolicy.COLLECT_MIN, WHOLE, "3", "null", "2"), (200_00, True), 2, (1, 2, 3)),
        (table(HitPolicy.COLLECT_MAX, WHOLE, "3", "9", "2"), (200_00, True), 9, (1, 2, 3)),
        (table(HitPolicy.COLLECT_MAX, WHOLE, "3", "9", "2"), (0, None), None, ()),
        (table(HitPolicy.COLLECT_COUNT, WHOLE, "1", "null", "1"), (200_00, True), 2, (1, 2, 3)),
        (table(HitPolicy.COLLECT_COUNT, WHOLE, "1", "1", "1"), (0, None), 0, ()),
        (table(HitPolicy.COLLECT, TEXT, '"甲"', "null", '"丙"'), (200_00, True), "甲、丙", (1, 2, 3)),
        (table(HitPolicy.RULE_ORDER, TEXT, '"甲"', '"乙"', '"丙"'), (20_00, True), "甲、乙", (1, 2)),
        (table(HitPolicy.OUTPUT_ORDER, CHOSEN, '"缓"', '"急"', '"常"'), (200_00, True), "急、常、缓", (1, 2, 3)),
        (table(HitPolicy.OUTPUT_ORDER, CHOSEN, "null", "null", "null"), (200_00, True), None, (1, 2, 3)),
    ],
)
def test_each_hit_policy_makes_its_outcome(
    made: Decision, inputs: tuple[object, ...], value: object, rules: tuple[int, ...] | int | None
) -> None:
    """One row by agreement or by rank, or all of them as one figure or one text."""
    several = rules if isinstance(rules, tuple) else () if rules is None else (rules,)
    assert outcome(made, inputs, {}) == Outcome((value,), rules if isinstance(rules, int) else None, several)  # type: ignore[arg-type]  # plain values
