"""A system of the company's own that wants to hear of every notice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import post
from keguan.connectors.webhook.signing import HEADER, signature
from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import ALWAYS, ChannelKind, Message, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST_SECRET = 16


class Webhook(ChannelKind):
    """Signed JSON over HTTPS. Its receiver drops a second message of the same ``Idempotency-Key``, so it is sent again
    whenever it is unknown whether it arrived.
    """

    code = "webhook"
    label = _("网络回调")
    note = _("把每一条通知以签名的数据发给公司自己的系统；同一条可能重发，请对方按编号去重。")
    settings = (
        Setting("url", _("接收地址"), "https://"),
        Setting("secret", _("签名密钥"), _("双方约定，至少16个字符"), secret=True),
    )
    for_everything = True
    repeats = ALWAYS

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """An address that is none, a secret that is too short."""
        found = {"url": wrong_address(settings["url"])}
        if len(settings["secret"]) < SHORTEST_SECRET:
            found["secret"] = str(_("签名密钥至少16个字符。"))
        return {name: sentence for name, sentence in found.items() if sentence}

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """POST it. Raises ``NotSent`` and ``MaybeSent``."""
        payload = {
            "key": message.key,
            "name": message.name,
            "title": message.title,
            "sentences": list(message.sentences),
            "link": message.link,
        }
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": message.key,
            HEADER: signature(settings["secret"], body, clock.now()),
        }
        post(settings["url"], body, headers)
        return ""
