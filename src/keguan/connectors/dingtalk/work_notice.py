"""DingTalk work notices (工作通知) from an application of the company's own.

https://open.dingtalk.com/document/orgapp/obtain-orgapp-token (``gettoken``: appkey, appsecret → access_token,
expires_in)
https://open.dingtalk.com/document/orgapp/asynchronous-sending-of-enterprise-session-messages
(``topapi/message/corpconversation/asyncsend_v2``: agent_id, userid_list, msg of at most 2,048 bytes; answer errcode,
task_id). The same content reaches the same person once a day only; ours differ, for each ends in its own link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from keguan.connectors.dingtalk.answers import TOKEN_ENDED, require
from keguan.connectors.dingtalk.robot import SERVER
from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import get_json, post_json
from keguan.connectors.http.tokens import forget, token
from keguan.runtime.notifications.channel_kinds import ChannelKind, Message, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 500
"""Characters of a text, which with its frame stays under 2,048 bytes."""


class DingTalkWorkNotice(ChannelKind):
    """A work notice in the member's DingTalk."""

    code = "dingtalk_work"
    label = _("钉钉工作通知")
    note = _("发到本人的钉钉，由企业内部应用发出。")
    settings = (
        Setting("app_key", _("应用标识"), "appkey"),
        Setting("agent_id", _("应用编号"), "agent_id"),
        Setting("secret", _("应用密钥"), "appsecret", secret=True),
        Setting("server", _("接口地址"), _("专有部署时修改"), default=SERVER, required=False),
    )
    address = "dingtalk"
    by_default = True

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """An application's number that is none, an address that is none."""
        found = {} if settings["agent_id"].isdecimal() else {"agent_id": str(_("应用编号是一个整数。"))}
        sentence = wrong_address(settings.get("server") or SERVER)
        return found | ({"server": sentence} if sentence else {})

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Send a text; the number is DingTalk's ``task_id``. Raises ``NotSent`` and ``MaybeSent``."""
        text = message.text if len(message.text) <= LONGEST else message.text[: LONGEST - 1] + "…"
        payload = {
            "agent_id": int(settings["agent_id"]),
            "userid_list": message.to,
            "msg": {"msgtype": "text", "text": {"content": text}},
        }
        server = settings.get("server") or SERVER
        whose = ("dingtalk", server, settings["app_key"], settings["secret"])
        query = urlencode({"access_token": token(whose, lambda: _token(server, settings))})
        answer = post_json(f"{server}/topapi/message/corpconversation/asyncsend_v2?{query}", payload)
        if answer.get("errcode") in TOKEN_ENDED:
            forget(whose)
        require(answer)
        return str(answer.get("task_id", ""))


def _token(server: str, settings: Mapping[str, str]) -> tuple[str, int]:
    query = urlencode({"appkey": settings["app_key"], "appsecret": settings["secret"]})
    answer = get_json(f"{server}/gettoken?{query}")
    require(answer)
    return str(answer.get("access_token", "")), int(answer.get("expires_in", 0))
