"""Figures over the whole base, group by group, and the records behind them: the same by every engine as by hand."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keguan.language.feel.types import BOOLEAN, DATE, STAFF, TEXT, Number
from keguan.language.model.behind import Behind, Part, behind, members, share_of
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.metric import Figure, GroupBy, period_values
from keguan.language.model.naming import record_table
from keguan.language.plan.figures import figure_records, figure_values
from keguan.language.source import PackSource
from tests.language.sources import model_of

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.language.model.values import Value
    from tests.language.plan.engines import Engine

TODAY = date(2026, 11, 21)
PERIOD = (date(2026, 11, 1), date(2026, 11, 30))
POLICY = """---
id: sample
title: 样例
version: 1.0.0
effective: 2026-01-01
---
### 第一条 档案

:::档案 门店 (store)
显示: 店名

| 字段 | 代码 | 类型 | 信息类别 |
|---|---|---|---|
| 店名 | name | 文本(60) | 身份 |
| 片区 | area | 选项(东, 西) | 身份 |
:::

:::档案 回访 (call_back)
显示: 事由

| 字段 | 代码 | 类型 | 信息类别 |
|---|---|---|---|
| 事由 | topic | 文本(60) | 联系 |
| 门店 | store | 引用(门店) | 联系 |
| 渠道 | channel | 选项(电话, 上门) | 联系 |
| 回访人 | caller | 人员 | 联系 |
| 满意 | satisfied | 是否 | 联系 |
| 日期 | held_on | 日期 | 联系 |
| 花费 | cost | 金额 | 联系 |
:::

:::参数 数 (figures)
| 参数 | 代码 | 值 | 起 | 依据 |
|---|---|---|---|---|
| 贵 | dear | 100 | 2026-01-01 | 第一条 |
:::

### 第二条 指标

