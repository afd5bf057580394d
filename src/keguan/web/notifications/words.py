"""States of deliveries in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

STATES: dict[str, tuple[Promise, str]] = {
    "waiting": (_("等待发送"), "waiting"),
    "sending": (_("正在发送"), "running"),
    "sent": (_("已送达"), "green"),
    "failed": (_("对方不接受"), "red"),
    "uncertain": (_("不确定"), "amber"),
    "given_up": (_("多次未成，已放弃"), "red"),
}
"""Each state's word and the colour of its pill."""

PURPOSES: dict[str, Promise] = {
    "notice": _("通知"),
    "trial": _("试发"),
    "code": _("验证码"),
    "customer": _("致客户"),
}
"""What a delivery is for."""
