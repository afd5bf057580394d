"""A company of any size under a small policy of its own, in a home that several processes use at once."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from keguan.language.source import PackSource
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.notifications.kinds import Group
from keguan.runtime.notifications.models import Channel, Preference, QuietHours
from keguan.runtime.notifications.sealing import sealed_secrets
from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint
from keguan.runtime.org.queries import staff_by_username
from keguan.runtime.policies.actions import Publish
from keguan.runtime.records.actions import Create

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

POLICY = """---
id: crowd-tests
title: 众人试验
version: 1.0.0
effective: 2026-01-01
uses: []
---
### 第一条 岗位 {#posts}

:::角色 岗位 (posts)
| 角色 | 代码 | 可见范围 | 原文范围 | 可见信息 | 可办事项 |
|---|---|---|---|---|---|
| 经办 | clerk | 全部 | 无 | 身份, 来往 | 新建档案, 修改档案 |
| 主管 | supervisor | 全部 | 无 | 身份, 来往 | |
| 复核 | checker | 全部 | 无 | 身份, 来往 | |
| 经理 | manager | 全部 | 无 | 身份, 来往 | 管理案件 |
:::

### 第二条 客户 {#customers}

:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 姓名 | name | 文本(60) | 是 | 身份 | 一般 |
:::

:::职责 核对新客户 (checks)
对象: 客户
信息类别: 来往

| 适用 | 责任角色 | 触发 | 时限 | 提醒 | 升级 |
|---|---|---|---|---|---|
| - | 记录负责人 | 新建 | 3天 | 1天 | 经理 |
:::

### 第三条 投诉 {#complaints}

:::表单 投诉登记 (complaint_form)
对象: 客户
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 |
|---|---|---|---|
| 事由 | matter | 文本(200) | 是 |
:::

:::流程 投诉 (complaint)
对象: 客户
编号: TS-{年}-{序号:6}
总时限: 3天
发起: 经办
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 抄送 | 时限 | 表单 | 去向 | 超时 |
|---|---|---|---|---|---|---|---|
| 登记 | filing | 发起人 | | 即时 | 投诉登记 | → 定责 | |
| 定责 | judging | 主管 | 经理 | 1天 | | 成立 → 回访; 不成立 → 结束 | 75%时 催办; 升级到 经理; 逾期1天 转给 复核 |
| 回访 | calling | 复核 | | 1天 | | 满意 → 归档; 不满意 → 定责 | |
:::

### 第四条 会办 {#together}

:::流程 会办 (joint)
对象: 客户
编号: HB-{年}-{序号:6}
发起: 经办
信息类别: 来往
总时限: 30天
暂停: 等待客户

| 步骤 | 代码 | 办理角色 | 时限 | 去向 |
|---|---|---|---|---|
| 起办 | begin | 发起人 | | → 定责 |
| 定责 | judging | 主管 | 10天 | 成立 → 会签; 不成立 → 结束 |
| 会签 | signing | 主管 会签 复核 | 10天 | 同意 → (核价, 核房); 驳回 → 定责 |
| 核价 | price | 主管 | 10天 | 属实 → 汇总; 重报 → 会签 |
| 核房 | house | 复核 | 10天 | 属实 → 汇总; 作罢 → 作废 |
| 汇总 | meeting | 经理 | 10天 | 办结 → 归档; 再议 → 会签 |
:::
"""

ROLES = ("clerk", "supervisor", "checker", "manager")
SECRET = "sixteen-characters-and-more"


def found(people: int, receiver: str = "") -> None:
    """A unit with so many people, the roles in turn: ``u0`` is a clerk, ``u1`` a supervisor and so on. With a receiver,
    everything they are told goes to its webhook, and what has a deadline to its group's robot as well.
    """
    Publish(actor=SYSTEM, packs=(PackSource("crowd-tests", {"policy.md": POLICY}),)).run()
    unit = AddUnit(actor=SYSTEM, unit_name="云岭置地").run()
    staff = []
    for number in range(people):
        name = f"u{number}"
        added = AddStaff(
            actor=SYSTEM, username=name, staff_name=f"职员{number}", unit_id=unit, password="cloud-2026-ridge"
        )
        staff.append(added.run())
        Appoint(actor=SYSTEM, staff_id=staff[-1], role=ROLES[number % 4], since=date(2026, 1, 1)).run()
    if receiver:
        _channels(receiver, staff)


def person(number: int) -> Viewer:
    """One of them, in the browser."""
    card = staff_by_username(f"u{number}")
    assert card is not None
    return viewer_for(card.id)


def customer(name: str) -> int:
    """A customer of the first clerk's."""
    return Create(viewer=person(0), record_type="customer", values={"name": name}).run()


def _channels(url: str, staff: list[int]) -> None:
    hook = Channel.objects.create(kind="webhook", label="回调", settings={"url": f"{url}/hook"})
    robot = Channel.objects.create(kind="wecom_robot", label="群", settings={"server": url})
    for channel, secrets in ((hook, {"secret": SECRET}), (robot, {"key": "k"})):
        channel.secrets = sealed_secrets(channel.pk, secrets)
        channel.save()
    for staff_id in staff:
        for group in Group:  # what has a deadline goes to the robot as well, at once
            channels = [robot.pk] if group is Group.DEADLINE else []
            Preference.objects.create(staff_id=staff_id, group=group, channels=channels, digest="at_once")
        QuietHours.objects.create(staff_id=staff_id, since=time(0), until=time(0))