:::指标 回访指标 (targets)
| 指标 | 代码 | 类型 | 口径 | 目标 | 周期 | 分组 |
|---|---|---|---|---|---|---|
FIGURES
:::
"""
FIGURES = (
    ("satisfied_share", "百分比", "count(回访[满意]) / count(回访)"),
    ("dated_share", "百分比", "count(回访[日期 in [期初..期末] and 满意]) / count(回访[日期 in [期初..期末]])"),
    ("not_yet", "整数", "count(回访[满意 = null or 花费 > 贵])"),
    ("spent", "金额", "sum(回访[日期 <= 期末].花费)"),
    ("each", "金额", "sum(回访.花费) / count(回访[满意])"),
    ("mean_cost", "数字(1)", 'mean(回访[渠道 = "电话"].花费)'),
    ("two_sums", "金额", "sum(回访[满意].花费) - sum(回访[not(满意)].花费)"),
    ("people", "整数", "count(distinct values(回访.回访人))"),
    ("east", "整数", 'count(回访[门店.片区 = "东"])'),
    ("latest", "整数", "count(回访[日期 > today() - 30天])"),
)
GROUPS = ("-", "记录负责人", "部门", "门店", "回访人", "渠道", "满意", "门店.片区")
COLUMNS = {
    "channel": TEXT, "store_id": Number(0), "caller": STAFF, "satisfied": BOOLEAN, "held_on": DATE, "cost": Number(2),
    "owner_id": Number(0), "unit_id": Number(0),
}  # fmt: skip
DAYS = st.none() | st.sampled_from(
    [date(2026, 10, 22), date(2026, 10, 23), date(2026, 10, 31), *PERIOD, date(2026, 12, 1)]
)
ROW = st.tuples(
    st.none() | st.sampled_from(["电话", "上门"]),
    st.none() | st.integers(1, 3),
    st.none() | st.integers(1, 2),
    st.none() | st.booleans(),
    DAYS,
    st.none() | st.integers(0, 20_000),
    st.none() | st.integers(7, 8),
    st.none() | st.integers(7, 8),
)
AREAS = {1: "东", 2: "西", 3: None}


@cache
def figures(group: str) -> tuple[Model, tuple[Figure, ...]]:
    """The model with every figure, grouped so."""
    lines = "\n".join(
        f"| {code} | {code} | {type_} | {formula} | - | 每月 | {group} |" for code, type_, formula in FIGURES
    )
    model = model_of(PackSource("sample", {"policy.md": POLICY.replace("FIGURES", lines)}))
    return model, model.blocks.metrics["targets"].figures


def fill(engine: Engine, rows: list[tuple[Any, ...]]) -> None:
    """Tables with the columns that tables of records have beside those of the policy."""
    engine.table(record_table("store"), {"id": Number(0), "area": TEXT})
    engine.table(record_table("call_back"), {"id": Number(0), **COLUMNS})
    engine.insert("store", ("id", "area"), list(AREAS.items()))
    engine.insert("call_back", ("id", *COLUMNS), [(number, *row) for number, row in enumerate(rows, start=1)])


def record(number: int, row: tuple[Any, ...]) -> dict[str, Value]:
    """A row as ``evaluate`` reads it."""
    found = dict(zip(COLUMNS, row, strict=True))
    above = {"store": found["store_id"], "store/area": AREAS.get(found["store_id"])}
    return {"id": number, **found, **above}


def key_of(figure: Figure, each: dict[str, Value]) -> Value:
    """The group that a record is in."""
    group = figure.group
    assert group is not None
    if group.value is None:
        return each["owner_id" if group.by is GroupBy.OWNER else "unit_id"]
    return evaluate(group.value, Values(TODAY, {}, each))


def by_hand(model: Model, figure: Figure, rows: list[dict[str, Value]]) -> tuple[Value, ...]:
    """Value, numerator, denominator and members of these records, by ``evaluate``."""
    parameters = parameters_on(model.parameters, TODAY) | period_values(*PERIOD)
    values = Values(TODAY, parameters, {}, {("call_back", ""): rows})
    over, under = share_of(figure.expression) or (figure.expression, None)
    counted = [evaluate(each, values) for each in members(figure.expression)]
    return (
        evaluate(figure.expression, values),
        evaluate(over, values),
        None if under is None else evaluate(under, values),
        *counted,
    )


@pytest.mark.parametrize("group", GROUPS)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=12))
def test_engines_agree_with_the_definition(engine: Engine, group: str, rows: list[tuple[Any, ...]]) -> None:
    """Whatever the records, every figure has the same value, parts and members, as a whole and for every group."""
    model, declared = figures(group)
    for table in ("store", "call_back"):
        engine.execute(f'DROP TABLE IF EXISTS "{record_table(table)}"')
    fill(engine, rows)
    records = [record(number, row) for number, row in enumerate(rows, start=1)]
    for figure in declared:
        whole = figure_values(model, figure, engine.dialect, today=TODAY, period=PERIOD)
        (found,) = engine.rows(whole.sql, whole.parameters)
        assert found == (None, *by_hand(model, figure, records)), figure.code
        if figure.group is None:
            continue
        parted = figure_values(model, figure, engine.dialect, today=TODAY, period=PERIOD, grouped=True)
        groups: dict[Value, list[dict[str, Value]]] = {}
        for each in records:
            groups.setdefault(key_of(figure, each), []).append(each)
        wanted = {key: by_hand(model, figure, group_) for key, group_ in groups.items()}
        assert {row[0]: tuple(row[1:]) for row in engine.rows(parted.sql, parted.parameters)} == wanted, figure.code


@pytest.mark.parametrize("group", ["-", "渠道"])
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=12))
def test_the_records_behind_a_figure(engine: Engine, group: str, rows: list[tuple[Any, ...]]) -> None:
    """Of every set behind every figure exactly those records are found for which its condition is true."""
    model, declared = figures(group)
    for table in ("store", "call_back"):
        engine.execute(f'DROP TABLE IF EXISTS "{record_table(table)}"')
    fill(engine, rows)
    records = [record(number, row) for number, row in enumerate(rows, start=1)]
    parameters = parameters_on(model.parameters, TODAY) | period_values(*PERIOD)
    for figure in declared:
        for each in behind(figure.expression):
            made = figure_records(model, figure, each, engine.dialect, today=TODAY, period=PERIOD)
            wanted = {
                (row["id"], None if figure.group is None else key_of(figure, row))
                for row in records
                if each.where is None or evaluate(each.where, Values(TODAY, parameters, row)) is True
            }
            assert set(engine.rows(made.sql, made.parameters)) == wanted, (figure.code, each.part)


def test_a_share_has_what_it_misses_first() -> None:
    """A share of one type tells what it misses, what it counts and of what; a mean or a sum what it is made of."""
    by_code = {each.code: each for each in figures("-")[1]}
    parts = {code: [each.part for each in behind(figure.expression)] for code, figure in by_code.items()}
    assert parts["satisfied_share"] == [Part.MISSING, Part.COUNTED, Part.OF]
    assert parts["not_yet"] == [Part.COUNTED]
    assert parts["mean_cost"] == [Part.COUNTED, Part.OF]
    assert parts["two_sums"] == [Part.COUNTED]
    (missing, counted, of) = behind(by_code["satisfied_share"].expression)
    assert isinstance(missing, Behind)
    assert (counted.record_type, of.where) == ("call_back", None)


def test_of_what_another_condition_implies_only_the_wider_is_counted() -> None:
    """The members of a share whose numerator is a part of its denominator are those of the denominator."""
    by_code = {each.code: each for each in figures("-")[1]}
    (counted,) = members(by_code["dated_share"].expression)
    (_, _, of) = behind(by_code["dated_share"].expression)
    assert counted.where == of.where
