"""A wealth centre in miniature: policy holders shared out among planners, walk-in leads that brokers claim.

许可 shares out; 林晓, 方明 and 赵启 are planners and brokers; 周敏 approves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.source import PackSource
from keguan.runtime.access.viewer import Viewer, system_viewer, viewer_for
from keguan.runtime.allocations.actions import BeginRun, ClaimRecord, ConfirmRun
from keguan.runtime.allocations.models import Run
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import Appoint
from keguan.runtime.policies.actions import Publish
from keguan.runtime.records.actions import Create
from tests.cast import SINCE

if TYPE_CHECKING:
    from keguan.runtime.records.validation import Typed
    from tests.cast import Cast, Member

NOON = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
"""Tuesday, 30 June 2026, 12:00 in the company's time zone."""

POLICY = """---
id: allocation-tests
title: 分配试验
version: {version}
effective: 2026-01-01
---
### 第一条 档案

:::档案 规划师 (planner)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 姓名 | name | 文本(60) | 是 | 人事 |
| 账号 | account | 人员 | | 人事 |
| 得分 | points | 整数 | | 业绩 |
| 负责地区 | area_served | 选项(城东, 城西) | | 人事 |
| 停职 | suspended | 是否 | | 人事 |
| 容量 | room | 整数 | | 人事 |
:::

:::档案 保单客户 (holder)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 姓名 | holder_name | 文本(60) | 是 | 身份 | |
| 电话 | holder_phone | 手机号 | | 联系 | 敏感 |
| 险种 | kind | 选项(满期, 续期, 老客户, 未到期) | 是 | 保单 | |
| 满期金额 | amount | 金额 | | 保单 | |
| 满期日 | matures_on | 日期 | | 保单 | |
| 地区 | area | 选项(城东, 城西) | | 身份 | |
| 规划师 | planner | 引用(规划师) | | 保单 | |
| 分到日 | given_on | 日期 | | 保单 | |
| 流转次数 | times | 整数 | | 保单 | |
:::

:::档案 回访 (call)
显示: 情况

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 客户 | holder | 引用(保单客户) | 是 | 保单 |
| 情况 | what | 文本(60) | 是 | 保单 |
:::

:::档案 线索 (lead)
显示: 称呼

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 称呼 | lead_name | 文本(60) | 是 | 身份 | |
| 手机 | lead_phone | 手机号 | | 联系 | 敏感 |
| 微信号 | wechat | 文本(40) | | 联系 | |
| 需求 | wish | 文本(100) | | 需求 | |
| 等级 | grade | 选项(A, B) | | 需求 | |
| 成交 | closed | 是否 | | 需求 | |
| 经手人 | broker | 人员 | | 需求 | |
| 分到日 | taken_on | 日期 | | 需求 | |
| 次数 | taken_times | 整数 | | 需求 | |
| 跟进日 | followed_on | 日期 | | 需求 | |
:::

:::档案 分配审批单 (sheet)
显示: 事由

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 事由 | matter | 文本(60) | 是 | 身份 |
:::

### 第二条 岗位

:::角色 岗位 (posts)
| 角色 | 代码 | 可见范围 | 原文范围 | 可见信息 | 可办事项 |
|---|---|---|---|---|---|
| 理财规划师 | planner_post | 本人 | 本人 | 身份, 联系, 保单, 业绩 | 新建档案, 修改档案 |
| 经纪人 | broker | 本人 | 本人 | 身份, 联系, 需求 | 新建档案, 修改档案 |
| 店长 | head | 全部 | 全部 | 身份, 联系, 需求 | 修改档案 |
| 客户资源管理岗 | keeper | 全部 | 全部 | 全部 | 新建档案, 修改档案, 分配档案, 移交客户 |
| 审批人 | approver | 全部 | 无 | 身份, 人事 | 修改档案 |
:::

### 第三条 分配

:::流程 分配审批 (approving)
对象: 分配审批单
编号: FP-{{年}}-{{序号:3}}
发起: 客户资源管理岗

| 步骤 | 代码 | 办理角色 | 时限 | 去向 |
|---|---|---|---|---|
| 申请 | asking | 发起人 | 1天 | → 审批 |
| 审批 | decide | 审批人 | 1天 | 同意 → 归档; 不同意 → 作废 |
:::

:::分配 客户资源分配 (sharing)
对象: 保单客户
条件: 分到日 = null
分给: 规划师
方法: 按得分
依据: 得分
排除: 停职 = true
本人: 账号
容量: 容量
频次: 每月
接受者记入: 规划师
日期记入: 分到日
次数记入: 流转次数

| 名称 | 条件 | 份额 | 排序 | 上限 |
|---|---|---|---|---|
| 满期 | 险种 = "满期" | 10% | 满期日 | - |
| 续期 | 险种 = "续期" | 30% | - | - |
| 老客户 | 险种 = "老客户" | 50% | 满期金额 | - |
| 其他 | - | 10% | - | - |
:::

:::分配 按地区分配 (by_area)
对象: 保单客户
条件: 分到日 = null
分给: 规划师
方法: 均分
本人: 账号
匹配: 地区 = 负责地区
审批: 分配审批

| 名称 | 份额 |
|---|---|
| 全部 | 100% |
:::

:::分配 来电轮流 (in_turn)
对象: 保单客户
条件: 分到日 = null
分给: 规划师
方法: 轮流
本人: 账号
频次: 每天

| 名称 | 份额 |
|---|---|
| 全部 | 100% |
:::

:::分配 按组分配 (groups)
对象: 保单客户
条件: 分到日 = null
分给: 规划师
方法: 均分
本人: 账号
份额按: 对象

| 名称 | 条件 | 份额 |
|---|---|---|
| 城东组 | 负责地区 = "城东" | 60% |
| 城西组 | 负责地区 = "城西" | 40% |
:::

:::分配 线索公海 (lead_pool)
对象: 线索
条件: 成交 != true
分给: 经纪人
方法: 认领
容量: 3
频次: 每天至多2次
认领前隐藏: 联系, 需求
冷却: 30天
跟进日: 跟进日
提醒: 7天
接受者记入: 经手人
日期记入: 分到日
次数记入: 次数

| 名称 | 条件 | 上限 | 回收 |
|---|---|---|---|
| 急客 | 等级 = "A" | 1 | 15天 |
| 普通 | - | - | 90天 |
:::
"""


