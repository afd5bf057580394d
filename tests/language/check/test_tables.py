"""The analysis of tables agrees with trying every case."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keguan.language import api
from keguan.language.check import table as table_module
from keguan.language.check.subject import Subject
from keguan.language.diagnostics.findings import Findings
from keguan.language.model.evaluate import Values, evaluate
from keguan.language.model.ranking import ranked
from tests.language.sources import model_of, policy, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import Decision, Rule
    from keguan.language.model.values import Value

DAY = date(2000, 1, 1)
NUMBERS = ["-", "null", "0", "< 0", ">= 0", "> 2", "[1..3]", "(0..3)", "not(1)", "1, 3", "<= 2", "not(null)"]
CHOICES = ["-", '"个人"', '"单位"', 'not("个人")', "null", '"个人", null']
BOOLEANS = ["-", "true", "false", "null", "not(true)"]
DATES = ["-", '< date("2000-01-01")', '>= date("2000-01-01")', '= date("2000-01-03")', "null"]

EVERY: tuple[list[Value], ...] = (
    [None, *range(-2, 6)],
    [None, "个人", "单位"],
    [None, True, False],
    [None, *(DAY + timedelta(days=offset) for offset in range(-2, 5))],
)
HEADINGS = ["额度", "类别", "会员", "生日", "→ 结果 (result)"]

rules = st.lists(
    st.tuples(*(st.sampled_from(cells) for cells in (NUMBERS, CHOICES, BOOLEANS, DATES))), min_size=1, max_size=6
)


def _decision(hit: str, rows: list[tuple[str, ...]]) -> tuple[Decision, list[str]]:
    body = table(hit, HEADINGS, [[*cells, str(number)] for number, cells in enumerate(rows)])
    source = policy(body)
    found = [diagnostic.id for diagnostic in api.check([source]).diagnostics]
    model = model_of(policy(body.replace("命中: 唯一", "命中: 首条")))
    return model.decisions["grade_table"], found


def _holds(rule: Rule, case: tuple[Value, ...]) -> bool:
    return all(test is None or evaluate(test, Values(inputs=case)) is True for test in rule.tests)


def _cases() -> Iterator[tuple[Value, ...]]:
    return itertools.product(*EVERY)


@given(rules)
@settings(max_examples=60)
def test_gaps_are_exactly_the_cases_that_no_row_takes(rows: list[tuple[str, ...]]) -> None:
    """A gap is reported when, and only when, trying every case finds one."""
    decision, found = _decision("首条", rows)
    uncovered = any(not any(_holds(rule, case) for rule in decision.rules) for case in _cases())
    assert ("K4006" in found) == uncovered


@given(rules)
@settings(max_examples=60)
def test_unreachable_rows_are_exactly_those_that_never_come_first(rows: list[tuple[str, ...]]) -> None:
    """A row is reported when, and only when, it is the first to hold in no case."""
    decision, found = _decision("首条", rows)
    first = {next((rule.number for rule in decision.rules if _holds(rule, case)), None) for case in _cases()}
    lost = [rule.number for rule in decision.rules if rule.number not in first]
    assert found.count("K4003") + found.count("K4004") == len(lost)


@given(rules)
@settings(max_examples=60)
def test_overlaps_are_exactly_the_pairs_that_hold_together(rows: list[tuple[str, ...]]) -> None:
    """In a table that hits uniquely a row is reported when, and only when, it holds together with one above it."""
    decision, found = _decision("唯一", rows)
    cases = list(_cases())
    overlapping = [
        second
        for index, second in enumerate(decision.rules)
        if any(_holds(first, case) and _holds(second, case) for first in decision.rules[:index] for case in cases)
    ]
    assert found.count("K4005") == len(overlapping)


@given(rules)
@settings(max_examples=60)
def test_conflicts_are_exactly_the_rows_that_hold_together_and_differ(rows: list[tuple[str, ...]]) -> None:
    """In a table whose rows must agree a row is reported when, and only when, one above holds with it and differs."""
    results = [number % 2 for number in range(len(rows))]
    body = table("任一", HEADINGS, [[*cells, str(result)] for cells, result in zip(rows, results, strict=True)])
    found = [each.id for each in api.check([policy(body)]).diagnostics]
    decision = model_of(policy(body.replace("命中: 任一", "命中: 首条"))).decisions["grade_table"]
    cases = list(_cases())
    differing = [
        number
        for number, second in enumerate(decision.rules)
        if any(
            results[other] != results[number] and any(_holds(first, case) and _holds(second, case) for case in cases)
            for other, first in enumerate(decision.rules[:number])
        )
    ]
    assert found.count("K4018") == len(differing)


@given(rules)
@settings(max_examples=60)
def test_outranked_rows_are_exactly_those_never_taken(rows: list[tuple[str, ...]]) -> None:
    """In a table that hits by priority a row is reported when, and only when, trying every case never takes it."""
    grades = ["乙", "甲", "丙"]
    made = [[*cells, f'"{grades[number % 3]}"'] for number, cells in enumerate(rows)]
    headings = [*HEADINGS[:-1], "→ 结果 (result, 选项(甲, 乙, 丙))"]
    source = policy(table("优先", headings, made))
    found = [each.id for each in api.check([source]).diagnostics]
    decision = model_of(source).decisions["grade_table"]
    order = ranked(decision)
    taken = {next((rule.number for rule in order if _holds(rule, case)), None) for case in _cases()}
    lost = [rule for rule in decision.rules if rule.number not in taken]
    assert found.count("K4021") + found.count("K4004") == len(lost)


def test_a_time_of_day_is_said_to_be_beyond_the_analysis() -> None:
    """A column of moments cannot be enumerated: the table is said to be unchecked, and nothing is claimed of it."""
    body = table("首条", ['date and time(生日, time("08:00:00"))', "→ 结果 (result)"], [["null", "1"]])
    assert [each.id for each in api.check([policy(body)]).diagnostics] == ["K4007"]


def test_the_missing_case_is_really_missing() -> None:
    """The case shown for a gap is taken by no row, and columns that do not matter are left out of it."""
    body = table("首条", HEADINGS, [[">= 10", "-", "-", "-", "1"], ["< 10", '"个人"', "-", "-", "2"]])
    (found,) = api.check([policy(body)]).diagnostics
    assert found.values["case"] == "额度不大于 9，且类别为“单位”"
    assert found.values["case_en"] == "额度 is at most 9 and 类别 is “单位”"


def test_the_parameters_of_each_time_are_looked_at() -> None:
    """A gap that opens only when a parameter changes is found."""
    figures = (
        ":::参数 数字 (figures)\n| 参数 | 代码 | 值 | 起 | 依据 |\n|---|---|---|---|---|\n"
        "| 大额 | large | 10 | 2026-01-01 | 第一条 |\n| 大额 | large | 20 | 2026-07-01 | 第一条 |\n:::\n\n"
    )
    body = table("首条", ["额度", "→ 结果 (result)"], [[">= 大额", "1"], ["<= 10", "2"], ["null", "3"]])
    (found,) = api.check([policy(figures + body)]).diagnostics
    assert found.values["case"] == "额度不小于 11、不大于 19"


def test_a_last_row_without_conditions_leaves_no_gap() -> None:
    """A row of ``-`` at the end covers the rest."""
    body = table("首条", HEADINGS, [[">= 10", '"个人"', "true", "-", "1"], ["-", "-", "-", "-", "2"]])
    assert api.check([policy(body)]).diagnostics == ()


def test_a_table_without_conditions_is_whole() -> None:
    """A table with result columns only gives its first row."""
    assert api.check([policy(table("首条", ["→ 结果 (result)"], [["1"]]))]).diagnostics == ()


def test_a_table_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the search gives up, a note says so once, and nothing is claimed about the table."""
    monkeypatch.setattr(table_module, "_LIMIT", 1)
    rows = [[">= 10", '"个人"', "true", "-", "1"], ["< 10", '"单位"', "-", "-", "2"], ["null", "-", "false", "-", "3"]]
    found = api.check([policy(table("首条", HEADINGS, rows))]).diagnostics
    assert [each.id for each in found] == ["K4012"]


