"""A scenario can ask what a figure of the policy comes to."""

from __future__ import annotations

from datetime import date

import pytest

from keguan.language import api
from keguan.language.model.metric import period_of
from keguan.language.model.timing import Frequency, Length, Unit
from keguan.language.source import PackSource

POLICY = """---
id: sample
title: 样例
version: 1.0.0
effective: 2025-01-01
uses: []
---
### 第一条 档案

:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 姓名 | name | 文本 | 是 | 身份 | 一般 |
| 赊销 | on_credit | 是否 | | 交易 | 一般 |
| 信用等级 | credit_grade | 选项(A, B) | | 交易 | 一般 |
| 对账日 | reconciled_on | 日期 | | 交易 | 一般 |
:::

### 第二条 目标

:::指标 信用目标 (credit_targets)
| 指标 | 代码 | 类型 | 口径 | 目标 | 预警 | 周期 | 分组 |
|---|---|---|---|---|---|---|---|
| 完成率 | done | 百分比 | count(客户[赊销 and 信用等级 != null]) / count(客户[赊销]) | = 100% | >= 80% | 每月 | |
| 本季对账 | settled | 整数 | count(客户[对账日 in [期初..期末]]) | - | | 每季度 | |
| 各级户数 | by_grade | 整数 | count(客户) | >= 2 | | 每月 | 信用等级 |
| 各人完成率 | by_person | 百分比 | count(客户[信用等级 != null]) / count(客户[赊销]) | >= 50% | | 每月 | 记录负责人 |
:::
"""


def run(body: str, language: str = "zh") -> tuple[list[str], list[str]]:
    """What fails of one scenario, and the ids of its diagnostics."""
    model = api.check([PackSource("sample", {"policy.md": POLICY})]).model
    assert model is not None
    (result,) = api.run_scenarios(model, {"scenarios/a.md": f":::场景 试\n编号: T-1\n{body}:::\n"}, language)
    return [failure.sentence() for failure in result.failures], [found.id for found in result.diagnostics]


def customers(graded: int, not_graded: int) -> str:
    """已有 with so many customers on credit that have a grade, and so many that have none."""
    lines = [f"  - 客户: {{姓名: 甲{index}, 赊销: 是, 信用等级: A}}\n" for index in range(graded)]
    lines += [f"  - 客户: {{姓名: 乙{index}, 赊销: 是}}\n" for index in range(not_graded)]
    return "已有:\n  - 客户: {姓名: 现款, 信用等级: B}\n" + "".join(lines)


def test_a_share_and_its_state() -> None:
    """45 of 50 is 90 %, short of 100 % but above the warning line; a state can be written in either language."""
    given = customers(45, 5)
    assert run(given + "应为:\n  - 指标: 完成率\n    值: 90%\n    状态: 预警\n") == ([], [])
    assert run(given + "应为:\n  - metric: done\n    value: 90%\n    state: warning\n", "en") == ([], [])
    assert run(customers(3, 1) + "应为:\n  - 指标: 完成率\n    值: 75%\n    状态: 未达标\n") == ([], [])
    assert run(customers(3, 0) + "应为:\n  - 指标: 完成率\n    值: 100%\n    状态: 达标\n") == ([], [])


def test_another_value_is_told_with_formula_and_clause() -> None:
    """A failure names the figure, the day, what was expected, the clause, what came and the formula."""
    failures, _ = run(customers(45, 5) + "应为:\n  - 指标: 完成率\n    值: 91%\n    状态: 达标\n")
    formula = "算法：count(客户[赊销 and 信用等级 != null]) / count(客户[赊销])"
    assert failures == [
        f"完成率（2025-01-01）：应为91%（第二条），得到90%。{formula}",
        f"完成率（2025-01-01）：应为达标（第二条），得到预警。{formula}",
    ]


