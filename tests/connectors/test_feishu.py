"""Feishu: a group's robot with its signature."""

from __future__ import annotations

import hmac
from base64 import b64encode
from typing import Any

import pytest

from keguan.connectors.feishu.robot import FeishuRobot
from keguan.runtime.notifications.channel_kinds import Message, NotSent
from tests.connectors.conftest import NOON
from tests.connectors.stand_in import Receiver

HOOK = "/open-apis/bot/v2/hook/h-1"


def test_the_robot_is_signed(receiver: Receiver, message: Message) -> None:
    """Seconds, and Base64 of HMAC-SHA256 of nothing under seconds and secret as the key."""
    receiver.answers[HOOK] = (200, {"code": 0, "msg": "success", "data": {}})
    FeishuRobot().send({"hook": "h-1", "secret": "s3cret", "server": receiver.url}, message)
    (request,) = receiver.requests
    moment = str(int(NOON.timestamp()))
    assert request.json == {
        "timestamp": moment,
        "sign": b64encode(hmac.new(f"{moment}\ns3cret".encode(), b"", "sha256").digest()).decode(),
        "msg_type": "text",
        "content": {"text": f"林晓：{message.text}"},
    }


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        ({"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}, False),
        ({"code": 11232, "msg": "frequency limited"}, True),
        ({"StatusCode": 19024, "msg": "Key Words Not Found"}, False),
    ],
)
def test_the_robot_is_refused(receiver: Receiver, message: Message, answer: dict[str, Any], again: bool) -> None:
    """A wrong signature and a missing key word are final; too many messages wait."""
    receiver.answers[HOOK] = (200, answer)
    with pytest.raises(NotSent) as failure:
        FeishuRobot().send({"hook": "h-1", "secret": "s3cret", "server": receiver.url}, message)
    assert failure.value.again is again
    assert set(FeishuRobot().wrong({"server": "x"})) == {"server"}
