"""Examples are proposed from the tables themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from keguan.language import api
from keguan.language.model.model import Model
from keguan.language.source import PackSource, read_pack

PACKS = Path(__file__).resolve().parents[3] / "packs"
DAY = date(2026, 11, 21)
POLICY = """---
id: sample
title: 样例
version: 1.0.0
effective: 2026-01-01
uses: []
---
### 第一条 档案

:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 姓名 | name | 文本 | 是 | 身份 | 一般 |
| 余额 | balance | 金额 | | 交易 | 一般 |
| 会员 | member | 是否 | | 身份 | 一般 |
:::

:::判定 等级 (grade)
对象: 客户
命中: 首条
信息类别: 交易

| 余额 | 会员 | → 等级 (level) |
|---|---|---|
| >= 100 | - | "高" |
| [10..100) | true | "中" |
| < 10 | - | "低" |
:::
"""

PROPOSED = """# 由判定表提出的例子

每一行、每一处界限和它两边各一个单位；没有写的条件是空的。结果是现行制度给出的，请逐条核对。

:::场景 等级的例子
编号: 例
日期: 2026-11-21
应为:
  # 第1行
  - 判定: 等级
    给: {余额: 100}
    等级: "高"
    依据: 第一条 第1行
  # 余额越过界限一个单位
  - 判定: 等级
    给: {余额: 99.99}
    等级: 空
  # 第2行
  - 判定: 等级
    给: {余额: 10, 会员: 是}
    等级: "中"
    依据: 第一条 第2行
  # 余额越过界限一个单位
  - 判定: 等级
    给: {余额: 9.99, 会员: 是}
    等级: "低"
    依据: 第一条 第3行
  # 余额正在界限上
  - 判定: 等级
    给: {余额: 99.99, 会员: 是}
    等级: "中"
    依据: 第一条 第2行
  # 余额越过界限一个单位
  - 判定: 等级
    给: {余额: 100, 会员: 是}
    等级: "高"
    依据: 第一条 第1行
"""


def model_of(*packs: PackSource) -> Model:
    """The model of sound packs."""
    model = api.check(packs).model
    assert model is not None
    return model


def test_rows_boundaries_and_gaps_are_proposed() -> None:
    """Each row, each end of its stretch and the unit beyond it; a case that no row takes; nothing twice."""
    text = api.propose(model_of(PackSource("sample", {"policy.md": POLICY})), DAY)
    assert text.startswith(PROPOSED)
    assert "  # 没有一行管到\n  - 判定: 等级\n" in text
    given = [line for line in text.splitlines() if "给:" in line]
    assert len(given) == len(set(given))


@pytest.mark.parametrize("names", [("core", "property-developer"), ("template",)])
def test_what_is_proposed_comes_true(names: tuple[str, ...]) -> None:
    """The proposals of a real pack, run as scenarios, all hold, and every row of every table is among them."""
    model = model_of(*(read_pack(PACKS / name) for name in names))
    text = api.propose(model, DAY)
    results = api.run_scenarios(model, {"scenarios/proposed.md": text})
    assert [result.name for result in results] == [f"{each.label.zh}的例子" for each in model.decisions.values()]
    assert [failure.sentence() for result in results for failure in result.failures] == []
    assert all(result.passed for result in results)
    for decision in model.decisions.values():
        for rule in decision.rules:
            assert f"依据: {decision.clause.number} 第{rule.number}行" in text, (decision.code, rule.number)


LISTS = """:::判定 服务 (services)
对象: 客户
命中: 按行汇集
信息类别: 服务

| 层级 | → 服务 (service) |
|---|---|
| "贵宾", "重点", "普通" | "柜面" |
| "贵宾", "重点" | "走访" |
| "贵宾" | "讲座" |
:::
"""


def test_rows_that_are_listed_are_shown_apart_and_together() -> None:
    """Of each row a case that few others take, one that many take, and one that no row takes."""
    head = """---
id: sample
title: 样例
version: 1.0.0
effective: 2026-01-01
---
### 第一条 档案

:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 信息类别 |
|---|---|---|---|
| 姓名 | name | 文本 | 身份 |
| 层级 | tier | 选项(贵宾, 重点, 普通) | 身份 |
:::

"""
    text = api.propose(model_of(PackSource("sample", {"policy.md": head + LISTS})), DAY)
    assert [line.strip() for line in text.splitlines() if "服务: " in line and "判定" not in line] == [
        '服务: "柜面"',
        '服务: "柜面、走访"',
        '服务: "柜面、走访、讲座"',
        "服务: 空",
    ]


def test_only_the_decisions_asked_for() -> None:
    """A decision can be asked for by its code; an unknown one is a ``KeyError``."""
    model = model_of(PackSource("sample", {"policy.md": POLICY}))
    assert api.propose(model, DAY, ("grade",)) == api.propose(model, DAY)
    with pytest.raises(KeyError):
        api.propose(model, DAY, ("nothing",))
