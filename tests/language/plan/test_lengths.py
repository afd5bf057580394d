"""Figures that are lengths of time, the ends of periods, and what stands for what is empty: on every engine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from keguan.language.plan import computation
from keguan.language.run import Runner
from keguan.language.source import PackSource
from tests.language.sources import FRONT, model_of

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from tests.language.plan.engines import Engine

POLICY = """:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 信息类别 |
|---|---|---|---|
| 姓名 | name | 文本(60) | 身份 |
| 签约日 | signed | 日期 | 身份 |
| 等候 | waited | 时长 | 身份 |
| 金额 | amount | 金额 | 身份 |
:::

:::参数 期限 (terms)
| 参数 | 代码 | 值 | 起 | 依据 |
|---|---|---|---|---|
| 回款期 | pay_within | 6个月 | 2026-01-01 | 第一条 |
| 回款期 | pay_within | 1年 | 2026-07-01 | 第一条 |
| 宽限 | grace | 3天 | 2026-01-01 | 第一条 |
| 答复 | answer_within | 24小时 | 2026-01-01 | 第一条 |
:::

:::口径 日期 (days)
对象: 客户

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 限期 | due | 日期 | 身份 | 签约日 + 回款期 + 宽限 |
| 按时 | answered | 是否 | 身份 | 等候 <= 答复 |
| 上季初 | last_quarter | 日期 | 身份 | 季初(签约日) - 3个月 |
| 季末日 | quarter_end | 日期 | 身份 | 季末(签约日) |
| 月末日 | month_end | 日期 | 身份 | 月末(签约日) |
| 周初日 | week_start | 日期 | 身份 | 周初(签约日) |
| 实额 | known_amount | 金额 | 身份 | 空则(金额, 0) + 1 |
:::
"""
NAMES = ("due", "answered", "last_quarter", "quarter_end", "month_end", "week_start", "known_amount")
ROWS = {
    (date(2024, 2, 29), 86_400, None): (
        date(2024, 9, 1), True, date(2023, 10, 1), date(2024, 3, 31), date(2024, 2, 29), date(2024, 2, 26), 100,
    ),
    (date(2025, 8, 31), 86_401, 250): (
        date(2026, 3, 3), False, date(2025, 4, 1), date(2025, 9, 30), date(2025, 8, 31), date(2025, 8, 25), 350,
    ),
    (None, None, 0): (None, None, None, None, None, None, 100),
}  # fmt: skip
"""On a day on which 回款期 is six months."""


SUMMER, AUTUMN = date(2026, 6, 30), date(2026, 7, 1)


def model() -> Model:
    """The policy's."""
    return model_of(PackSource("sample", {"policy.md": f"{FRONT}{POLICY}"}))


def by_sql(engine: Engine, today: date) -> list[tuple[Any, ...]]:
    """What the one SELECT gives for each row."""
    made = computation(model(), "customer", engine.dialect, today=today)
    columns = {column.name: (at, column.type) for at, column in enumerate(made.columns, 1)}
    rows = sorted(engine.rows(made.select, made.parameters))
    return [tuple(engine.read(row[columns[name][0]], columns[name][1]) for name in NAMES) for row in rows]


def test_every_engine_agrees_on_lengths_and_periods(engine: Engine) -> None:
    """SQL gives the days that the calendar gives, by the figure of the day."""
    engine.create(model())
    engine.insert("customer", ("id", "signed", "waited", "amount"), [(n, *row) for n, row in enumerate(ROWS, 1)])
    assert by_sql(engine, SUMMER) == list(ROWS.values())
    assert by_sql(engine, AUTUMN)[0][0] == date(2025, 3, 3)


def test_generated_python_agrees_too() -> None:
    """The same days, computed in memory."""
    runner = Runner(model(), "customer")
    for (signed, waited, amount), wanted in ROWS.items():
        found = runner.run({"signed": signed, "waited": waited, "amount": amount}, {}, SUMMER)
        assert tuple(found[name] for name in NAMES) == wanted
