"""SMS through Alibaba Cloud."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from keguan.connectors.sms.acs3 import Call, headers
from keguan.connectors.sms.aliyun import AliyunSms
from keguan.connectors.sms.words import short
from keguan.runtime.notifications.channel_kinds import Message, NotSent
from tests.connectors.stand_in import Receiver, Request


def test_the_documented_example() -> None:
    """The example that Alibaba's page on version 3 works through gives the signature that the page gives."""
    call = Call(
        "ecs.cn-shanghai.aliyuncs.com",
        "RunInstances",
        "2014-05-26",
        {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"},
    )
    at = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)
    signed = headers(call, "YourAccessKeyId", "YourAccessKeySecret", at, "3156853299f313e23d1673dc12e1703d")
    assert signed["Authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def verified(request: Request, secret: str) -> bool:
    """What Alibaba does: the canonical request from what came in, under the key's secret."""
    _algorithm, _space, rest = request.headers["authorization"].partition(" ")
    parts = dict(each.split("=", 1) for each in rest.split(","))
    names = parts["SignedHeaders"].split(";")
    lines = "".join(f"{name}:{request.headers[name]}\n" for name in names)
    body = hashlib.sha256(request.body).hexdigest()
    canonical = f"POST\n/\n{request.raw_query}\n{lines}\n{parts['SignedHeaders']}\n{body}"
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    return hmac.new(secret.encode(), to_sign.encode(), "sha256").hexdigest() == parts["Signature"]


@pytest.fixture
def settings_of_it(receiver: Receiver) -> dict[str, str]:
    """The settings of an account."""
    receiver.answers["/"] = (200, {"Code": "OK", "Message": "OK", "BizId": "900619746936498440^0", "RequestId": "r"})
    return {
        "key_id": "LTAI1",
        "secret": "s3cret",
        "sign_name": "客管",
        "template": "SMS_1",
        "variable": "content",
        "server": receiver.url,
    }


def test_an_sms_is_signed(receiver: Receiver, settings_of_it: dict[str, str], message: Message) -> None:
    """Action, version, number, signature, template and the sentence; a signature that Alibaba's own steps confirm."""
    assert AliyunSms().send(settings_of_it, message) == "900619746936498440^0"
    (request,) = receiver.requests
    assert (request.headers["x-acs-action"], request.headers["x-acs-version"]) == ("SendSms", "2017-05-25")
    assert request.headers["x-acs-date"] == "2026-11-23T04:00:00Z"
    assert json.loads(request.query.pop("TemplateParam")) == {"content": message.sentences[0]}
    assert request.query == {
        "PhoneNumbers": "somebody",
        "SignName": "客管",
        "TemplateCode": "SMS_1",
        "OutId": "n17-c3",
    }
    assert verified(request, "s3cret")
    assert not verified(request, "other")


def test_a_long_sentence_is_cut(receiver: Receiver, settings_of_it: dict[str, str]) -> None:
    """A template's variable takes 35 characters."""
    long = Message("k", "13800138000", "林晓", "t", ("长" * 60,), "")
    AliyunSms().send(settings_of_it, long)
    assert json.loads(receiver.requests[0].query["TemplateParam"]) == {"content": "长" * 34 + "…"}


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        ({"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "触发小时级流控"}, True),
        ({"Code": "Throttling.User", "Message": "Request was denied due to user flow control."}, True),
        ({"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "号码非法"}, False),
        ({"Code": "isv.SMS_TEMPLATE_ILLEGAL", "Message": "模板不合法"}, False),
    ],
)
def test_it_is_refused(
    receiver: Receiver, settings_of_it: dict[str, str], message: Message, answer: dict[str, Any], again: bool
) -> None:
    """Too many: later. A wrong number or template: never."""
    receiver.answers["/"] = (200, answer)
    with pytest.raises(NotSent) as failure:
        AliyunSms().send(settings_of_it, message)
    assert failure.value.again is again
    assert set(AliyunSms().wrong({"server": "x"})) == {"server"}


LINK = Message(
    "k", "13800138000", "客户", "评价", ("云岭置地请您评价：",), "https://kg.example/portal/s/AbC-1", whole=True
)


def test_a_link_goes_by_its_own_template(receiver: Receiver, settings_of_it: dict[str, str]) -> None:
    """A customer's link has a template in which the address stands; its variable takes the last part, uncut."""
    AliyunSms().send({**settings_of_it, "link_template": "SMS_2"}, LINK)
    query = receiver.requests[0].query
    assert (query["TemplateCode"], json.loads(query["TemplateParam"])) == ("SMS_2", {"content": "AbC-1"})


def test_a_link_without_its_template_is_not_sent(receiver: Receiver, settings_of_it: dict[str, str]) -> None:
    """Never by the template for staff, which would cut it; nothing goes out."""
    with pytest.raises(NotSent) as failure:
        AliyunSms().send(settings_of_it, LINK)
    assert (failure.value.again, receiver.requests) == (False, [])


def test_a_gateway_is_given_the_whole_link() -> None:
    """The sentence and the link, however long."""
    assert short(LINK, 10) == "云岭置地请您评价：https://kg.example/portal/s/AbC-1"
