"""A company that asks its customers, published in the test, and what its people and customers do about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.notifications.channel_kinds import ChannelKind, Message, Setting
from keguan.runtime.notifications.models import Channel
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.actions import CompleteStep, StartCase
from keguan.runtime.processes.models import Case, Task, TaskState
from keguan.runtime.surveys import links
from keguan.runtime.surveys.actions import AnswerByLink
from keguan.runtime.surveys.models import Invitation
from keguan.runtime.surveys.sweeping import sweep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.validation import Typed
    from tests.cast import Member

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

POLICY = """---
id: survey-tests
title: 调查试验
version: {version}
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 报修 {{#repairs}}

:::流程 报修 (repair)
对象: 客户
发起: 客服专员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 登记 | filing | 发起人 | → 上门 |
| 上门 | fixing | 销售员 | 修好 → 归档; 不修 → 作废 |
:::

:::流程 咨询 (enquiry)
对象: 客户
发起: 客服专员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 答复 | reply | 销售员 | → 存档 |
| 存档 | filing | 客服专员 | → 归档 |
:::

:::职责 购房回访 (after_purchase)
对象: 客户

| 适用 | 责任角色 | 触发 | 时限 |
|---|---|---|---|
| - | 客服专员 | 新建 购买合同 | 次工作日 |
:::

### 第二条 调查 {{#surveys}}

:::表单 报修满意度 (repair_survey)
对象: 客户
信息类别: 来往
发放: 办结 报修
适用: 客户类别 = "个人"
延后: 2小时
发给: 手机, 邮箱
方式: 链接, 二维码, 短信, 回访
有效: 14天
间隔: 90天
回访角色: 客服专员, 客服经理

| 字段 | 代码 | 类型 | 必填 | 存入 | 量度 | 信息类别 | 密级 |
|---|---|---|---|---|---|---|---|
| 总体满意 | overall | 整数 | 是 | | 满意度(1-5, 4起) | | |
| 愿意推荐 | recommend | 整数 | | | 推荐度 | | |
| 报修省力 | effort | 整数 | | | 费力度(1-7) | | |
| 师傅态度 | manner | 选项(满意, 基本满意, 不满意) | | | 满意度(满意, 基本满意) | | |
| 愿带朋友来 | brings | 是否 | | 带动购买 | | | |
| 想说的话 | words | 长文本 | 总体满意 < 3 | | | | |
| 回电号码 | call_me | 文本(20) | | | | 联系 | 敏感 |
:::

:::表单 答复评价 (reply_survey)
对象: 客户
信息类别: 来往
发放: 办结 咨询.答复

| 字段 | 代码 | 类型 | 必填 | 量度 |
|---|---|---|---|---|
| 答复清楚 | clear | 整数 | 是 | 满意度 |
:::

:::表单 回访评价 (duty_survey)
对象: 客户
信息类别: 来往
发放: 办结 购房回访
方式: 回访

| 字段 | 代码 | 类型 | 必填 | 量度 |
|---|---|---|---|---|
| 回访满意 | called | 整数 | 是 | 满意度 |
:::

:::表单 购房满意度 (contract_survey)
对象: 购买合同
信息类别: 交易
发放: 新建
发给: 客户.手机
方式: 短信

| 字段 | 代码 | 类型 | 必填 | 量度 |
|---|---|---|---|---|
| 购房满意 | bought | 整数 | 是 | 推荐度 |
:::

:::表单 带动评价 (leading_survey)
对象: 客户
信息类别: 来往
发放: 当 带动购买 = true

| 字段 | 代码 | 类型 | 必填 | 量度 |
|---|---|---|---|---|
| 带动体会 | felt | 整数 | 是 | 费力度 |
:::
"""


class Sms(ChannelKind):
    """A way to customers' phones that remembers what it was given."""

    code = "sms_stand_in"
    label = "短信替身"  # type: ignore[assignment]
    note = "只记下来"  # type: ignore[assignment]
    settings: tuple[Setting, ...] = ()  # type: ignore[misc]
    address = "phone"

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Remember it."""
        self.messages.append(message)
        return "1"


def publish_policy(version: str = "1.0.0", *changes: tuple[str, str]) -> None:
    """Publish the surveys; each change of words must be found."""
    text = POLICY.format(version=version)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    Publish(actor=SYSTEM, packs=(PackSource("survey-tests", {"policy.md": text}),)).run()


def sms_channel() -> Channel:
    """The channel of ``Sms``, set up and on."""
    return Channel.objects.create(kind=Sms.code, label="短信", settings={})


def viewer(member: Member) -> Viewer:
    """A member of the cast in the browser."""
    return viewer_for(member.id)


def complete(member: Member, case_id: int, outcome: str = "", **values: Typed) -> None:
    """Complete the open step of a case."""
    case = Case.objects.get(pk=case_id)
    task = Task.objects.get(case=case, state=TaskState.OPEN)
    by, version = viewer(member), case.version
    CompleteStep(viewer=by, task_id=task.pk, version=version, outcome=outcome, values=values).run()


def repaired(clerk: Member, fitter: Member, customer_id: int, outcome: str = "修好") -> int:
    """A repair that the clerk files and the fitter ends; the case's id."""
    case_id = StartCase(viewer=viewer(clerk), process="repair", record_id=customer_id).run()
    complete(fitter, case_id, outcome)
    return case_id


def invitation(survey: str = "repair_survey") -> Invitation:
    """The last invitation of a survey."""
    return Invitation.objects.filter(survey=survey).latest("id")


def wait(**length: float) -> int:
    """Let time pass and have invitations sent and expire; how many."""
    clock.advance(timedelta(**length))
    return sweep()


def secret(found: Invitation) -> str:
    """The secret in an invitation's link."""
    found.refresh_from_db()
    return links.secret_of(found)


def answer(found: Invitation, way: str = "link", **values: Typed) -> int:
    """Answer as a customer."""
    return AnswerByLink(secret=secret(found), values=values, way=way).run()


def logged(action: str) -> list[dict[str, object]]:
    """What the ledger says of an action, newest first."""
    return [dict(each.data) for each in entries_page(filters=EntryFilters(action=action)).entries]
