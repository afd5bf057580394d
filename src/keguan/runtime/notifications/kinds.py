"""What people can be told: every kind of notice with its sentence, in the language of whoever reads it.

A sentence's placeholders are the notice's facts, beside ``%(subject)s``. A fact that is a moment (ISO 8601 with its
zone) is written as the company's clocks show it. Facts hold nothing that is protected: these sentences may leave the
house.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


class Group(StrEnum):
    """Kinds that a person wants to hear of in one way."""

    TODO = "todo"
    DEADLINE = "deadline"
    NEWS = "news"
    RESULT = "result"
    SYSTEM = "system"


GROUPS: dict[Group, Promise] = {
    Group.TODO: _("要我办的"),
    Group.DEADLINE: _("期限与逾期"),
    Group.NEWS: _("进展与抄送"),
    Group.RESULT: _("奖惩与结果"),
    Group.SYSTEM: _("系统事项"),
}
"""The groups in words, in the order of the preferences page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice."""

    group: Group
    sentence: Promise

    @property
    def facts(self) -> frozenset[str]:
        """The names of the facts in its sentence, apart from ``subject``."""
        return frozenset(_PLACEHOLDER.findall(str(self.sentence))) - {"subject"}


KINDS: dict[str, Kind] = {
    "cases.assigned": Kind(Group.TODO, _("%(process)s %(subject)s 的“%(step)s”到了您手上。")),
    "cases.assigned_until": Kind(
        Group.TODO, _("%(process)s %(subject)s 的“%(step)s”到了您手上，请在 %(due)s 前办理。")
    ),
    "cases.claimable": Kind(Group.TODO, _("%(process)s %(subject)s 的“%(step)s”等人领取，您可以办理。")),
    "cases.handed_on": Kind(Group.TODO, _("%(by)s 把%(process)s %(subject)s 的“%(step)s”转给您办理。")),
    "cases.consulted": Kind(Group.TODO, _("%(by)s 就%(process)s %(subject)s 的“%(step)s”请您给出意见。")),
    "cases.signer_added": Kind(Group.TODO, _("%(by)s 请您加签%(process)s %(subject)s 的“%(step)s”。")),
    "cases.returned": Kind(Group.TODO, _("%(by)s 把%(process)s %(subject)s 退回到“%(step)s”，请您重新办理。")),
    "cases.handed_over": Kind(
        Group.TODO,
        _("%(process)s %(subject)s 的“%(step)s”原由%(whose)s办理，应在 %(due)s 前办完，按%(clause)s转给您办理。"),
    ),
    "cases.urged": Kind(Group.TODO, _("%(by)s 催您办理%(process)s %(subject)s 的“%(step)s”。")),
    "cases.reminder": Kind(Group.DEADLINE, _("%(process)s %(subject)s 的“%(step)s”应在 %(due)s 前办完，请抓紧。")),
    "cases.step_overdue": Kind(Group.DEADLINE, _("%(process)s %(subject)s 的“%(step)s”已经逾期，原定 %(due)s。")),
    "cases.overdue": Kind(Group.DEADLINE, _("%(process)s %(subject)s 已超过总时限 %(due)s。")),
    "cases.vacant": Kind(Group.DEADLINE, _("%(process)s %(subject)s 的“%(step)s”没有人能办理，请安排。")),
    "cases.escalated": Kind(
        Group.DEADLINE,
        _(
            "%(process)s %(subject)s 的“%(step)s”由%(whose)s办理，应在 %(due)s 前办完，"
            "现在还没有办，按%(clause)s报告给您。"
        ),
    ),
    "cases.answered": Kind(Group.NEWS, _("%(by)s 答复了您就%(process)s %(subject)s 征求的意见。")),
    "cases.copied": Kind(Group.NEWS, _("%(process)s %(subject)s 的“%(step)s”抄送给您。")),
    "cases.commented": Kind(Group.NEWS, _("%(by)s 在%(process)s %(subject)s 里留了言。")),
    "cases.recalled": Kind(Group.NEWS, _("%(by)s 撤回了%(process)s %(subject)s 的“%(step)s”，您不用再办理。")),
    "cases.signer_removed": Kind(Group.NEWS, _("%(by)s 取消了您在%(process)s %(subject)s 的“%(step)s”的加签。")),
    "cases.deadline_changed": Kind(Group.NEWS, _("%(process)s %(subject)s 的期限改为 %(due)s。")),
    "cases.paused": Kind(Group.NEWS, _("%(process)s %(subject)s 暂停计时。")),
    "cases.resumed": Kind(Group.NEWS, _("%(process)s %(subject)s 恢复计时。")),
    "cases.closed": Kind(Group.NEWS, _("您发起的%(process)s %(subject)s 已经办结。")),
    "cases.withdrawn": Kind(Group.NEWS, _("%(by)s 撤销了%(process)s %(subject)s。")),
    "cases.terminated": Kind(Group.NEWS, _("%(by)s 终止了%(process)s %(subject)s。")),
    "cases.reopened": Kind(Group.NEWS, _("%(by)s 重新办理%(process)s %(subject)s，从“%(step)s”开始。")),
    "cases.merged": Kind(Group.NEWS, _("%(process)s %(subject)s 并入了 %(into)s。")),
    "cases.decided": Kind(Group.NEWS, _("%(process)s %(subject)s 的“%(step)s”到期未办，按规定自动作了结论。")),
    "duties.made": Kind(Group.TODO, _("您有新的待办：%(subject)s，请在 %(due)s 前完成。")),
    "duties.claimable": Kind(Group.TODO, _("有待办可以领取：%(subject)s，应在 %(due)s 前完成。")),
    "duties.handed_over": Kind(Group.TODO, _("%(by)s 把待办“%(subject)s”转给您，请在 %(due)s 前完成。")),
    "duties.reminder": Kind(Group.DEADLINE, _("待办“%(subject)s”应在 %(due)s 前完成，请抓紧。")),
    "duties.overdue": Kind(Group.DEADLINE, _("待办“%(subject)s”已经逾期，原定 %(due)s。")),
    "duties.escalated": Kind(
        Group.DEADLINE,
        _("%(whose)s的待办“%(subject)s”应在 %(due)s 前完成，现在还没有完成，按%(clause)s报告给您。"),
    ),
    "duties.vacant": Kind(Group.DEADLINE, _("待办“%(subject)s”没有责任人，请安排。")),
    "duties.exempted": Kind(Group.NEWS, _("%(by)s 免除了您的待办“%(subject)s”。")),
    "duties.cancelled": Kind(Group.NEWS, _("待办“%(subject)s”不用再办。")),
    "consequences.proposed": Kind(Group.TODO, _("有一项奖惩等您批准：%(subject)s。")),
    "consequences.late": Kind(Group.DEADLINE, _("奖惩“%(subject)s”到期还没有定，请尽快批准或否决。")),
    "consequences.in_force": Kind(Group.RESULT, _("对您的奖惩已经生效：%(subject)s。")),
    "consequences.rejected": Kind(Group.RESULT, _("奖惩没有获得批准：%(subject)s。")),
    "metrics.missed": Kind(Group.RESULT, _("指标“%(subject)s”在 %(first)s 至 %(last)s 这一期没有达标，请您查看。")),
    "metrics.warning": Kind(
        Group.RESULT, _("指标“%(subject)s”在 %(first)s 至 %(last)s 这一期差一点没有达标，请您查看。")
    ),
    "records.handed_over": Kind(Group.TODO, _("%(by)s 把%(subject)s等 %(count)s 份档案移交给您，现在归您负责。")),
    "records.offered": Kind(Group.TODO, _("%(by)s 想把%(subject)s等 %(count)s 份档案移交给您，请您确认接收。")),
    "allocations.recycling": Kind(
        Group.DEADLINE, _("您有 %(count)s 份档案久未跟进，%(due)s 起将按“%(subject)s”收回，请抓紧跟进。")
    ),
    "allocations.recycled": Kind(Group.NEWS, _("您有 %(count)s 份档案久未跟进，已按“%(subject)s”收回公海。")),
    "departures.left": Kind(Group.TODO, _("%(unit)s的%(subject)s已经离职，请看还有什么要移交。")),
    "org.proposed": Kind(Group.TODO, _("%(by)s提出任命%(subject)s为“%(role)s”，请您确认。")),
    "org.proposal_confirmed": Kind(Group.NEWS, _("您提出的任命（%(subject)s，%(role)s）已经确认。")),
    "org.proposal_refused": Kind(Group.NEWS, _("您提出的任命（%(subject)s，%(role)s）没有同意。")),
    "reviews.assigned": Kind(Group.TODO, _("权限复核“%(subject)s”有 %(count)s 项任命等您复核，请在 %(due)s 前办完。")),
    "reviews.reminder": Kind(Group.DEADLINE, _("权限复核“%(subject)s”还有 %(count)s 项等您复核，到 %(due)s 为止。")),
    "reviews.escalated": Kind(
        Group.DEADLINE, _("权限复核“%(subject)s”有 %(count)s 项到期没有复核，按规定转由您复核。")
    ),
    "permits.granted": Kind(Group.NEWS, _("您申请的%(right)s“%(subject)s”已获准。")),
    "permits.granted_until": Kind(Group.NEWS, _("您申请的%(right)s“%(subject)s”已获准，%(until)s 前有效。")),
    "permits.refused": Kind(Group.NEWS, _("您申请的%(right)s“%(subject)s”没有获准。")),
    "exports.ready": Kind(Group.NEWS, _("您导出的“%(subject)s”已经生成，请在 %(until)s 前下载。")),
    "exports.failed": Kind(Group.NEWS, _("您导出的“%(subject)s”没有完成，请到“导出”查看原因。")),
    "surveys.dissatisfied": Kind(Group.TODO, _("%(subject)s 的客户不满意，请您跟进。")),
    "retention.gathered": Kind(Group.TODO, _("有到期档案等您鉴定：%(subject)s。")),
    "retention.witnesses_wanted": Kind(Group.TODO, _("处置批次 %(subject)s 已批准，等人监销。")),
    "retention.refused": Kind(Group.NEWS, _("处置批次 %(subject)s 没有获得批准，档案继续保存。")),
    "calendars.unconfirmed": Kind(Group.SYSTEM, _("%(subject)s 年的放假调休还没有确认，期限可能不准。")),
    "deliveries.troubled": Kind(Group.SYSTEM, _("通知渠道“%(subject)s”今天有通知没有送到，请到“通知渠道”查看原因。")),
    "sign_in.new_place": Kind(
        Group.SYSTEM,
        _("您的账号于 %(at)s 从没用过的设备或地址登录：%(place)s。不是您本人，请马上改密码并结束那次登录。"),
    ),
    "sign_in.locked": Kind(Group.SYSTEM, _("您的账号连续输错，锁定到 %(until)s。不是您本人，请告诉系统管理员。")),
    "sign_in.password": Kind(Group.SYSTEM, _("您的密码于 %(at)s 改了（%(by)s）。不是您本人，请马上联系系统管理员。")),
    "sign_in.totp_on": Kind(Group.SYSTEM, _("您的账号于 %(at)s 绑定了动态口令（%(by)s）。")),
    "sign_in.totp_off": Kind(Group.SYSTEM, _("您的账号于 %(at)s 停用了动态口令（%(by)s）。")),
    "sign_in.passkey_on": Kind(Group.SYSTEM, _("您的账号于 %(at)s 绑定了一个通行密钥（%(by)s）。")),
    "sign_in.passkey_off": Kind(Group.SYSTEM, _("您的账号于 %(at)s 删除了一个通行密钥（%(by)s）。")),
    "sign_in.recovery": Kind(Group.SYSTEM, _("您的账号于 %(at)s 换了恢复码（%(by)s）。")),
    "sign_in.reset": Kind(Group.SYSTEM, _("您的登录验证于 %(at)s 被%(by)s重置，请重新绑定。")),
    "sign_in.bound": Kind(Group.SYSTEM, _("您的账号于 %(at)s 绑定了外部登录（%(by)s）。")),
    "sign_in.unbound": Kind(Group.SYSTEM, _("您的账号于 %(at)s 解除了外部登录（%(by)s）。")),
}
"""Every kind by its code. A domain that needs another one adds it here."""


def sentence_of(kind: str, subject: str, facts: Mapping[str, str | int]) -> str:
    """The sentence of a notice in the language that is active now. A kind of a newer program reads as its subject."""
    known = KINDS.get(kind)
    if known is None:
        return subject
    said = {name: _said(value) for name, value in facts.items()}
    return str(known.sentence) % {**dict.fromkeys(known.facts, ""), **said, "subject": subject}


def group_of(kind: str) -> Group:
    """The group of a kind; a kind of a newer program is news."""
    known = KINDS.get(kind)
    return Group.NEWS if known is None else known.group


def _said(value: str | int) -> str:
    if isinstance(value, str) and _MOMENT.match(value):
        at = datetime.fromisoformat(value)
        if at.tzinfo is not None:
            return f"{clock.local(at):%Y-%m-%d %H:%M}"
    return str(value)
