"""DingTalk: a group's robot with its signature, and work notices."""

from __future__ import annotations

import hmac
from base64 import b64encode
from typing import Any
from urllib.parse import quote

import pytest

from keguan.connectors.dingtalk.robot import DingTalkRobot
from keguan.connectors.dingtalk.work_notice import DingTalkWorkNotice
from keguan.runtime.notifications.channel_kinds import Message, NotSent
from tests.connectors.conftest import NOON
from tests.connectors.stand_in import Receiver

ROBOT, TOKEN = "/robot/send", "/gettoken"
SEND = "/topapi/message/corpconversation/asyncsend_v2"


def test_the_robot_is_signed(receiver: Receiver, message: Message) -> None:
    """Milliseconds, and Base64 of HMAC-SHA256 over them and the secret, URL-encoded; the person is called."""
    receiver.answers[ROBOT] = (200, {"errcode": 0, "errmsg": "ok"})
    DingTalkRobot().send({"access_token": "tok", "secret": "SEC1", "server": receiver.url}, message)
    (request,) = receiver.requests
    moment = str(int(NOON.timestamp() * 1000))
    expected = b64encode(hmac.new(b"SEC1", f"{moment}\nSEC1".encode(), "sha256").digest()).decode()
    assert request.query == {"access_token": "tok", "timestamp": moment, "sign": expected}
    assert f"sign={quote(expected, safe='')}" in request.raw_query
    assert request.json == {
        "msgtype": "text",
        "text": {"content": f"@13800138000 林晓：{message.text}"},
        "at": {"atMobiles": ["13800138000"], "isAtAll": False},
    }


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        ({"errcode": 310000, "errmsg": "sign not match"}, False),
        ({"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}, True),
    ],
)
def test_the_robot_is_refused(receiver: Receiver, message: Message, answer: dict[str, Any], again: bool) -> None:
    """A wrong signature is final; too many messages wait a minute."""
    receiver.answers[ROBOT] = (200, answer)
    with pytest.raises(NotSent) as failure:
        DingTalkRobot().send({"access_token": "t", "secret": "SEC1", "server": receiver.url}, message)
    assert (failure.value.again, failure.value.after) == (again, 60 if again else 0)


def test_a_work_notice(receiver: Receiver, message: Message) -> None:
    """A token by key and secret, then agent, member and text; the number is the task's."""
    receiver.answers[TOKEN] = (200, {"errcode": 0, "access_token": "tok", "expires_in": 7200})
    receiver.answers[SEND] = (200, {"errcode": 0, "errmsg": "ok", "task_id": 256271667526})
    settings = {"app_key": "ding1", "agent_id": "1234", "secret": "s3cret", "server": receiver.url}
    assert DingTalkWorkNotice().send(settings, message) == "256271667526"
    asked, sent = receiver.requests
    assert asked.query == {"appkey": "ding1", "appsecret": "s3cret"}
    assert (sent.path, sent.query) == (SEND, {"access_token": "tok"})
    assert sent.json == {
        "agent_id": 1234,
        "userid_list": "somebody",
        "msg": {"msgtype": "text", "text": {"content": message.text}},
    }


def test_a_work_notice_is_refused(receiver: Receiver, message: Message) -> None:
    """A token that ended is asked for anew next time; an unknown person is final, in DingTalk's own words."""
    receiver.answers[TOKEN] = (200, {"errcode": 0, "access_token": "tok", "expires_in": 7200})
    receiver.answers[SEND] = [
        (200, {"errcode": 88, "sub_code": "40014", "sub_msg": "不合法的access_token"}),
        (200, {"errcode": 400002, "errmsg": "userid无效"}),
    ]
    settings = {"app_key": "ding1", "agent_id": "1234", "secret": "s3cret", "server": receiver.url}
    with pytest.raises(NotSent) as first:
        DingTalkWorkNotice().send(settings, message)
    with pytest.raises(NotSent) as second:
        DingTalkWorkNotice().send(settings, message)
    assert (first.value.again, second.value.again) == (True, False)
    assert "userid无效" in second.value.sentence
    assert [each.path for each in receiver.requests].count(TOKEN) == 2
    assert set(DingTalkWorkNotice().wrong({**settings, "agent_id": "x", "server": "y"})) == {"agent_id", "server"}
