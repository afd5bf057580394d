"""SMS through Alibaba Cloud.

https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms (``SendSms`` 2017-05-25 at
dysmsapi.aliyuncs.com: PhoneNumbers, SignName, TemplateCode, TemplateParam as JSON, OutId; answer Code "OK", Message,
BizId). A template's variable holds at most 35 characters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import post, read
from keguan.connectors.sms.acs3 import Call, headers
from keguan.connectors.sms.words import short
from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import ChannelKind, Message, NotSent, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVER = "https://dysmsapi.aliyuncs.com"
LONGEST = 35
_AGAIN = (
    "isv.BUSINESS_LIMIT_CONTROL",
    "isp.SYSTEM_ERROR",
    "isp.RAM_PERMISSION_DENY",
    "Throttling",
    "ServiceUnavailable",
)
_MINUTE = 60


class AliyunSms(ChannelKind):
    """An SMS by a template of the company's own."""

    code = "sms_aliyun"
    label = _("短信（阿里云）")
    note = _("按阿里云的短信模板发到本人手机；模板里留一个变量放通知内容。")
    settings = (
        Setting("key_id", "AccessKey ID"),
        Setting("secret", "AccessKey Secret", secret=True),
        Setting("sign_name", _("短信签名")),
        Setting("template", _("模板编号"), "SMS_"),
        Setting("variable", _("模板变量"), default="content"),
        Setting(
            "link_template",
            _("客户链接模板编号"),
            _("给客户发调查链接用；模板里写好网址，变量填网址最后一段"),
            required=False,
        ),
        Setting("server", _("接口地址"), default=SERVER, required=False),
    )
    address = "phone"

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """An address that is none."""
        sentence = wrong_address(settings.get("server") or SERVER)
        return {"server": sentence} if sentence else {}

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Send it; the number is Alibaba's ``BizId``. Raises ``NotSent`` and ``MaybeSent``."""
        server = settings.get("server") or SERVER
        template, text = settings["template"], short(message, LONGEST)
        if message.whole:
            template, text = settings.get("link_template", ""), message.link.rpartition("/")[2]
            if not template:
                raise NotSent(gettext("没有填写客户链接模板编号，链接发不出去。"), again=False)
        parameters = {
            "PhoneNumbers": message.to,
            "SignName": settings["sign_name"],
            "TemplateCode": template,
            "TemplateParam": json.dumps({settings["variable"]: text}, ensure_ascii=False),
            "OutId": message.key,
        }
        call = Call(urlsplit(server).netloc, "SendSms", "2017-05-25", parameters)
        signed = headers(call, settings["key_id"], settings["secret"], clock.now(), uuid4().hex)
        answer = read(post(f"{server}/?{call.query}", b"", signed))
        code = str(answer.get("Code", ""))
        if code != "OK":
            told = {"code": code, "text": str(answer.get("Message", ""))[:120]}
            again = code.startswith(_AGAIN)
            raise NotSent(
                gettext("阿里云不接受：%(text)s（%(code)s）") % told, again=again, after=_MINUTE if again else 0
            )
        return str(answer.get("BizId", ""))