def publish_policy(version: str = "1.0.0") -> None:
    """Bring the policy into force."""
    source = PackSource("allocation-tests", {"policy.md": POLICY.format(version=version)})
    Publish(actor=SYSTEM, packs=(source,)).run()


def appoint(cast: Cast) -> None:
    """Give the centre its people."""
    planners = (cast.lin_xiao, cast.fang_ming, cast.zhao_qi)
    posts = [(each, role) for each in planners for role in ("planner_post", "broker")]
    for member, role in (*posts, (cast.xu_ke, "keeper"), (cast.zhou_min, "approver"), (cast.he_shen, "head")):
        Appoint(actor=SYSTEM, staff_id=member.id, role=role, since=SINCE).run()


def viewer(member: Member) -> Viewer:
    """A member of the cast in the browser."""
    return viewer_for(member.id)


def planner(member: Member, points: int | None = None, **more: Typed) -> int:
    """A planner's record, which stands for this member."""
    values: dict[str, Typed] = {"name": member.name, "account": member.name, **more}
    if points is not None:
        values["points"] = str(points)
    return Create(viewer=system_viewer(), record_type="planner", values=values).run()


def holders(count: int, kind: str = "老客户", **more: Typed) -> list[int]:
    """Policy holders of one kind, who are nobody's; ids in the order of filing."""
    rows = [{"holder_name": f"{kind}{number}", "kind": kind, **more} for number in range(1, count + 1)]
    return [Create(viewer=system_viewer(), record_type="holder", values=row).run() for row in rows]


def lead(name: str, **more: Typed) -> int:
    """A lead that is nobody's."""
    return Create(viewer=system_viewer(), record_type="lead", values={"lead_name": name, **more}).run()


def drafted(cast: Cast, allocation: str = "sharing") -> Run:
    """A run, worked out."""
    run_id = BeginRun(viewer=viewer(cast.xu_ke), allocation=allocation, wake=False).run()
    run = Run.objects.get(pk=run_id)
    assert run_now(run.job_id or 0)
    run.refresh_from_db()
    return run


def confirmed(cast: Cast, run: Run) -> Run:
    """The run, confirmed and handed over."""
    job_id = ConfirmRun(viewer=viewer(cast.xu_ke), run_id=run.pk, wake=False).run()
    assert run_now(job_id)
    run.refresh_from_db()
    return run


def claim(member: Member, record_id: int, pool: str = "lead_pool") -> int:
    """Somebody claims a lead."""
    return ClaimRecord(viewer=viewer(member), pool=pool, id=record_id).run()


def stored(record_type: str, record_id: int, *columns: str) -> tuple[Any, ...]:
    """Columns of a record as they are stored."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM rec_{record_type} WHERE id = %s", [record_id])
        return tuple(cursor.fetchone() or ())


def owner(record_id: int, record_type: str = "holder") -> int | None:
    """Whose a record is."""
    (found,) = stored(record_type, record_id, "owner_id")
    return None if found is None else int(found)


def change_owner(record_type: str, record_id: int, staff_id: int | None) -> None:
    """Give a record an owner behind everybody's back."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE rec_{record_type} SET owner_id = %s WHERE id = %s", [staff_id, record_id])


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)
