"""The customers' own pages. Whoever looks there is nobody: signed in as staff or not, they see what the query code
opens, and a process that would send out everything it may holds every secret of the customer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.test import Client

from keguan.language.source import PackSource
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.intake.models import Knock, Submission
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.actions import CompleteStep
from keguan.runtime.processes.models import Case
from keguan.runtime.processes.queries import case_view
from tests.leaks.world import ID_NUMBER, PHONE

if TYPE_CHECKING:
    from tests.leaks.world import Person, World

POLICY = """---
id: leak-portal
title: 泄露试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 来件 {#incoming}

:::档案 来件 (leak_matter)
显示: 来件摘要

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 来件客户 | about | 引用(客户) | | 来往 | 一般 |
| 来件摘要 | matter | 文本(60) | 是 | 来往 | 一般 |
| 来件人 | sender | 文本(60) | 是 | 身份 | 一般 |
| 来件电话 | sender_phone | 手机号 | 是 | 联系 | 敏感 |
:::

:::表单 来件单 (leak_public)
对象: 来件
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 | 存入 |
|---|---|---|---|---|
| 您的姓名 | leak_sender | 文本(60) | 是 | 来件人 |
| 您的手机 | leak_sender_phone | 手机号 | 是 | 来件电话 |
| 什么事 | leak_matter_told | 文本(60) | 是 | 来件摘要 |
:::

:::表单 内部单 (leak_inside)
对象: 来件
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 | 密级 |
|---|---|---|---|---|
| 内部意见 | inside | 长文本 | | 一般 |
| 核对的证件 | inside_id | 身份证号 | | 敏感 |
| 答复 | outside | 长文本 | 是 | 一般 |
:::

:::流程 来件办理 (leak_incoming)
对象: 来件
编号: LJ-{序号:4}
发起: 销售员
网上受理: 来件单
网上认人: 来件客户(姓名 = 您的姓名, 手机 = 您的手机)
网上答复: 答复

| 步骤 | 代码 | 办理角色 | 表单 | 去向 |
|---|---|---|---|---|
| 收件 | receiving | 发起人 | | → 答复 |
| 答复 | answering | 客服经理 | 内部单 | → 归档 |
:::
"""

BEGIN = "/portal/begin/leak_incoming/"
INSIDE = "秦未央，暗号龙井，HT-秘-77，61,234,567"
"""What staff note of the customer: a value of every class."""


def drive(world: World, person: Person) -> str:
    """Everything there is on the portal, in this person's browser: the pages, a form sent in by a stranger and by one
    who knows the customer's name and telephone, and the answered case; what they typed themselves is left out.
    """
    if "leak-portal" not in current().model.policies:
        Publish(actor=SYSTEM, packs=(PackSource("leak-portal", {"policy.md": POLICY}),)).run()
    browser = person.client
    pages = ("/portal/", BEGIN, "/portal/look-up/", "/portal/look-up/?number=LJ-0001")
    seen = [browser.get(address).content.decode() for address in pages]
    known, stranger = _send(browser, "秦未央", PHONE), _send(browser, "骆遥", "13800138001")
    seen += [known, stranger]
    number, code = re.findall("<dd>([^<]+)</dd>", known)
    _answer(world, number)
    asked = ((number, code), (number, "2222-2222-2222"), ("LJ-9999", code))
    answers = [browser.post("/portal/look-up/", {"number": each[0], "code": each[1]}) for each in asked]
    seen += [answer.content.decode() for answer in answers]
    assert "已按制度答复" in seen[-3]
    return "\n".join(seen)


def _send(browser: Client, name: str, phone: str) -> str:
    """The receipt for somebody of this name and number; the limits are not what this is about."""
    Knock.objects.all().delete()
    mark = re.findall('name="mark" value="([^"]+)"', browser.get(BEGIN).content.decode())[0]
    typed = {"v-leak_sender": name, "v-leak_sender_phone": phone, "v-leak_matter_told": "想问进度", "mark": mark}
    return browser.post(BEGIN, typed).content.decode()


def _answer(world: World, number: str) -> None:
    """The service manager answers, and notes what only the house may know."""
    case = Case.objects.get(pk=Submission.objects.get(number=number).case_id)
    manager = viewer_for(world.cast.zhou_min.id)
    found = case_view(manager, case.pk)
    values = {"inside": INSIDE, "inside_id": ID_NUMBER, "outside": "已按制度答复"}
    CompleteStep(viewer=manager, task_id=found.task_ids[0], version=found.version, values=values).run()
