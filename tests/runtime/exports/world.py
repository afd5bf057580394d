"""A trading company that lets its partners' balances out only after an approval, and never many at once without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.granting import GrantedRight
from keguan.language.source import PackSource
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.exports.actions import Download, Export
from keguan.runtime.exports.models import Export as Stored
from keguan.runtime.exports.queries import one
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import Appoint
from keguan.runtime.permits import queries as permits
from keguan.runtime.permits.actions import RequestPermit
from keguan.runtime.permits.selection import Selection
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.actions import CompleteStep
from keguan.runtime.processes.queries import case_view
from keguan.runtime.records.actions import Create
from tests.cast import SINCE

if TYPE_CHECKING:
    from tests.cast import Cast, Member

PACK = "partners"
BULK = 5
POLICY = """---
id: partners
title: 往来客户信息管理办法
version: 1.0.0
effective: 2026-01-01
uses: []
---
# 往来客户信息管理办法

### 第一条 档案 {#files}

:::角色 往来岗位 (partner_posts)
| 角色 | 代码 | 可见范围 | 原文范围 | 可见信息 | 可办事项 |
|---|---|---|---|---|---|
| 往来专员 | partner_clerk | 全部 | 全部 | 全部 | 新建档案, 修改档案 |
| 往来内勤 | partner_office | 全部 | 无 | 名录, 申请 | 新建档案 |
| 信息安全员 | partner_guardian | 全部 | 无 | 名录, 申请 | |
:::

:::档案 往来客户 (partner)
显示: 名称
检索: 名称

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 名称 | name | 文本(80) | 是 | 名录 | |
| 城市 | city | 选项(云岭, 滨海) | | 名录 | |
| 手机 | phone | 手机号 | | 通讯 | 敏感 |
| 余额 | balance | 金额 | | 账务 | |
| 评语 | remark | 文本(200) | | 内情 | |
:::

:::档案 信息申请 (partner_request)
显示: 用途

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 用途 | purpose | 文本(300) | 是 | 申请 |
| 接收方 | recipient | 文本(200) | | 申请 |
| 申请什么 | asked_right | 文本(20) | | 申请 |
| 哪类档案 | asked_of | 文本(60) | | 申请 |
| 多少份 | asked_rows | 整数 | | 申请 |
| 哪些列 | asked_columns | 文本(200) | | 申请 |
| 防护措施 | guard | 选项(水印, 无) | 是 | 申请 |
:::

### 第二条 权限 {#rights}

:::权限 往来客户权限 (partner_access)
对象: 往来客户

| 角色 | 信息类别 | 看 | 改 | 导出 | 打印 | 原文 | 密级 |
|---|---|---|---|---|---|---|---|
| 往来专员 | 名录 | 是 | 是 | 是 | 是 | - | - |
| 往来专员 | 通讯 | 遮盖 | 是 | 遮盖 | 遮盖 | 审批 | 敏感 |
| 往来专员 | 账务 | 是 | 审批 | 审批 | 审批 | - | - |
| 往来专员 | 内情 | 是 | - | - | - | - | - |
| 往来内勤 | 名录 | 是 | - | - | - | - | - |
| 信息安全员 | 名录 | 是 | - | - | - | - | - |
:::

### 第三条 批量导出 {#bulk}

:::流程 信息审批 (partner_approval)
对象: 信息申请
编号: SQ-{年}-{序号:4}
发起: 往来专员, 往来内勤
分离: 发起人, 审批
准予: 导出(往来客户), 打印(往来客户), 原文(往来客户), 修改(往来客户), 外发(往来客户)
准予期限: 3天
准予次数: 1
批量: 5

