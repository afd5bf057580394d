r"""Robots of Feishu groups, secured by a signature.

https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: POST /open-apis/bot/v2/hook/<token> with
``timestamp`` (seconds, within an hour), ``sign``, ``msg_type`` text and ``content.text``. The signature is Base64 of
HMAC-SHA256 with timestamp + "\n" + secret as the *key* and nothing as the message. ``code`` 0 is success; 19021 a wrong
signature, 19024 a missing key word, 11232 and 9499 too many messages (100 a minute, 5 a second).
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import post_json
from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import ChannelKind, Message, NotSent, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SERVER = "https://open.feishu.cn"
_BUSY = frozenset({9499, 11232})
_MINUTE = 60


class FeishuRobot(ChannelKind):
    """A message in a Feishu group, with the person's name in front."""

    code = "feishu_robot"
    label = _("飞书群机器人")
    note = _("发到一个群，写明是给谁的。安全设置请选“签名校验”。")
    settings = (
        Setting("hook", _("机器人标识"), _("地址中 hook/ 之后的部分"), secret=True),
        Setting("secret", _("签名密钥"), secret=True),
        Setting("server", _("接口地址"), _("私有化部署时修改"), default=SERVER, required=False),
    )

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """An address that is none."""
        sentence = wrong_address(settings.get("server") or SERVER)
        return {"server": sentence} if sentence else {}

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Send a text. Raises ``NotSent`` and ``MaybeSent``."""
        payload: dict[str, Any] = {
            **signed(settings["secret"], clock.now()),
            "msg_type": "text",
            "content": {"text": f"{message.name}：{message.text}"},
        }
        server = settings.get("server") or SERVER
        answer = post_json(f"{server}/open-apis/bot/v2/hook/{settings['hook']}", payload)
        code = answer.get("code", answer.get("StatusCode", 0))
        if code != 0:
            told = {"code": code, "text": str(answer.get("msg", ""))[:120]}
            busy = code in _BUSY
            raise NotSent(gettext("飞书不接受：%(text)s（%(code)s）") % told, again=busy, after=_MINUTE if busy else 0)
        return ""


def signed(secret: str, at: datetime) -> dict[str, str]:
    """The timestamp and the signature of a request."""
    timestamp = str(int(at.timestamp()))
    digest = hmac.digest(f"{timestamp}\n{secret}".encode(), b"", "sha256")
    return {"timestamp": timestamp, "sign": b64encode(digest).decode()}
