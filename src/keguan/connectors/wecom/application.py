"""Messages that a WeCom application sends to a member.

https://developer.work.weixin.qq.com/document/path/91039 (``gettoken``: corpid, corpsecret → access_token, expires_in)
https://developer.work.weixin.qq.com/document/path/90236 (``message/send``: touser, msgtype, agentid, text.content of at
most 2,048 bytes; enable_duplicate_check drops the same request for duplicate_check_interval seconds, at most four
hours; the answer holds errcode, errmsg, invaliduser, msgid).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import get_json, post_json
from keguan.connectors.http.tokens import forget, token
from keguan.connectors.wecom.answers import TOKEN_ENDED, require
from keguan.runtime.notifications.channel_kinds import ChannelKind, Message, NotSent, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVER = "https://qyapi.weixin.qq.com"
LONGEST = 2048
"""Bytes of a text; WeCom cuts what is longer."""

DUPLICATES = timedelta(hours=4)
"""For how long WeCom can be asked to drop the same request."""


class WeComApplication(ChannelKind):
    """A message in the member's WeCom, from the company's own application."""

    code = "wecom_app"
    label = _("企业微信应用消息")
    note = _("发到本人的企业微信。人员须在应用的可见范围内。")
    settings = (
        Setting("corp_id", _("企业编号"), "corpid"),
        Setting("agent_id", _("应用编号"), "agentid"),
        Setting("secret", _("应用密钥"), "corpsecret", secret=True),
        Setting("server", _("接口地址"), _("私有化部署时修改"), default=SERVER, required=False),
    )
    address = "wecom"
    by_default = True
    repeats = DUPLICATES - timedelta(minutes=5)  # our clock and theirs may differ

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """An application's number that is none, an address that is none."""
        found = {} if settings["agent_id"].isdecimal() else {"agent_id": str(_("应用编号是一个整数。"))}
        sentence = wrong_address(settings.get("server") or SERVER)
        return found | ({"server": sentence} if sentence else {})

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Send a text; the number is WeCom's ``msgid``. Raises ``NotSent`` and ``MaybeSent``."""
        payload: dict[str, Any] = {
            "touser": message.to,
            "msgtype": "text",
            "agentid": int(settings["agent_id"]),
            "text": {"content": cut(message.text, LONGEST)},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": int(DUPLICATES.total_seconds()),
        }
        server = settings.get("server") or SERVER
        whose = ("wecom", server, settings["corp_id"], settings["secret"])
        query = urlencode({"access_token": token(whose, lambda: _token(server, settings))})
        answer = post_json(f"{server}/cgi-bin/message/send?{query}", payload)
        if answer.get("errcode") in TOKEN_ENDED:
            forget(whose)
        require(answer)
        if answer.get("invaliduser"):
            raise NotSent(str(_("企业微信里没有这个人员，或者不在应用的可见范围内。")), again=False)
        return str(answer.get("msgid", ""))


def cut(text: str, most: int) -> str:
    """The text, cut to so many bytes of UTF-8 between two characters."""
    raw = text.encode()
    return text if len(raw) <= most else raw[: most - 3].decode(errors="ignore") + "…"


def _token(server: str, settings: Mapping[str, str]) -> tuple[str, int]:
    query = urlencode({"corpid": settings["corp_id"], "corpsecret": settings["secret"]})
    answer = get_json(f"{server}/cgi-bin/gettoken?{query}")
    require(answer)
    return str(answer.get("access_token", "")), int(answer.get("expires_in", 0))
