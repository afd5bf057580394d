"""The ordinary sentence about money that came before the record's own day, run as a scenario with amounts."""

from __future__ import annotations

import pytest

from keguan.language import api
from keguan.language.source import PackSource

POLICY = """---
id: sample
title: 样例
version: 1.0.0
effective: 2025-01-01
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
| 发货日 | shipped_on | 日期 | | 交易 |
| 金额 | amount | 金额 | | 交易 |
:::

:::档案 收款 (receipt)
显示: 凭证

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 凭证 | voucher | 文本 | 是 | 交易 |
| 发货 | shipment | 引用(发货) | 是 | 交易 |
| 收款日 | received_on | 日期 | | 交易 |
| 金额 | paid | 金额 | | 交易 |
:::

:::口径 回款 (collected)
对象: 发货

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 限期内收清 | settled | 是否 | 交易 | 限期内回款 >= 金额 |
| 限期内回款 | in_time | 金额 | 交易 | sum(收款[收款日 < 回款限期日].金额) |
| 回款限期日 | collect_by | 日期 | 交易 | 发货日 + 6个月 |
| 够一半的 | halves | 整数 | 交易 | sum(for r in 收款 return if r.金额 * 2 >= 金额 then 1 else 0) |
:::

:::口径 客户回款 (of_customers)
对象: 客户

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 限期回款率 | rate | 百分比 | 交易 | sum(发货[限期内收清].金额) / sum(发货.金额) |
:::
"""
GIVEN = """已有:
  - 客户: {姓名: 远帆}
    发货:
      - 单号: F-1
        发货日: 2025-01-31
        金额: 100
        收款:
          - {凭证: P-1, 收款日: 2025-07-30, 金额: 60}
          - {凭证: P-2, 收款日: 2025-07-31, 金额: 40}
      - 单号: F-2
        发货日: 2025-01-31
        金额: 300
        收款: {凭证: P-3, 收款日: 2025-03-01, 金额: 300}
      - {单号: F-3, 金额: 400, 收款: {凭证: P-4, 收款日: 2025-03-01, 金额: 400}}
"""


@pytest.mark.parametrize(
    "expected",
    [
        "发货: F-1\n    限期内回款: 60\n    限期内收清: 否\n    够一半的: 1\n    回款限期日: 2025-07-31",
        "发货: F-2\n    限期内回款: 300\n    限期内收清: 是\n    够一半的: 1",
        "发货: F-3\n    限期内回款: 空\n    限期内收清: 空\n    够一半的: 1",
        "客户: 远帆\n    限期回款率: 37.5%",
    ],
)
def test_money_in_time_counts_and_money_on_the_day_itself_does_not(expected: str) -> None:
    """The facts may stand in any order; the limit is each shipment's own, and without one nothing came in time."""
    model = api.check([PackSource("sample", {"policy.md": POLICY})]).model
    assert model is not None
    text = f":::场景 试\n编号: T-1\n{GIVEN}应为:\n  - {expected}\n:::\n"
    (result,) = api.run_scenarios(model, {"sample/scenarios/a.md": text})
    assert [failure.sentence() for failure in result.failures] == []
    assert [found.message() for found in result.diagnostics] == []


def test_a_fact_may_not_go_round_through_its_children() -> None:
    """What is read of the record itself has to be computed before, so a fact cannot read itself that way."""
    circle = POLICY.replace("| 发货日 + 6个月 |", '| if 限期内回款 > 0 then 发货日 else @"2025-12-31" |')
    assert circle != POLICY
    found = api.check([PackSource("sample", {"policy.md": circle})]).diagnostics
    assert [each.id for each in found] == ["K3008"]


def test_an_input_belongs_to_the_class_of_what_it_reads_of_the_record() -> None:
    """Receipts counted by the day of the shipment tell about the shipment's day too."""
    policy = POLICY.replace("| 发货日 | shipped_on | 日期 | | 交易 |", "| 发货日 | shipped_on | 日期 | | 物流 |")
    table = """
:::判定 快慢 (speed)
对象: 发货
命中: 首条
信息类别: 交易

| count(收款[收款日 < 发货日 + 1个月]) | → 收得快慢 (speed_grade) |
|---|---|
| > 0 | "快" |
| - | "慢" |
:::
"""
    checked = api.check([PackSource("sample", {"policy.md": policy + table})])
    assert checked.model is not None, [each.message() for each in checked.diagnostics]
    (classes,) = api.input_classes(checked.model, checked.model.decisions["speed"])
    assert classes == {"交易", "物流"}
