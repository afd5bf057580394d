"""What is owed about the customer, with a form filled in, and what follows from it, for those who look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.consequence import EventKind
from keguan.language.source import PackSource
from keguan.runtime.consequences.happenings import Happening
from keguan.runtime.consequences.models import Proposal
from keguan.runtime.consequences.proposing import propose_for
from keguan.runtime.duties.actions import DischargeDuty
from keguan.runtime.duties.models import Duty
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import current
from tests.leaks.world import PHONE

if TYPE_CHECKING:
    from tests.leaks.world import World

POLICY = """---
id: leak-duties
title: 泄露试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 走访 {#owed}

:::表单 电话核对表 (leak_phone_form)
对象: 客户
信息类别: 联系

| 字段 | 代码 | 类型 | 必填 | 密级 |
|---|---|---|---|---|
| 号码 | leak_number | 手机号 | 是 | 敏感 |
:::

:::职责 泄露走访 (leak_visits)
对象: 客户

| 事项 | 适用 | 责任角色 | 频次 | 凭证 |
|---|---|---|---|---|
| 走访 | - | 记录负责人, 客服经理 | 每月1次 | |
| 核对电话 | - | 客服经理 | 每年1次 | 电话核对表 |
:::

:::奖惩 泄露奖惩 (leak_results)
对象: 客户
信息类别: 来往

| 情形 | 对谁 | 措施 | 数额 | 批准 |
|---|---|---|---|---|
| 逾期 泄露走访 | 记录负责人 | 罚款 | [1..5000] | 客服经理 |
| 逾期 泄露走访 | 客户 | 补偿 | 累计购买额 * 1 | 客服经理 |
:::
"""


def owed(world: World) -> tuple[list[int], list[int]]:
    """The ids of the duties and of the proposals about the customer; made the first time."""
    if "leak-duties" not in current().model.policies:
        Publish(actor=SYSTEM, packs=(PackSource("leak-duties", {"policy.md": POLICY}),)).run()
        call = Duty.objects.get(duty="leak_visits", record_id=world.customer, row=2)
        manager = next(person for person in world.people if person.role.code == "service_manager")
        DischargeDuty(viewer=manager.viewer, duty_id=call.pk, values={"leak_number": PHONE}).run()
        visit = Duty.objects.get(duty="leak_visits", record_id=world.customer, row=1)
        people = frozenset({world.cast.lin_xiao.id})
        propose_for(
            current(),
            Happening(EventKind.DUTY_OVERDUE, "leak_visits", f"duty:{visit.pk}", "customer", world.customer, people),
        )
    duties = Duty.objects.filter(duty="leak_visits", record_id=world.customer).order_by("id")
    proposals = Proposal.objects.filter(consequence="leak_results").order_by("id")
    return list(duties.values_list("id", flat=True)), list(proposals.values_list("id", flat=True))
