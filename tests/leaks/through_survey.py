"""What a customer answered: figures, the answers behind them, call-backs, the invitation in full, and the paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from keguan.language.source import PackSource
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import current
from keguan.runtime.surveys import links
from keguan.runtime.surveys import queries as surveys
from keguan.runtime.surveys.actions import AnswerByLink, SendNow
from keguan.runtime.surveys.inviting import Invite, Occasion
from keguan.runtime.surveys.models import Invitation
from tests.leaks.world import ID_NUMBER, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.leaks.world import Person, World

POLICY = """---
id: leak-surveys
title: 泄露试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 调查 {#asked}

:::表单 泄露调查 (leak_survey)
对象: 客户
信息类别: 来往
发放: 新建
发给: 手机
方式: 短信, 二维码, 回访

| 字段 | 代码 | 类型 | 必填 | 量度 | 信息类别 | 密级 |
|---|---|---|---|---|---|---|
| 满意 | leak_score | 整数 | 是 | 满意度 | | |
| 您的称呼 | leak_called | 文本 | | | 身份 | |
| 您的证件 | leak_paper | 文本 | | | 身份 | 敏感 |
| 您的电话 | leak_number | 文本 | | | 联系 | 敏感 |
| 您的意见 | leak_words | 长文本 | | | | |
| 您的合同 | leak_contract | 文本 | | | 交易 | |
| 您的卡 | leak_card | 选项(钻石卡, 铂金卡) | | | 等级 | |
:::
"""
SPAN = surveys.Span(date(2026, 1, 1), date(2026, 12, 31))


def drive(world: World, person: Person) -> str:
    """Everything about surveys that the person gets."""
    asked, paper = _asked(world)
    viewer = person.viewer
    looks: list[Callable[[], object]] = [
        lambda: surveys.survey_cards(viewer, SPAN),
        lambda: surveys.results(viewer, "leak_survey", "leak_score", SPAN),
        lambda: [
            surveys.answers(viewer, "leak_survey", code, SPAN, {})
            for code in ("leak_score", "leak_called", "leak_words", "leak_contract", "leak_card")
        ],
        lambda: surveys.due_call_backs(viewer),
        lambda: surveys.invitation_view(viewer, asked),
    ]
    return paper + "\n".join(map(_seen, looks))


def _asked(world: World) -> tuple[int, str]:
    """The invitation, answered, and what the customer's page had shown before; made the first time."""
    if "leak-surveys" not in current().model.policies:
        Publish(actor=SYSTEM, packs=(PackSource("leak-surveys", {"policy.md": POLICY}),)).run()
    form = current().model.blocks.forms["leak_survey"]
    assert form.survey is not None
    keeper = next(each.viewer for each in world.people if each.role.code == "service_manager")
    about = Occasion("leak", world.customer, "leak-surveys#asked", handler_id=world.cast.lin_xiao.id)
    made = Invite(policy=current(), form=form, survey=form.survey, occasion=about).run()
    if made is None:
        found = Invitation.objects.get(survey="leak_survey")
        return found.pk, ""
    SendNow(viewer=keeper, invitation_id=made).run()
    secret = links.secret_of(Invitation.objects.get(pk=made))
    paper = repr(surveys.paper(secret, "zh"))
    values = {
        "leak_score": "1",
        "leak_called": "秦未央",
        "leak_paper": ID_NUMBER,
        "leak_number": PHONE,
        "leak_words": "暗号龙井",
        "leak_contract": "HT-秘-77",
        "leak_card": "钻石卡",
    }
    AnswerByLink(secret=secret, values=values).run()
    return made, paper.replace("钻石卡", "")  # an option of the question, not the answer


def _seen(look: Callable[[], object]) -> str:
    try:
        return repr(look())
    except Refused as refused:
        return str(refused)
