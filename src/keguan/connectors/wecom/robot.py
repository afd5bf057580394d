"""Robots of WeCom groups.

https://developer.work.weixin.qq.com/document/path/91770 (``webhook/send?key=``: msgtype text, text.content of at
most 2,048 bytes, text.mentioned_mobile_list; at most 20 messages a minute, then errcode 45009).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import post_json
from keguan.connectors.wecom.answers import require
from keguan.connectors.wecom.application import LONGEST, SERVER, cut
from keguan.runtime.notifications.channel_kinds import ChannelKind, Message, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class WeComRobot(ChannelKind):
    """A message in a WeCom group, with the person's name in front and the person called."""

    code = "wecom_robot"
    label = _("企业微信群机器人")
    note = _("发到一个群，写明是给谁的，并提醒本人。")
    settings = (
        Setting("key", _("机器人的 key"), _("地址中 key= 之后的部分"), secret=True),
        Setting("server", _("接口地址"), _("私有化部署时修改"), default=SERVER, required=False),
    )
    mention = "phone"

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """An address that is none."""
        sentence = wrong_address(settings.get("server") or SERVER)
        return {"server": sentence} if sentence else {}

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Send a text. Raises ``NotSent`` and ``MaybeSent``."""
        text: dict[str, Any] = {"content": cut(f"{message.name}：{message.text}", LONGEST)}
        if message.mention:
            text["mentioned_mobile_list"] = [message.mention]
        server = settings.get("server") or SERVER
        query = urlencode({"key": settings["key"]})
        require(post_json(f"{server}/cgi-bin/webhook/send?{query}", {"msgtype": "text", "text": text}))
        return ""
