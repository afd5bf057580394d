"""One customer of whom every kind of information has a value that is told from all others, and people of every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.test import Client

from keguan.language.model.model import RowScope
from keguan.language.source import PackSource
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.attachments.received import received
from keguan.runtime.jobs.actions import enqueue, run_now
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.metrics.jobs import COMPUTE_JOB
from keguan.runtime.org.actions import AddStaff, Appoint
from keguan.runtime.org.models import Staff
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.actions import CompleteStep, StartCase
from keguan.runtime.processes.queries import case_view
from keguan.runtime.records.actions import AttachFiles, Create, Update
from tests.cast import JIANGNAN, PASSWORD, SINCE, Cast

if TYPE_CHECKING:
    from keguan.language.model.model import Role

ID_NUMBER, PHONE = "11010519491231002X", "13912345678"


@dataclass(frozen=True)
class Secret:
    """A value of one information class: how it looks in clear (any of these), and masked."""

    information_class: str
    sensitive: bool
    clear: tuple[str, ...]
    masked: str = ""

    @property
    def heading(self) -> str:
        """Its column in the published matrix."""
        return f"{self.information_class}{'（敏感）' if self.sensitive else ''}"

    def seen_in(self, text: str) -> str:
        """``plain`` (``full`` for a sensitive value), ``masked`` or nothing at all (``–``)."""
        if any(form in text for form in self.clear):
            return "full" if self.sensitive else "plain"
        return "masked" if self.masked and self.masked in text else "–"


SECRETS = (
    Secret("身份", False, ("秦未央", "秦未英"), "秦**"),
    Secret("身份", True, (ID_NUMBER,), "110***********002X"),
    Secret("联系", True, (PHONE, "139 1234 5678"), "139****5678"),
    Secret("来往", False, ("暗号龙井", "拜访暗号"), "暗***"),
    Secret("交易", False, ("HT-秘-77", "61,234,567", "6,123.4567", "6123456700", "61234567")),
    Secret("等级", False, ("钻石卡",)),
)


PAPERS = (("leak_papers", "秦未央的证件.txt", "本人秦未央"), ("leak_notes", "暗号龙井.txt", "拜访暗号如下"))
"""Files under the customer: field, name, content."""


PROCESS = """---
id: leak-tests
title: 泄露试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 核对 {#checking}

:::表单 核对表 (leak_form)
对象: 客户
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 | 取自 |
|---|---|---|---|---|
| 核对姓名 | leak_name | 文本 | | 姓名 |
| 核对证件 | leak_id | 身份证号 | | 身份证号 |
| 核对手机 | leak_phone | 手机号 | | 手机 |
| 核对特征 | leak_traits | 长文本 | | 基本特征 |
| 核对金额 | leak_total | 金额 | | 累计购买额 |
:::

:::文件 核对函 (leak_letter)
对象: 客户
表单: 核对表
标题: 核对函
含敏感: 是
信息类别: 来往

{姓名}，{身份证号}，{手机}，{基本特征}，{累计购买额}，{卡别}
:::

:::文件 回访便笺 (leak_note)
对象: 客户
标题: 便笺
信息类别: 来往

{基本特征}
:::

:::名额 核对名额 (leak_quota)
判定: 客户等级
分组: 基本特征
超额: 按 累计购买额 从高到低保留, 其余降一级

| 等级 | 上限 |
|---|---|
| B | 1000户 |
:::

:::流程 资料核对 (leak_case)
对象: 客户
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 表单 | 文件 | 去向 |
|---|---|---|---|---|---|
| 提出 | asking | 发起人 | 核对表 | 回访便笺 | → 核对 |
| 核对 | checking | 客服经理 | 核对表 | 核对函 | → 回访 |
| 回访 | calling | 客服经理 | | | → 归档 |
:::

### 第二条 材料 {#papers}

:::档案 客户 (customer)
扩充: 是

| 字段 | 代码 | 类型 | 信息类别 |
|---|---|---|---|
| 身份材料 | leak_papers | 附件(文本) | 身份 |
| 来往材料 | leak_notes | 附件(文本; 2个) | 来往 |
:::

### 第三条 指标 {#figures}

:::指标 泄露指标 (leak_figures)
| 指标 | 代码 | 类型 | 口径 | 目标 | 周期 | 分组 |
|---|---|---|---|---|---|---|
| 各卡户数 | leak_cards | 整数 | count(客户) | - | 每月 | 卡别 |
| 各人购买额 | leak_purchases | 金额 | sum(客户.累计购买额) | - | 每月 | 记录负责人 |
| 各户合同额 | leak_amounts | 金额 | sum(购买合同.合同金额) | - | 每月 | 客户 |
:::
"""
"""A process whose form and letters hold what the record holds, files called after it, and figures."""

ACCESS = """---
id: leak-access
title: 权限试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 权限 {#granted}

:::流程 原文审批 (leak_approval)
对象: 客户
发起: 销售员
信息类别: 来往
准予: 原文(客户), 修改(客户)

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 申请 | applying | 发起人 | → 批准 |
| 批准 | approving | 客服经理 | 同意 → 归档; 驳回 → 申请 |
:::

:::权限 客户权限 (leak_customers)
对象: 客户

| 角色 | 信息类别 | 看 | 改 | 导出 | 打印 | 原文 | 范围 | 条件 | 密级 |
|---|---|---|---|---|---|---|---|---|---|
| 营销部长 | 全部 | 是 | 是 | 遮盖 | 遮盖 | 是 | 全部 | 卡别 = "金卡" | - |
| 销售经理 | 身份 | 是 | 否 | 是 | 是 | - | 本部门 | - | 一般 |
| 销售经理 | 等级 | 遮盖 | 否 | 是 | - | - | 本部门 | - | - |
| 销售主管 | 身份 | 遮盖 | 否 | 是 | - | - | 本部门 | - | 一般 |
| 销售主管 | 联系 | 是 | 否 | 遮盖 | - | - | 本部门 | 有购买意向 = true | 敏感 |
| 销售员 | 身份 | 是 | 是 | 遮盖 | 遮盖 | 审批 | 本人 | - | - |
| 销售员 | 联系 | 遮盖 | 审批 | - | - | 审批 | 本人 | - | 敏感 |
| 销售员 | 来往 | 遮盖 | 是 | - | - | - | 本人 | - | - |
| 客服经理 | 全部 | 是 | 是 | 遮盖 | 遮盖 | 是 | 全部 | - | - |
| 客服专员 | 身份 | 是 | 否 | 是 | 遮盖 | - | 全部 | 卡别 = "钻石卡" | 一般 |
| 客服专员 | 全部 | 是 | 否 | 审批 | 遮盖 | 是 | 全部 | 卡别 = "钻石卡" | - |
:::

:::权限 合同权限 (leak_contracts)
对象: 购买合同

| 角色 | 信息类别 | 看 | 改 | 打印 | 原文 | 范围 | 条件 |
|---|---|---|---|---|---|---|---|
| 营销部长 | 全部 | 是 | 是 | 是 | 是 | 全部 | 合同金额 < 1万 |
| 客服经理 | 全部 | 是 | 是 | 遮盖 | 是 | 全部 | - |
| 客服专员 | 全部 | 是 | 否 | 遮盖 | - | 全部 | 合同金额 > 1万 |
:::

:::权限 走访权限 (leak_visits_seen)
对象: 走访

| 角色 | 信息类别 | 看 | 改 | 打印 | 范围 |
|---|---|---|---|---|---|
| 客服经理 | 全部 | 是 | 是 | 遮盖 | 全部 |
| 客服专员 | 全部 | 是 | 否 | 遮盖 | 全部 |
:::
"""
"""The same company with access rules: rows with conditions, masks, approvals, narrower scopes; some roles have none."""

NOTHING_GIVEN = ("–",) * 6
GIVEN: dict[str, tuple[str, ...]] = {
    "销售经理": ("plain", "–", "–", "–", "–", "–"),
    "销售主管": ("masked", "–", "masked", "–", "–", "–"),
    "销售员（本人的客户）": ("plain", "masked", "masked", "masked", "–", "–"),
    "客服经理": ("plain", "masked", "masked", "plain", "plain", "plain"),
    "客服专员": ("plain", "masked", "masked", "plain", "plain", "plain"),
}
"""By person, what these rules let them see of each of ``SECRETS``; whoever is not named sees nothing. A masked grade is
stars, which are not told from other stars.
"""
REVEALED = {"客服经理": (False, True, True, False, False, False)}
"""By person, of which secrets they may see the original under these rules."""


@dataclass(frozen=True)
class Person:
    """Someone who looks: ``who`` in the matrix, their role, and how the customer stands to them."""

    who: str
    staff_id: int
    role: Role
    own: bool = False
    elsewhere: bool = False
    by_rows: bool = False

    @cached_property
    def viewer(self) -> Viewer:
        """Them, looking in the browser."""
        return viewer_for(self.staff_id)

    @property
    def client(self) -> Client:
        """Their browser."""
        client = Client()
        client.force_login(Staff.objects.get(pk=self.staff_id), backend="keguan.runtime.org.backend.StaffBackend")
        return client

    def reaches(self, scope: RowScope) -> bool:
        """Whether this scope of theirs covers the customer."""
        if scope is RowScope.ALL:
            return True
        return self.own if scope is RowScope.OWN else scope is RowScope.UNIT and not self.elsewhere

    def may_see(self, secret: Secret) -> bool:
        """Whether the policy lets them see the class of this secret on this customer, masked perhaps."""
        if self.by_rows:
            return self.given(secret) != "–"
        granted = secret.information_class in self.role.classes or "*" in self.role.classes
        return granted and self.reaches(self.role.scope)

    def given(self, secret: Secret) -> str:
        """How they may see it where nothing hides it further."""
        if self.by_rows:
            return GIVEN.get(self.who, NOTHING_GIVEN)[SECRETS.index(secret)]
        return "–" if not self.may_see(secret) else "masked" if secret.sensitive else "plain"

    def may_reveal(self, secret: Secret) -> bool:
        """Whether the policy lets them see it in full, for a reason."""
        if self.by_rows:
            return self.who in REVEALED and REVEALED[self.who][SECRETS.index(secret)]
        return self.may_see(secret) and self.reaches(self.role.reveal)


@dataclass
class World:
    """The customer and those who look."""

    cast: Cast
    customer: int = 0
    contract: int = 0
    case: int = 0
    people: list[Person] = field(default_factory=list)


def make_world(cast: Cast, *, by_rows: bool = False) -> World:
    """File the customer as 林晓's of the 江南 branch, with a contract, a visit and a history; appoint everybody.

    ``by_rows``: the policy has access rules besides.
    """
    world = World(cast)
    owner, keeper = viewer_for(cast.lin_xiao.id), viewer_for(cast.zhou_min.id)
    values = {
        "name": "秦未英", "customer_kind": "个人", "phone": PHONE, "id_number": ID_NUMBER, "traits": "暗号龙井",
        "intends": "是",
    }  # fmt: skip
    world.customer = Create(viewer=owner, record_type="customer", values=values).run()
    world.contract = Create(
        viewer=keeper,
        record_type="purchase_contract",
        values={
            "contract_number": "HT-秘-77", "customer": world.customer, "amount": "61234567", "signed_on": "2026-03-02",
            "contract_status": "履行中", "property_kind": "洋房", "unit_sold": "1-101", "discount": "95%",
        },
    ).run()  # fmt: skip
    visit = {"customer": world.customer, "visited_on": "2026-11-20", "purpose": "拜访暗号"}
    Create(viewer=owner, record_type="visit", values=visit).run()
    Update(viewer=owner, record_type="customer", id=world.customer, version=1, values={"name": "秦未央"}).run()
    Update(
        viewer=keeper, record_type="purchase_contract", id=world.contract, version=1, values={"unit_sold": "1-102"}
    ).run()
    roles = current().model.roles
    world.people.append(
        Person("销售员（本人的客户）", cast.lin_xiao.id, roles["salesperson"], own=True, by_rows=by_rows)
    )
    for code, role in roles.items():
        world.people.append(Person(role.label.zh, _appointed(cast, code), role, by_rows=by_rows))
    world.people.append(
        Person("销售员（外部门）", cast.fang_ming.id, roles["salesperson"], elsewhere=True, by_rows=by_rows)
    )
    if by_rows:
        Publish(actor=SYSTEM, packs=(PackSource("leak-access", {"policy.md": ACCESS}),)).run()
    world.case = _case(world, roles["service_manager"])
    return world


def _case(world: World, role: Role) -> int:
    """A case about the customer, in whose forms and letters stands what is known of them. Of those who look, 林晓 began
    it and the service manager has it in hand; nobody else has a part in it.
    """
    Publish(actor=SYSTEM, packs=(PackSource("leak-tests", {"policy.md": PROCESS}),)).run()
    run_now(enqueue(COMPUTE_JOB, {}, wake=False))
    owner, manager = viewer_for(world.cast.lin_xiao.id), next(each.viewer for each in world.people if each.role is role)
    for code, name, text in PAPERS:
        file = received(name, [text.encode()], 10_000)
        AttachFiles(viewer=manager, record_type="customer", id=world.customer, field=code, files=(file,)).run()
    case = StartCase(viewer=owner, process="leak_case", record_id=world.customer).run()
    found = case_view(manager, case)
    (task,) = found.task_ids
    CompleteStep(viewer=manager, task_id=task, version=found.version, opinion="已核对").run()
    return case


def _appointed(cast: Cast, role: str) -> int:
    staff_id = AddStaff(
        actor=SYSTEM,
        username=f"looks_as_{role}",
        staff_name=f"观察员{role}",
        unit_id=cast.units[JIANGNAN],
        password=PASSWORD,
    ).run()
    Appoint(actor=SYSTEM, staff_id=staff_id, role=role, since=SINCE).run()
    return staff_id
