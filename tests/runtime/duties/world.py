"""A company with duties of every kind, published in the test, and what its people do about them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.duties.models import Duty
from keguan.runtime.duties.rounds import catch_up
from keguan.runtime.duties.sweeping import sweep
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.notifications.models import Notification
from keguan.runtime.policies.actions import Publish
from keguan.runtime.records.actions import Create, Update
from keguan.runtime.records.validation import Typed
from tests.runtime.decisions.filing import stored

if TYPE_CHECKING:
    from keguan.runtime.duties.sweeping import Swept
    from tests.cast import Member

POLICY = """---
id: duty-tests
title: 职责试验
version: {version}
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 走访 {{#visits}}

:::职责 客户走访 (visits)
对象: 客户
信息类别: 来往

| 适用 | 责任角色 | 频次 | 凭证 | 核查 | 提醒 | 升级 | 豁免 |
|---|---|---|---|---|---|---|---|
| 客户等级 = "B" | 记录负责人 | 每月1次 | 走访 | 走访目的!="路过" | 5天 | 销售主管; 逾期3天 客服经理 | 带动购买 = true |
| 客户等级 in ("C", "D") | 记录负责人, 客服专员 | 每季度至少2次 | 走访 | - | 10天 | 销售主管 | |
:::

### 第二条 新客户 {{#new}}

:::职责 核对新客户 (checks)
对象: 客户

| 适用 | 责任角色 | 触发 | 时限 | 提醒 | 升级 | 豁免 |
|---|---|---|---|---|---|---|
| - | 客服专员 | 新建 | 3工作日 | 1工作日 | 部门负责人 | 重要公职 = true |
:::

:::职责 回访购房 (after_purchase)
对象: 客户

| 适用 | 责任角色 | 触发 | 时限 |
|---|---|---|---|
| - | 销售员 | 新建 购买合同 | 次工作日 |
:::

:::职责 通报升级 (news)
对象: 客户

| 适用 | 责任角色 | 触发 | 时限 |
|---|---|---|---|
| 客户等级 = "A" | 客服经理 | 变更 客户等级 | 2天 |
:::

### 第三条 签约之后 {{#signed}}

:::职责 催办产证 (deeds)
对象: 购买合同

| 适用 | 责任角色 | 触发 | 时限 | 提醒 |
|---|---|---|---|---|
| 合同状态 = "履行中" | 客服专员 | 签订日 | 3个月 | 15天 |
:::

### 第四条 检查 {{#inspection}}

:::检查 资料检查 (file_check)
对象: 客户
合格: 全部
信息类别: 来往

| 项目 | 代码 | 标准 | 方式 | 条件 | 否决 |
|---|---|---|---|---|---|
| 有来源 | has_source | 登记了来源 | 系统 | 来源 != null | |
| 原件 | original | 复印件与原件一致 | 人工 | | 是 |
:::

:::检查 资料抽查 (spot_check)
对象: 客户
合格: 全部
抽查比例: 20%
信息类别: 来往

| 项目 | 代码 | 标准 | 方式 |
|---|---|---|---|
| 属实 | truthful | 登记的情况属实 | 抽查 |
:::

:::表单 回访单 (call_form)
对象: 客户
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 | 密级 | 存入 |
|---|---|---|---|---|---|
| 需求 | need | 选项(自住, 改善, 投资, 商用) | 是 | 一般 | 需求类型 |
| 备用电话 | other_phone | 手机号 | | 敏感 | |
:::

:::职责 资料管理 (files)
对象: 客户

| 事项 | 适用 | 责任角色 | 频次 | 触发 | 时限 | 凭证 |
|---|---|---|---|---|---|---|
| 检查资料 | 有购买意向 = true | 客服专员 | 每年1次 | | | 资料检查 |
| 抽查资料 | 购买诚意度 = "低" | 客服经理 | 每月1次 | | | 资料抽查 |
| 电话回访 | 需求类型 = "商用" | 记录负责人 | | 变更 购买诚意度 | 1天 | 回访单 |
:::
"""

PACK = "duty-tests"
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, 2 March 2026, 09:00 in the company's time zone."""

_PHONES = count(13_700_000_000)


def publish_policy(version: str = "1.0.0", *changes: tuple[str, str]) -> None:
    """Publish the duties; each change of words must be found."""
    text = POLICY.format(version=version)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    Publish(actor=SYSTEM, packs=(PackSource(PACK, {"policy.md": text}),)).run()


def viewer(member: Member) -> Viewer:
    """A member of the cast in the browser."""
    return viewer_for(member.id)


def customer(member: Member, name: str = "张伟", **more: Typed) -> int:
    """A customer filed by this member, theirs."""
    values = {"name": name, "customer_kind": "个人", "phone": str(next(_PHONES)), **more}
    return Create(viewer=viewer(member), record_type="customer", values=values).run()


def change(member: Member, customer_id: int, **values: Typed) -> None:
    """Change some fields of a customer."""
    version = stored("customer", customer_id, "version")[0]
    Update(viewer=viewer(member), record_type="customer", id=customer_id, version=version, values=values).run()


def contract(member: Member, customer_id: int, amount: str = "900万", **more: Typed) -> int:
    """A purchase contract of a customer."""
    values: dict[str, Typed] = {
        "contract_number": f"HT-{next(_PHONES)}", "customer": customer_id, "amount": amount, "signed_on": "2026-03-02",
        "contract_status": "履行中", "property_kind": "洋房", "unit_sold": "1-101", "discount": "95%", **more,
    }  # fmt: skip
    return Create(viewer=viewer(member), record_type="purchase_contract", values=values).run()


def visit(member: Member, customer_id: int, on: str, purpose: str = "回访") -> int:
    """A visit to a customer on a day."""
    values: dict[str, Typed] = {"customer": customer_id, "visited_on": on, "purpose": purpose}
    return Create(viewer=viewer(member), record_type="visit", values=values).run()


def duties(code: str, record_id: int | None = None, **filters: object) -> list[Duty]:
    """The duties of a block, as stored, in the order made."""
    found = Duty.objects.filter(duty=code, **filters)
    return list((found if record_id is None else found.filter(record_id=record_id)).order_by("id"))


def only(code: str, record_id: int | None = None, **filters: object) -> Duty:
    """The one duty there is."""
    (found,) = duties(code, record_id, **filters)
    return found


def wait(**length: float) -> Swept:
    """Let time pass and have what became due happen."""
    clock.advance(timedelta(**length))
    catch_up()
    return sweep()


def until(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> Swept:
    """Let time pass until a moment on the company's clocks."""
    at = datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))
    return wait(seconds=(at - clock.now()).total_seconds())


def local(moment: datetime | None) -> str:
    """A moment on the company's clocks."""
    assert moment is not None
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M")


def told(member: Member, kind: str, about: Duty | None = None) -> int:
    """How often somebody was told something of a kind, of one duty or of any."""
    found = Notification.objects.filter(staff_id=member.id, kind=kind)
    return (found if about is None else found.filter(duty_id=about.pk)).count()
