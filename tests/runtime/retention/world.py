"""A courier's archive in miniature: waybills that are destroyed after a year, parties kept longer, and who sees to it.

许可, 赵启 and 方明 keep the archive; 周敏 and 林晓 approve; 何审 audits.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.source import PackSource
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import Appoint
from keguan.runtime.org.sessions.beginning import begin
from keguan.runtime.org.sessions.origin import NOWHERE
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.models import Case
from keguan.runtime.records.actions import Create, Update
from keguan.runtime.retention.actions import SubmitBatch, WitnessBatch
from keguan.runtime.retention.models import Batch
from keguan.runtime.retention.working import catch_up
from tests.cast import PASSWORD, SINCE
from tests.runtime.processes.world import complete

if TYPE_CHECKING:
    from keguan.runtime.records.validation import Typed
    from tests.cast import Cast, Member

NOON = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
"""Tuesday, 30 June 2026, 12:00 in the company's time zone."""

POLICY = """---
id: retention-tests
title: 保存试验
version: {version}
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 岗位和档案 {{#archive}}

:::角色 档案岗位 (archive_posts)
| 角色 | 代码 | 可见范围 | 原文范围 | 可见信息 | 可办事项 |
|---|---|---|---|---|---|
| 档案员 | archivist | 全部 | 无 | 寄递, 收件, 内部, 身份 | 新建档案, 修改档案, 处置到期档案, 封存 |
| 审批人 | approver | 全部 | 无 | 寄递, 内部 | |
:::

:::档案 寄件人 (sender)
显示: 名称
检索: 名称
查重: 电话

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 名称 | sender_name | 文本(60) | 是 | 寄递 | 一般 |
| 电话 | sender_phone | 手机号 | 是 | 收件 | 敏感 |
| 停用日 | closed_on | 日期 | | 寄递 | 一般 |
:::

:::档案 运单 (waybill)
显示: 单号
列表: 单号, 寄件人, 签收日, 收件地址
检索: 单号, 收件电话

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 单号 | waybill_number | 文本(30) | 是 | 寄递 | 一般 |
| 寄件人 | sender | 引用(寄件人) | | 寄递 | 一般 |
| 签收日 | signed_on | 日期 | | 寄递 | 一般 |
| 收件地址 | receiver_address | 文本(100) | | 收件 | 一般 |
| 收件电话 | receiver_phone | 手机号 | | 收件 | 敏感 |
| 有争议 | disputed | 是否 | | 寄递 | 一般 |
| 保价 | insured | 是否 | | 寄递 | 一般 |
:::

:::档案 处置审批单 (disposal_sheet)
显示: 名称

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 名称 | sheet_name | 文本(100) | 是 | 内部 |
:::

:::档案 便笺 (memo)
显示: 标题
检索: 标题

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 标题 | memo_title | 文本(60) | 是 | 寄递 | 一般 |
| 运单 | memo_waybill | 引用(运单) | | 寄递 | 一般 |
| 留言 | memo_text | 手机号 | | 收件 | 敏感 |
| 记于 | noted_on | 日期 | | 寄递 | 一般 |
:::

:::口径 寄件口径 (sender_facts)
对象: 寄件人

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 运单数 | waybills | 整数 | 寄递 | count(运单) |
:::

:::判定 运单档次 (waybill_class)
对象: 运单
命中: 首条
信息类别: 寄递

| 收件地址 | → 档次 (tier, 选项(有址, 无址)) |
|---|---|
| null | "无址" |
| - | "有址" |
:::

:::流程 处置审批 (disposal_approval)
对象: 处置审批单
发起: 档案员
准予: 销毁
信息类别: 内部

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 审批 | decide | 客服经理 会签 审批人 | 同意 → 完成; 不同意 → 结束 |
:::

:::流程 查单 (inquiry)
对象: 运单
发起: 档案员
信息类别: 寄递

| 步骤 | 代码 | 办理角色 | 表单 | 去向 |
|---|---|---|---|---|
| 查询 | ask | 发起人 | 查单表 | → 完成 |
:::

:::表单 查单表 (inquiry_form)
对象: 运单
信息类别: 收件

| 字段 | 代码 | 类型 | 密级 |
|---|---|---|---|
| 来电 | caller | 手机号 | 敏感 |
| 经过 | story | 长文本 | 一般 |
:::

### 第二条 保存 {{#keeping}}

:::保存 运单保存 (keep_waybills)
对象: 运单

| 信息类别 | 条件 | 起算 | 期限 | 到期 | 暂缓 | 依据 | 双人 |
|---|---|---|---|---|---|---|---|
| 全部 | - | 签收日 | 1年 | 销毁 | 有争议 | 快递暂行条例第三十四条 | 是 |
| 全部 | 保价 | 签收日 | 3年 | 归档 | - | 邮政法第四十九条 | 否 |
:::

:::保存 便笺保存 (keep_memos)
对象: 便笺

| 起算 | 期限 | 到期 | 依据 | 双人 |
|---|---|---|---|---|
| 记于 | 30天 | 只存 | 第二条 | 否 |
:::

:::保存 收件保存 (keep_receivers)
对象: 寄件人

| 信息类别 | 条件 | 起算 | 期限 | 到期 | 暂缓 | 依据 | 双人 |
|---|---|---|---|---|---|---|---|
| 收件 | - | 停用日 | 6个月 | 销毁 | - | 第二条 | 否 |
| 寄递 | - | 停用日 | 2年 | 只存 | - | 第二条 | 否 |
:::
"""