def test_a_figure_counts_within_the_period_of_the_day() -> None:
    """期初 and 期末 are those of the quarter that the scenario's day falls into."""
    given = (
        "日期: 2025-05-20\n已有:\n  - 客户: {姓名: 甲, 对账日: 2025-04-01}\n  - 客户: {姓名: 乙, 对账日: 2025-03-31}\n"
    )
    assert run(given + "应为:\n  - 指标: 本季对账\n    值: 1\n    状态: 没有目标\n") == ([], [])
    assert run(given + "当:\n  - 到: 2025-07-01\n应为:\n  - 指标: 本季对账\n    值: 0\n") == ([], [])


def test_each_group_has_to_meet_the_target() -> None:
    """Three of grade A, two of none, one of B: the whole is six, and B misses what the whole would meet."""
    given = customers(3, 2)
    assert run(
        given + "应为:\n  - 指标: 各级户数\n    值: 6\n    状态: 未达标\n"
        "  - 指标: 各级户数\n    组: A\n    值: 3\n    状态: 达标\n"
        "  - metric: by_grade\n    group: B\n    value: 1\n    state: missed\n"
        "  - 指标: 各级户数\n    组: 空\n    值: 2\n    状态: 达标\n"
    ) == ([], [])


def test_a_group_that_comes_to_something_else_is_named() -> None:
    """A failure names the group beside the figure."""
    failures, _ = run(customers(3, 0) + "应为:\n  - 指标: 各级户数\n    组: A\n    值: 4\n")
    assert failures == ["各级户数·A（2025-01-01）：应为4（第二条），得到3。算法：count(客户)"]


def test_a_group_without_a_value_is_none() -> None:
    """Nobody of the only group is on credit: its share is empty, and there is nothing to judge."""
    given = "已有:\n  - 客户: {姓名: 丙, 赊销: 否}\n"
    assert run(given + "应为:\n  - 指标: 各人完成率\n    状态: 没有目标\n") == ([], [])


def test_a_figure_of_nothing_neither_meets_nor_misses_its_target() -> None:
    """Nobody on credit: the share is empty, and so is what is said of it."""
    assert run("应为:\n  - 指标: 完成率\n    值: 空\n    状态: 没有数据\n") == ([], [])


@pytest.mark.parametrize(
    ("body", "id_"),
    [
        ("  - 指标: 完成度\n    值: 1\n", "K5714"),
        ("  - 指标: 完成率\n    值: 很高\n", "K5705"),
        ("  - 指标: 完成率\n    状态: 好\n", "K5704"),
        ("  - 指标: 完成率\n    数: 1\n", "K5702"),
        ("  - 指标: 完成率\n    组: 甲\n    值: 1\n", "K5726"),
        ("  - 指标: 各级户数\n    组: 丙\n    值: 1\n", "K5726"),
    ],
)
def test_what_cannot_be_read_is_a_diagnostic(body: str, id_: str) -> None:
    """An unknown figure, value, state or key is said to be so."""
    assert run("应为:\n" + body) == ([], [id_])


@pytest.mark.parametrize(
    ("every", "day", "period"),
    [
        (Length(1, Unit.DAY), date(2026, 5, 20), (date(2026, 5, 20), date(2026, 5, 20))),
        (Length(1, Unit.WORKING_DAY), date(2026, 5, 20), (date(2026, 5, 20), date(2026, 5, 20))),
        (Length(1, Unit.WEEK), date(2026, 5, 20), (date(2026, 5, 18), date(2026, 5, 24))),
        (Length(1, Unit.MONTH), date(2028, 2, 29), (date(2028, 2, 1), date(2028, 2, 29))),
        (Length(1, Unit.QUARTER), date(2026, 12, 31), (date(2026, 10, 1), date(2026, 12, 31))),
        (Length(6, Unit.MONTH), date(2026, 6, 30), (date(2026, 1, 1), date(2026, 6, 30))),
        (Length(1, Unit.YEAR), date(2026, 6, 30), (date(2026, 1, 1), date(2026, 12, 31))),
        (Length(2, Unit.YEAR), date(2027, 6, 30), (date(2026, 1, 1), date(2027, 12, 31))),
    ],
)
def test_the_period_of_a_day(every: Length, day: date, period: tuple[date, date]) -> None:
    """Each frequency has the calendar's own period around a day."""
    assert period_of(Frequency("", every), day) == period
