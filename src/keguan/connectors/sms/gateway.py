"""SMS through any gateway that takes our signed JSON: ``{"key", "to", "text"}``, signed like a webhook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import post
from keguan.connectors.sms.words import short
from keguan.connectors.webhook.signing import HEADER, signature
from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import ChannelKind, Message, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 70
"""Characters of one SMS in Chinese."""


class SmsGateway(ChannelKind):
    """An SMS through the company's own gateway. Whether it drops repeats is not known, so none are sent."""

    code = "sms_gateway"
    label = _("短信（自有网关）")
    note = _("以签名的数据交给公司自己的短信网关，由它发到本人手机。")
    settings = (
        Setting("url", _("网关地址"), "https://"),
        Setting("secret", _("签名密钥"), _("双方约定，至少16个字符"), secret=True),
    )
    address = "phone"

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """An address that is none."""
        sentence = wrong_address(settings["url"])
        return {"url": sentence} if sentence else {}

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """POST it. Raises ``NotSent`` and ``MaybeSent``."""
        payload = {"key": message.key, "to": message.to, "text": short(message, LONGEST)}
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        signed = signature(settings["secret"], body, clock.now())
        post(
            settings["url"], body, {"Content-Type": "application/json", "Idempotency-Key": message.key, HEADER: signed}
        )
        return ""