_NUMBERS = count(1)
_PHONES = count(13_700_000_000)


def publish_policy(version: str = "1.0.0") -> None:
    """Bring the policy into force."""
    source = PackSource("retention-tests", {"policy.md": POLICY.format(version=version)})
    Publish(actor=SYSTEM, packs=(source,)).run()


def appoint(cast: Cast) -> None:
    """Give the archive its people."""
    for member, role in (
        (cast.xu_ke, "archivist"),
        (cast.zhao_qi, "archivist"),
        (cast.fang_ming, "archivist"),
        (cast.lin_xiao, "approver"),
    ):
        Appoint(actor=SYSTEM, staff_id=member.id, role=role, since=SINCE).run()


def viewer(member: Member) -> Viewer:
    """A member of the cast in the browser."""
    return viewer_for(member.id)


def sender(member: Member, name: str = "云杉商行", **more: Typed) -> int:
    """A sender filed by this member."""
    values = {"sender_name": name, "sender_phone": str(next(_PHONES)), **more}
    return Create(viewer=viewer(member), record_type="sender", values=values).run()


def waybill(member: Member, signed_on: str | None = "2025-06-30", **more: Typed) -> int:
    """A waybill; signed for a year ago and so due today, unless said otherwise."""
    values: dict[str, Typed] = {"waybill_number": f"YD{next(_NUMBERS):06d}", **more}
    if signed_on is not None:
        values["signed_on"] = signed_on
    return Create(viewer=viewer(member), record_type="waybill", values=values).run()


def memo(member: Member, noted_on: str, **more: Typed) -> int:
    """A memo."""
    values = {"memo_title": "电话留言", "noted_on": noted_on, **more}
    return Create(viewer=viewer(member), record_type="memo", values=values).run()


def change(member: Member, record_type: str, record_id: int, **values: Typed) -> None:
    """Change some fields of a record."""
    (version,) = stored(record_type, record_id, "version")
    Update(viewer=viewer(member), record_type=record_type, id=record_id, version=version, values=values).run()


def stored(record_type: str, record_id: int, *columns: str) -> tuple[Any, ...]:
    """Columns of a record as they are stored; empty when it is not there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM rec_{record_type} WHERE id = %s", [record_id])
        return tuple(cursor.fetchone() or ())


def there(record_type: str, record_id: int) -> bool:
    """Whether the record is among the others."""
    return bool(stored(record_type, record_id, "id"))


def gathered(record_type: str = "waybill") -> Batch:
    """What is due today, in the batch that waits for appraisal."""
    catch_up()
    return Batch.objects.get(record_type=record_type, state="gathered")


def submitted(cast: Cast, batch: Batch) -> Case:
    """The batch, submitted by 许可: its case."""
    case_id = SubmitBatch(viewer=viewer(cast.xu_ke), batch_id=batch.pk, opinion="期满，申请销毁").run()
    return Case.objects.get(pk=case_id)


def approved(cast: Cast, batch: Batch) -> Batch:
    """The batch, submitted and approved by both approvers."""
    case = submitted(cast, batch)
    complete(cast.zhou_min, case, "decide", "同意")
    complete(cast.lin_xiao, case, "decide", "同意")
    batch.refresh_from_db()
    return batch


def witness(member: Member, batch: Batch, password: str = PASSWORD) -> int:
    """Somebody confirms in a session of their own."""
    session = begin(member.id, NOWHERE, "password", strong=False).session_id
    return WitnessBatch(viewer=viewer(member), batch_id=batch.pk, session_id=session, password=password).run()


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)
