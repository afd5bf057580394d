"""WeCom: an application's messages and a group's robot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from keguan.connectors.wecom.application import WeComApplication, cut
from keguan.connectors.wecom.robot import WeComRobot
from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import MaybeSent, Message, NotSent
from tests.connectors.stand_in import Receiver

TOKEN, SEND, ROBOT = "/cgi-bin/gettoken", "/cgi-bin/message/send", "/cgi-bin/webhook/send"


@pytest.fixture
def application(receiver: Receiver) -> dict[str, str]:
    """The settings of an application at a WeCom that answers well."""
    receiver.answers[TOKEN] = (200, {"errcode": 0, "errmsg": "ok", "access_token": "tok", "expires_in": 7200})
    receiver.answers[SEND] = (200, {"errcode": 0, "errmsg": "ok", "msgid": "m-1"})
    return {"corp_id": "ww1", "agent_id": "1000002", "secret": "s3cret", "server": receiver.url}


def test_a_message_of_the_application(receiver: Receiver, application: dict[str, str], message: Message) -> None:
    """One token for two messages; each names agent and member and asks WeCom to drop repeats."""
    assert WeComApplication().send(application, message) == "m-1"
    WeComApplication().send(application, message)
    asked, *sent = receiver.requests
    assert (asked.method, asked.query) == ("GET", {"corpid": "ww1", "corpsecret": "s3cret"})
    assert [(each.path, each.query) for each in sent] == [(SEND, {"access_token": "tok"})] * 2
    assert sent[0].json == {
        "touser": "somebody",
        "msgtype": "text",
        "agentid": 1000002,
        "text": {"content": message.text},
        "enable_duplicate_check": 1,
        "duplicate_check_interval": 14400,
    }
    assert sent[0].body == sent[1].body  # or WeCom would not know the second for a repeat
    assert WeComApplication().repeats < timedelta(hours=4)


def test_a_token_is_asked_for_anew(receiver: Receiver, application: dict[str, str], message: Message) -> None:
    """Shortly before it ends, and when WeCom does not take it any more."""
    WeComApplication().send(application, message)
    clock.advance(timedelta(seconds=6901))
    WeComApplication().send(application, message)
    receiver.answers[SEND] = [(200, {"errcode": 42001, "errmsg": "access_token expired"}), (200, {"errcode": 0})]
    with pytest.raises(NotSent) as failure:
        WeComApplication().send(application, message)
    assert failure.value.again is True
    WeComApplication().send(application, message)
    assert [each.path for each in receiver.requests].count(TOKEN) == 3


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        ({"errcode": 45009, "errmsg": "api freq out of limit"}, True),
        ({"errcode": -1, "errmsg": "system busy"}, True),
        ({"errcode": 81013, "errmsg": "user & party & tag all invalid"}, False),
        ({"errcode": 0, "errmsg": "ok", "invaliduser": "somebody"}, False),
    ],
)
def test_it_is_refused(
    receiver: Receiver, application: dict[str, str], message: Message, answer: dict[str, Any], again: bool
) -> None:
    """Too quick or busy: later. A person whom the application does not reach: never."""
    receiver.answers[SEND] = (200, answer)
    with pytest.raises(NotSent) as failure:
        WeComApplication().send(application, message)
    assert (failure.value.again, "s3cret" in failure.value.sentence) == (again, False)


def test_a_wrong_secret_and_a_lost_answer(receiver: Receiver, application: dict[str, str], message: Message) -> None:
    """Without a token nothing was sent; without an answer perhaps."""
    receiver.answers[SEND] = "cut"
    with pytest.raises(MaybeSent):
        WeComApplication().send(application, message)
    receiver.answers[TOKEN] = "cut"
    with pytest.raises(NotSent):
        WeComApplication().send({**application, "secret": "other"}, message)


def test_the_robot_of_a_group(receiver: Receiver, message: Message) -> None:
    """The person's name stands in front and their mobile is called; the key is in the address alone."""
    receiver.answers[ROBOT] = (200, {"errcode": 0, "errmsg": "ok"})
    WeComRobot().send({"key": "k-1", "server": receiver.url}, message)
    (request,) = receiver.requests
    assert request.query == {"key": "k-1"}
    assert request.json == {
        "msgtype": "text",
        "text": {"content": f"林晓：{message.text}", "mentioned_mobile_list": ["13800138000"]},
    }
    receiver.answers[ROBOT] = (200, {"errcode": 93000, "errmsg": "invalid webhook url"})
    with pytest.raises(NotSent) as failure:
        WeComRobot().send({"key": "k-1", "server": receiver.url}, message)
    assert failure.value.again is False


def test_a_text_is_cut_between_characters() -> None:
    """At most 2,048 bytes, and no half character at the end."""
    assert cut("客" * 682, 2048) == "客" * 682
    assert cut("客" * 700, 2048) == "客" * 681 + "…"
    assert len(cut("客" * 700, 2048).encode()) <= 2048


def test_what_is_wrong_with_it() -> None:
    """An agent is a number; a server is an address."""
    settings = {"corp_id": "ww1", "agent_id": "one", "secret": "x", "server": "qyapi"}
    assert set(WeComApplication().wrong(settings)) == {"agent_id", "server"}
    assert WeComApplication().wrong({**settings, "agent_id": "1", "server": ""}) == {}
    assert set(WeComRobot().wrong({"server": "x"})) == {"server"}
