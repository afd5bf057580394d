"""A process whose form has everything that a form can have, and a document that it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.source import PackSource
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.actions import SaveForm
from keguan.runtime.processes.models import Value
from tests.runtime.processes.world import complete, open_task, start, viewer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.processes.models import Case
    from keguan.runtime.records.validation import Typed
    from tests.cast import Member
    from tests.runtime.processes.world import Office

POLICY = """---
id: form-tests
title: 表单试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 优惠表 {#relief}

:::表单 优惠表 (relief_form)
对象: 客户
结论: 处理意见
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 | 取自 | 存入 | 说明 |
|---|---|---|---|---|---|---|---|---|
| 现价 | price_now | 金额 | | | | 可接受价格 | | |
| 新价 | price_new | 金额 | 处理意见 = "调整" | | | | 可接受价格 | 不得高于现价 |
| 回拨手机 | call_back | 手机号 | | 联系 | 敏感 | 手机 | | |
| 寄送地址 | mail_to | 文本(200) | | 联系 | 敏感 | | 业主通讯地址 | |
| 相关合同 | about | 引用(购买合同) | | 交易 | | | | |
| 申请理由 | why | 文本(100) | 是 | | | | | |
| 内部评语 | remark | 文本(100) | | | | | | |
| 成交折扣 | discount_seen | 百分比 | | 交易 | | | | |
| 处理意见 | verdict | 选项(调整, 不调) | | | | | | |
:::

:::文件 通知 (relief_letter)
对象: 客户
表单: 优惠表
标题: 关于{姓名}的通知
编号: YH-{年}-{序号:3}
签章: 销售专用章
含敏感: 是
信息类别: 来往

{姓名}（{手机}）：

您申请的价格由{现价}元改为{新价}元{if 新价 < 500万 then "，请尽快签约" else ""}。申请理由：{申请理由}。

{公司名称}　{成文日期}　{经办人}　{文号}　案件{案件编号}　寄往{寄送地址}
:::

:::流程 优惠流程 (relief)
对象: 客户
编号: YH-{年}{月}-{序号:4}
总时限: 5天
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 时限 | 表单 | 字段权限 | 文件 | 去向 |
|---|---|---|---|---|---|---|---|
| 申请 | applying | 发起人 | 1天 | 优惠表 | 隐藏: 内部评语, 处理意见; 只读: 现价 | | → 审议 |
| 审议 | deciding | 客服经理 | 2天 | 优惠表 | 只读: 现价, 申请理由; 必填: 处理意见 | 通知 | 调整 → 归档; 不调 → 申请 |
:::
"""


def publish_forms() -> None:
    """Put it in force beside the other packs."""
    Publish(actor=SYSTEM, packs=(PackSource("form-tests", {"policy.md": POLICY}),)).run()


def apply(office: Office, values: Mapping[str, Typed] | None = None) -> Case:
    """林晓 applies for her customer."""
    return start(office.cast.lin_xiao, "relief", office.customer, {"why": "老客户", **(values or {})})


def decide(office: Office, case: Case, values: Mapping[str, Typed]) -> None:
    """周敏 decides."""
    complete(office.cast.zhou_min, case, "deciding", values=values)


def save(member: Member, case: Case, step: str, values: Mapping[str, Typed]) -> None:
    """暂存."""
    case.refresh_from_db()
    task = open_task(case, step)
    SaveForm(viewer=viewer(member), task_id=task.pk, version=case.version, values=values).run()


def stored(case: Case) -> dict[str, str | None]:
    """What is stored by field, sealed values as ``None``."""
    return dict(Value.objects.filter(case=case).order_by("field").values_list("field", "plain"))
