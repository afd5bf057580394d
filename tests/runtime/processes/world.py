"""A company with small processes for everything that a case can meet, published in the test, and its people at work."""

# ruff: noqa: E501 - a table of the policy is as wide as it is

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import AddStaff, Appoint
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.actions import CompleteStep, StartCase
from keguan.runtime.processes.models import Case, Move, Share, ShareKind, ShareState, Task, TaskState
from keguan.runtime.processes.sweeping import sweep
from tests.cast import BINHAI, HEAD_OFFICE, JIANGNAN, Cast, Member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.processes.acting import Moved
    from keguan.runtime.records.validation import Typed

POLICY = """---
id: case-tests
title: 案件试验
version: {version}
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 投诉 {{#complaints}}

:::表单 投诉登记 (complaint_form)
对象: 客户
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 |
|---|---|---|---|
| 事由 | matter | 文本(200) | 是 |
| 被投诉人 | against | 文本(60) | |
| 拟赔付 | claim | 金额 | |
:::

:::流程 客户投诉 (complaint)
对象: 客户
编号: TS-{{年}}{{月}}-{{序号:4}}
总时限: 7天
暂停: 等待客户补充材料
发起: 销售员, 客服专员
回避: 被投诉人
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 抄送 | 时限 | 表单 | 条件 | 去向 | 超时 |
|---|---|---|---|---|---|---|---|---|
| 登记 | filing | 发起人 | | 即时 | 投诉登记 | | → 定责 | |
| 定责 | judging | 销售主管 | 客服专员 | 1天 | | | 成立 → 赔付; 不成立 → 结束 | 75%时 催办; 升级到 客服经理; 逾期1工作日 转给 客服专员 |
| 赔付 | paying | 客服经理 | | 2天 | | 拟赔付 > 5000 | 同意 → 回访; 驳回 → 定责 | |
| 回访 | calling | 客服专员 | | 当日 | | | 满意 → 归档; 不满意 → 定责 | |
:::

### 第二条 会签 {{#signing}}

:::流程 联合审批 (joint)
对象: 客户
发起: 销售员
信息类别: 来往
分离: 发起人, 每人

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 会审 | together | 销售主管 会签 客服经理 | 同意 → 逐级; 驳回 → 作废 |
| 逐级 | in_turn | 销售主管 依次 客服经理 依次 客服专员 | 同意 → 任一; 驳回 → 会审 |
| 任一 | either | 客服经理 或签 客服专员 | 同意 → 每人; 驳回 → 逐级 |
| 每人 | each | 销售员(每人) | 同意 → 归档; 驳回 → 任一 |
:::

### 第三条 并行 {{#parallel}}

:::流程 并行办理 (parallel)
对象: 客户
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 起办 | begin | 发起人 | → (核价, 核房) |
| 核价 | price | 销售主管 | 属实 → 汇总; 重报 → 起办 |
| 核房 | house | 客服专员 | 属实 → 复核; 放弃 → 作废 |
| 复核 | again | 客服专员 | → 汇总 |
| 汇总 | meet | 客服经理 | → 归档 |
:::

:::流程 分头办理 (apart_ways)
对象: 客户
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 起办 | begin | 发起人 | → (退款, 整改) |
| 退款 | refund | 客服经理 | → 归档 |
| 整改 | improve | 销售主管 | 整改 → 归档; 不整改 → 结束 |
:::

### 第四条 到期 {{#lateness}}

:::参数 报备 (notice_limits)
| 参数 | 代码 | 类型 | 起 | 值 | 依据 |
|---|---|---|---|---|---|
| 报备天数 | notice_days | 整数 | 2026-01-01 | 3 | 第四条 |
| 报备天数 | notice_days | 整数 | 2026-03-16 | 5 | 第四条 |
:::

:::流程 报备 (notice)
对象: 客户
发起: 销售员
总时限: 报备天数 工作日
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 时限 | 去向 | 超时 |
|---|---|---|---|---|---|
| 填报 | filing | 发起人 | | → 审核 | |
| 审核 | review | 销售主管 | 2小时 | 同意 → 归档; 驳回 → 填报 | 50%时 催办; 自动 同意 |
:::

:::流程 补料 (waiting)
对象: 客户
发起: 销售员
总时限: 5天
暂停: 等材料
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 时限 | 去向 |
|---|---|---|---|---|
| 受理 | accept | 客服专员 | 1天 | 齐 → 审核; 不齐 → 等材料 |
| 等材料 | materials | 发起人 | 4天 | → 审核 |
| 审核 | review | 客服经理 | 2天 | → 完成 |
:::

### 第五条 子流程 {{#within}}

:::流程 立项 (project)
对象: 客户
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 子流程 | 去向 |
|---|---|---|---|---|
| 申请 | apply | 发起人 | | → 报备 |
| 报备 | noticed | | 报备 | 归档 → 决定; 作废 → 申请 |
| 决定 | decide | 客服经理 | | → 完成 |
:::

### 第六条 自动发起 {{#by-itself}}

:::流程 大客户审核 (large)
对象: 客户
发起: 当 可接受价格 > 1000万
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 审核 | review | 客服经理 | → 完成 |
:::

### 第七条 检查 {{#checks}}

:::检查 上门检查 (visit_check)
对象: 客户
合格: >= 60分
信息类别: 来往

| 项目 | 代码 | 标准 | 方式 | 条件 | 分值 | 否决 |
|---|---|---|---|---|---|---|
| 有意向 | keen | 登记了购买意向 | 系统 | 有购买意向 = true | 40 | |
| 守时 | on_time | 按约定时间到 | 人工 | | 40 | |
| 证件 | badge | 佩戴证件 | 人工 | | 20 | 是 |
:::

:::表单 结论表 (verdict_form)
对象: 客户
结论: 结论
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 |
|---|---|---|---|
| 结论 | verdict | 选项(合格, 整改, 其他) | 是 |
:::

:::流程 上门 (calling_on)
对象: 客户
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 表单 | 检查 | 去向 |
|---|---|---|---|---|---|
| 检查 | check | 销售主管 | | 上门检查 | 通过 → 结论; 不通过 → 作废 |
| 结论 | verdict | 客服经理 | 结论表 | | 合格 → 归档; 否则 → 检查 |
:::
"""

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, 2 March 2026, 09:00 in the company's time zone."""