@pytest.mark.parametrize("seed", range(5))
def test_a_long_table_is_read_as_trying_every_case_reads_it(seed: int) -> None:
    """Of 60 rows over four columns: the rows that never hold, never come first or hold together with which others, and
    whether there is a gap, are exactly those that trying every case finds.
    """
    chance = random.Random(seed)
    columns = (NUMBERS, CHOICES, BOOLEANS, DATES)
    # "-" stands first in each list: it is drawn seldom, so that the rows stay narrow and the table has both kinds.
    rows = [[chance.choice(chance.choice((cells[1:], cells[1:], cells))) for cells in columns] for _ in range(60)]
    model = model_of(policy(table("首条", HEADINGS, [[*cells, str(number)] for number, cells in enumerate(rows)])))
    decision = model.decisions["grade_table"]
    holding = [
        sum(1 << row for row, rule in enumerate(decision.rules) if _holds(rule, case)) for case in _cases()
    ]  # per case, the rows that hold in it
    (analysed,) = Subject(model, Findings()).tables
    found = analysed.table

    together = [0] * 60
    for held in holding:
        for row in range(60):
            if held >> row & 1:
                together[row] |= held & ((1 << row) - 1)
    reached = {(held & -held).bit_length() - 1 for held in holding if held}
    assert [row for row in range(60) if found.never(row)] == [
        row for row in range(60) if not any(held >> row & 1 for held in holding)
    ]
    assert [found.overlapping(row) for row in range(60)] == together
    assert {row for row in range(60) if found.comes_first(row)} == reached
    assert {row for row in range(60) if found.reached(row) is not None} == reached
    assert (found.gap() is not None) == (0 in holding)
    assert 10 < len(reached) < 60
