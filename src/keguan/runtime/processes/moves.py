"""What can happen to a case, by name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MoveKind(models.TextChoices):
    """Every kind of move; its value stands in ``Move.kind``, in the ledger (``cases.<value>``) and in the API, its
    label is what people read.
    """

    START = "start", _("发起")
    CLAIM = "claim", _("领取")
    RELEASE = "release", _("放回")
    SAVE = "save", _("暂存")
    COMPLETE = "complete", _("办理")
    TRANSFER = "transfer", _("转办")
    CONSULT = "consult", _("委派")
    ANSWER = "answer", _("答复委派")
    ADD_SIGNER = "add_signer", _("加签")
    REMOVE_SIGNER = "remove_signer", _("减签")
    RETURN = "return", pgettext_lazy("case", "退回")
    RECALL = "recall", _("撤回")
    URGE = "urge", _("催办")
    COPY = "copy", _("抄送")
    COMMENT = "comment", _("附言")
    PAUSE = "pause", _("暂停计时")
    RESUME = "resume", _("恢复计时")
    EXTEND = "extend", _("改期限")
    WITHDRAW = "withdraw", _("撤销")
    TERMINATE = "terminate", _("终止")
    REOPEN = "reopen", _("重新办理")
    MERGE = "merge", _("并案")
    REMIND = "remind", _("到时提醒")  # from here on the clock moves it, not a person
    ESCALATE = "escalate", _("超时升级")
    HAND_OVER = "hand_over", _("超时转给")
    DECIDE = "decide", _("超时自动办理")
    LATE = "late", _("逾期")
    RECKON = "reckon", _("按日历重算期限")
    SUB_ENDED = "sub_ended", _("子流程结束")