@dataclass(frozen=True)
class Office:
    """The cast with two more salespeople of the 江南 branch, and a customer of 林晓's."""

    cast: Cast
    customer: int
    sun: Member
    qian: Member

    @property
    def everybody(self) -> tuple[Member, ...]:
        """Whoever may be asked to act."""
        cast = self.cast
        return (cast.lin_xiao, cast.zhao_qi, cast.zhou_min, cast.xu_ke, cast.fang_ming, self.sun, self.qian)


def publish_policy(version: str = "1.0.0", *changes: tuple[str, str]) -> None:
    """Publish the processes; each change of words must be found."""
    text = POLICY.format(version=version)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    Publish(actor=SYSTEM, packs=(PackSource("case-tests", {"policy.md": text}),)).run()


def join(cast: Cast, username: str, name: str, role: str, unit: str = JIANGNAN) -> Member:
    """One more person."""
    unit_id = cast.units[unit]
    staff_id = AddStaff(
        actor=SYSTEM, username=username, staff_name=name, unit_id=unit_id, password="cloud-ridge-2026"
    ).run()
    Appoint(actor=SYSTEM, staff_id=staff_id, role=role, since=date(2026, 1, 1)).run()
    return Member(staff_id, username, name, role, unit_id)


def viewer(member: Member) -> Viewer:
    """A member of the cast in the browser."""
    return viewer_for(member.id)


def start(
    member: Member, process: str, record_id: int, values: Mapping[str, Typed] | None = None, **more: object
) -> Case:
    """Begin a case, as stored."""
    case_id = StartCase(viewer=viewer(member), process=process, record_id=record_id, values=values or {}, **more).run()
    return Case.objects.get(pk=case_id)


def complete(member: Member, case: Case, step: str, outcome: str = "", **more: object) -> Moved:
    """Complete the open task of a step, having just looked at the case."""
    case.refresh_from_db()
    task = open_task(case, step)
    return CompleteStep(viewer=viewer(member), task_id=task.pk, version=case.version, outcome=outcome, **more).run()


def open_task(case: Case, step: str) -> Task:
    """The open task of a step."""
    return Task.objects.get(case=case, step=step, state=TaskState.OPEN)


def open_steps(case: Case) -> list[str]:
    """Codes of the steps that are open or waiting, in the order they began."""
    alive = Task.objects.filter(case=case, state__in=[TaskState.OPEN, TaskState.WAITING])
    return list(alive.order_by("id").values_list("step", flat=True))


def moves(case: Case) -> list[str]:
    """What happened, in order."""
    return list(Move.objects.filter(case=case).order_by("id").values_list("kind", flat=True))


def shares(case: Case, step: str) -> list[Share]:
    """The shares in the last task of a step, copies left out, by place."""
    task = Task.objects.filter(case=case, step=step).latest("id")
    return list(Share.objects.filter(task=task).exclude(kind=ShareKind.COPY).order_by("place", "id"))


def states(case: Case, step: str) -> list[str]:
    """Their states."""
    return [share.state for share in shares(case, step)]


def wait(**length: float) -> dict[str, int]:
    """Let time pass and have what became due happen; the moves made, by kind."""
    clock.advance(timedelta(**length))
    return sweep().moves


def local(moment: datetime | None) -> str:
    """A moment on the company's clocks."""
    assert moment is not None
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M")


__all__ = ["BINHAI", "HEAD_OFFICE", "JIANGNAN", "MONDAY", "POLICY", "Office", "ShareState"]
