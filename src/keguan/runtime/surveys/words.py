"""States, ways and measures in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keguan.language.model.survey import Measure, Way
from keguan.runtime.surveys.models import InvitationState

if TYPE_CHECKING:
    from django.utils.functional import Promise

STATES: dict[str, Promise] = {
    InvitationState.WAITING: pgettext_lazy("a survey", "待发出"),
    InvitationState.SENT: pgettext_lazy("a survey", "待答"),
    InvitationState.ANSWERED: pgettext_lazy("a survey", "已答"),
    InvitationState.EXPIRED: pgettext_lazy("a survey", "过期未答"),
    InvitationState.THROTTLED: pgettext_lazy("a survey", "未打扰"),
    InvitationState.CALLED_OFF: pgettext_lazy("a survey", "已取消"),
}
WAYS: dict[str, Promise] = {
    Way.LINK: _("链接"),
    Way.QR: _("二维码"),
    Way.SMS: _("短信"),
    Way.EMAIL: _("邮件"),
    Way.CALL: _("回访"),
}
MEASURES: dict[str, Promise] = {
    Measure.SATISFACTION: _("满意度 CSAT"),
    Measure.RECOMMENDATION: _("推荐度 NPS"),
    Measure.EFFORT: _("费力度 CES"),
}
NO_CHANNEL, NO_ADDRESS = "no_channel", "no_address"
UNWRITTEN: dict[str, Promise] = {
    NO_CHANNEL: _("没有发送：还没有能发给客户的短信或邮件渠道，或者没有设置系统网址。可以把链接或二维码给客户。"),
    NO_ADDRESS: _("没有发送：档案里没有客户的手机号或邮箱。可以把链接或二维码给客户。"),
}
"""Why no SMS and no e-mail went out, though the survey asks for one."""
