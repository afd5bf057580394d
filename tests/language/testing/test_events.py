"""What is there and what happens in a scenario."""

from __future__ import annotations

import pytest

from keguan.language import api
from keguan.language.source import PackSource

BASE = """---
id: base
title: 通则
version: 1.0.0
effective: 2026-01-01
uses: []
---
### 第一条 目的
通则。
"""

POLICY = """---
id: sample
title: 样例
version: 1.0.0
effective: 2025-01-01
uses: [base]
---
### 第一条 档案

:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 姓名 | name | 文本 | 是 | 身份 |
:::

:::档案 发货 (shipment)
显示: 单号

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 单号 | number | 文本 | 是 | 交易 |
| 客户 | customer | 引用(客户) | 是 | 交易 |
:::

:::档案 收款 (payment)
显示: 凭证

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 凭证 | voucher | 文本 | 是 | 交易 |
| 发货 | shipment | 引用(发货) | 是 | 交易 |
| 金额 | amount | 金额 | | 交易 |
:::

:::口径 收款情况 (paid)
对象: 发货

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 已收 | received | 金额 | 交易 | sum(收款.金额) |
| 开始日 | began | 日期 | 交易 | today() |
:::
"""


def run(body: str) -> tuple[list[str], list[str]]:
    """What fails of one scenario of the pack, and the ids of its diagnostics."""
    model = api.check([PackSource("base", {"policy.md": BASE}), PackSource("sample", {"policy.md": POLICY})]).model
    assert model is not None
    text = f":::场景 试\n编号: T-1\n{body}:::\n"
    (result,) = api.run_scenarios(model, {"sample/scenarios/a.md": text})
    return [failure.sentence() for failure in result.failures], [found.id for found in result.diagnostics]


GIVEN = """已有:
  - 客户: {姓名: 远帆}
    发货:
      - 单号: F-1
        收款:
          - {凭证: P-1, 金额: 60}
          - {凭证: P-2, 金额: 40}
      - {单号: F-2, 收款: {凭证: P-3, 金额: 5}}
"""


def test_records_stand_inside_the_record_they_belong_to() -> None:
    """Customer, shipments and their payments can be written one inside the other, to any depth."""
    expected = "应为:\n  - 发货: F-1\n    已收: 100\n  - 发货: F-2\n    已收: 5\n  - 记录数: {发货: 2, 收款: 3}\n"
    assert run(GIVEN + expected) == ([], [])


def test_what_does_not_belong_there_is_said() -> None:
    """A record type that does not refer to the one around it is refused."""
    assert run("已有:\n  - 客户: {姓名: 远帆, 收款: [{凭证: P-1}]}\n应为:\n  - 记录数: {客户: 1}\n") == ([], ["K5710"])


def test_a_scenario_begins_on_the_day_of_its_own_pack() -> None:
    """Without 日期 it is the day on which the scenario's pack takes effect, whatever the packs it builds on say."""
    assert run(GIVEN + "应为:\n  - 发货: F-1\n    开始日: 2025-01-01\n") == ([], [])


def test_one_item_can_make_many_records() -> None:
    """份数 makes so many records; {n} in its texts, and in those of the records inside it, counts them."""
    given = """已有:
  - 客户: {姓名: "客户{n}"}
    份数: 3
    发货:
      - {单号: "F-{n}", 收款: {凭证: "P-{n}", 金额: "{n}0"}}
"""
    expected = "应为:\n  - 发货: F-2\n    已收: 20\n    客户: 客户2\n  - 记录数: {客户: 3, 发货: 3, 收款: 3}\n"
    assert run(given + expected) == ([], [])


def test_copies_inside_copies_are_counted_by_themselves() -> None:
    """份数 may stand in the braces of a record too; the nearest one gives {n}."""
    given = '已有:\n  - 客户: {姓名: 远帆}\n    发货:\n      - {单号: "F-{n}", 份数: 2, 收款: {金额: 5, 份数: 10}}\n'
    expected = "应为:\n  - 发货: F-1\n    已收: 50\n  - 记录数: {客户: 1, 发货: 2, 收款: 20}\n"
    assert run(given + expected) == ([], [])


@pytest.mark.parametrize("copies", ["0", "-1", "1001", "2.5", "很多", "[1, 2]"])
def test_a_number_of_copies_is_from_one_to_a_thousand(copies: str) -> None:
    """Anything else is refused."""
    given = f"已有:\n  - 客户: {{姓名: 远帆}}\n    份数: {copies}\n"
    assert run(given + "应为:\n  - 记录数: {客户: 1}\n") == ([], ["K5715"])


def test_copies_inside_copies_multiply() -> None:
    """Forty times forty records are too many."""
    given = '已有:\n  - 客户: {姓名: "{n}"}\n    份数: 40\n    发货: {单号: "{n}", 份数: 40}\n'
    assert run(given + "应为:\n  - 记录数: {客户: 40}\n") == ([], ["K5715"])