| 步骤 | 代码 | 办理角色 | 时限 | 去向 |
|---|---|---|---|---|
| 审批 | approving | 信息安全员 | 1工作日 | 同意 → 完成; 驳回 → 作废 |
:::
"""

PARTNERS = (
    ("云岭建材", "云岭", "13812340001", "1234567.80", "常拖欠"),
    ("滨海水泥", "滨海", "13812340002", "-500", ""),
    ("=西山钢构", "云岭", "13812340003", "0", "@老客户"),
    ("江南园林", "滨海", "", "", "面谈过"),
)
CODES = ("name", "city", "phone", "balance", "remark")


def open_office(cast: Cast, *changes: tuple[str, str]) -> list[int]:
    """Publish the policy (with some words changed), appoint 许可 and 赵启 clerks, 方明 in the office and 周敏 the
    guardian, and file four partners; their ids.
    """
    text = POLICY
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    Publish(actor=SYSTEM, packs=(PackSource(PACK, {"policy.md": text}),)).run()
    for member, role in (
        (cast.xu_ke, "partner_clerk"),
        (cast.zhao_qi, "partner_clerk"),
        (cast.fang_ming, "partner_office"),
        (cast.zhou_min, "partner_guardian"),
    ):
        Appoint(actor=SYSTEM, staff_id=member.id, role=role, since=SINCE).run()
    return [add(cast, *partner) for partner in PARTNERS]


def add(cast: Cast, *values: str) -> int:
    """File one more partner."""
    typed = dict(zip(CODES, values, strict=True))
    return Create(viewer=viewer_for(cast.xu_ke.id), record_type="partner", values=typed).run()


def chosen(*columns: str, form: str = "csv", ids: tuple[int, ...] = ()) -> Selection:
    """Some columns of all partners, or of those with ids."""
    return Selection("partner", ids=ids, columns=columns, form=form)


def export(member: Member, selection: Selection | None, permit_id: int | None = None) -> int:
    """Begin an export in somebody's name."""
    return Export(
        viewer=viewer_for(member.id),
        selection=selection,
        purpose="" if permit_id else "邮寄对账单",
        recipient="" if permit_id else "本人",
        permit_id=permit_id,
        address="10.1.2.3",
        wake=False,
    ).run()


def make(viewer: Viewer, export_id: int) -> str:
    """Have the file made; the state that it is in then."""
    assert run_now(job_of(export_id))
    return one(viewer, export_id).state


def job_of(export_id: int) -> int:
    """The job that makes an export's file."""
    job_id = Stored.objects.values_list("job_id", flat=True).get(pk=export_id)
    assert job_id is not None
    return job_id


def fetched(member: Member, selection: Selection | None, permit_id: int | None = None) -> bytes:
    """Export, make and fetch."""
    viewer = viewer_for(member.id)
    export_id = export(member, selection, permit_id)
    assert make(viewer, export_id) == "ready"
    return Download(viewer=viewer, export_id=export_id, address="10.1.2.3").run().data()


def ask(member: Member, selection: Selection, right: GrantedRight = GrantedRight.EXPORT, **more: object) -> int:
    """Ask for a right in somebody's name; the permit's id."""
    words = {"purpose": "年度对账", "recipient": "云岭会计师事务所", "values": {"guard": "水印"}, **more}
    return RequestPermit(viewer=viewer_for(member.id), right=right, selection=selection, **words).run()  # type: ignore[arg-type]


def decide(member: Member, case_id: int, outcome: str = "同意") -> None:
    """Complete the step of a case that waits for somebody."""
    viewer = viewer_for(member.id)
    found = case_view(viewer, case_id)
    (task,) = found.task_ids
    CompleteStep(viewer=viewer, task_id=task, version=found.version, outcome=outcome, opinion="已核对").run()


def approved(cast: Cast, member: Member, selection: Selection, right: GrantedRight = GrantedRight.EXPORT) -> int:
    """Ask for a right in somebody's name and have 周敏 approve it; the permit's id."""
    permit = ask(member, selection, right)
    decide(cast.zhou_min, permits.one(viewer_for(member.id), permit).card.case_id)
    return permit
