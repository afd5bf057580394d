"""A company where lateness and conditions have consequences, published in the test."""

from __future__ import annotations

from keguan.language.source import PackSource
from keguan.runtime.consequences.models import Proposal
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from tests.runtime.duties.world import viewer

POLICY = """---
id: consequence-tests
title: 奖惩试验
version: {version}
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 核对 {{#checks}}

:::职责 核对新客户 (checks)
对象: 客户

| 适用 | 责任角色 | 触发 | 时限 | 超期 |
|---|---|---|---|---|
| - | 记录负责人 | 新建 | 3工作日 | 核对奖惩 |
:::

:::职责 回访购房 (after_purchase)
对象: 客户

| 适用 | 责任角色 | 触发 | 时限 |
|---|---|---|---|
| - | 客服专员 | 新建 购买合同 | 次工作日 |
:::

:::流程 报备 (notice)
对象: 客户
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 时限 | 去向 |
|---|---|---|---|---|
| 填报 | filing | 发起人 | | → 审核 |
| 审核 | review | 销售主管 | 2小时 | 同意 → 归档; 驳回 → 作废 |
:::

:::流程 奖励审批 (reward)
对象: 客户
发起: 客服经理
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 审批 | decide | 客服经理 | 同意 → 归档; 驳回 → 作废 |
:::

### 第二条 奖惩 {{#results}}

:::奖惩 核对奖惩 (check_results)
对象: 客户
信息类别: 来往

| 情形 | 条件 | 累计 | 对谁 | 措施 | 数额 | 批准 | 时限 | 依据 |
|---|---|---|---|---|---|---|---|---|
| 逾期 核对新客户 | | | 责任人 | 罚款 | [200..1500] | 客服经理 | 3工作日 | 第二条 |
| 逾期 核对新客户 | 重要公职 = true | | 责任人 | 罚款 | 逾期天数 * 50 | 部门负责人 | | 第二条 |
| 逾期 核对新客户 | | 每月至少2次 | 责任人 | 扣分 | 累计次数 * 0.5 | 客服经理 | | 第二条 |
:::

:::奖惩 其他奖惩 (other_results)
对象: 客户
信息类别: 来往

| 情形 | 条件 | 对谁 | 措施 | 数额 | 批准 | 流程 | 依据 |
|---|---|---|---|---|---|---|---|
| 逾期 回访购房 | | 责任人 | 警告 | | 客服经理 | | 第三条 |
| 逾期 报备 | | 责任人 | 通报 | | 客服经理 | | 第四条 |
| 办结 报备 | | 责任人 | 加分 | 1.5 | 客服经理 | | 第五条 |
| 带动购买 = true | | 记录负责人 | 奖金 | 500 | | 奖励审批 | 第六条 |
| 可接受价格 > 500万 | 带动购买 = true | 客户 | 补偿 | 可接受价格 * 0.01 | 客服经理 | | 第七条 |
| 重要公职 = true | | 记录负责人 | 培训 | | 部门负责人 | | 第八条 |
:::
"""


def publish_policy(version: str = "1.0.0", *changes: tuple[str, str]) -> None:
    """Publish duties and consequences; each change of words must be found."""
    text = POLICY.format(version=version)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    Publish(actor=SYSTEM, packs=(PackSource("consequence-tests", {"policy.md": text}),)).run()


def proposals(code: str, row: int | None = None) -> list[Proposal]:
    """The proposals of a block, or of one row, in the order made."""
    found = Proposal.objects.filter(consequence=code)
    return list((found if row is None else found.filter(row=row)).order_by("id"))


def only(code: str, row: int) -> Proposal:
    """The one proposal of a row."""
    (found,) = proposals(code, row)
    return found


__all__ = ["only", "proposals", "publish_policy", "viewer"]
