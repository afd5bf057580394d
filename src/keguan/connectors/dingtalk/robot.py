r"""Robots of DingTalk groups, secured by a signature.

https://open.dingtalk.com/document/robots/customize-robot-security-settings: ``timestamp`` in milliseconds, ``sign`` =
URL-encoded Base64 of HMAC-SHA256(secret, timestamp + "\n" + secret), within an hour of their clock.
https://open.dingtalk.com/document/robots/custom-robot-access: msgtype text, text.content, at.atMobiles, at.isAtAll; at
most 20 messages a minute (errcode 130101), a wrong signature is errcode 310000.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from keguan.connectors.dingtalk.answers import require
from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import post_json
from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import ChannelKind, Message, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SERVER = "https://oapi.dingtalk.com"


class DingTalkRobot(ChannelKind):
    """A message in a DingTalk group, with the person's name in front and the person called."""

    code = "dingtalk_robot"
    label = _("钉钉群机器人")
    note = _("发到一个群，写明是给谁的，并提醒本人。安全设置请选“加签”。")
    settings = (
        Setting("access_token", "access_token", _("地址中 access_token= 之后的部分"), secret=True),
        Setting("secret", _("加签密钥"), _("以 SEC 开头"), secret=True),
        Setting("server", _("接口地址"), _("专有部署时修改"), default=SERVER, required=False),
    )
    mention = "phone"

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """An address that is none."""
        sentence = wrong_address(settings.get("server") or SERVER)
        return {"server": sentence} if sentence else {}

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Send a text. Raises ``NotSent`` and ``MaybeSent``."""
        at = {"atMobiles": [message.mention] if message.mention else [], "isAtAll": False}
        called = f"@{message.mention} " if message.mention else ""
        payload = {"msgtype": "text", "text": {"content": f"{called}{message.name}：{message.text}"}, "at": at}
        query = {"access_token": settings["access_token"], **signed(settings["secret"], clock.now())}
        server = settings.get("server") or SERVER
        require(post_json(f"{server}/robot/send?{urlencode(query)}", payload))
        return ""


def signed(secret: str, at: datetime) -> dict[str, str]:
    """The timestamp and the signature of a request, not yet URL-encoded."""
    timestamp = str(round(at.timestamp() * 1000))
    digest = hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), "sha256")
    return {"timestamp": timestamp, "sign": b64encode(digest).decode()}
