"""Webhooks: signed, numbered, guarded."""

from __future__ import annotations

import hmac

import pytest

from keguan.connectors.sms.gateway import SmsGateway
from keguan.connectors.webhook.webhook import Webhook
from keguan.runtime.notifications.channel_kinds import ALWAYS, Message, NotSent
from tests.connectors.conftest import NOON
from tests.connectors.stand_in import Receiver, Request

SECRET = "sechzehn-zeichen-und-mehr"


def verified(request: Request, secret: str) -> bool:
    """What the receiver's documentation says: the moment and the body, in constant time, five minutes at most."""
    moment, _comma, given = request.headers["keguan-signature"].partition(",")
    seconds = moment.removeprefix("t=")
    expected = hmac.new(secret.encode(), seconds.encode() + b"." + request.body, "sha256").hexdigest()
    fresh = abs(int(seconds) - NOON.timestamp()) <= 300
    return fresh and hmac.compare_digest(f"v1={expected}", given)


def test_a_notice_is_posted_signed(receiver: Receiver, message: Message) -> None:
    """JSON with sentences and link, its key as the idempotency key, and a signature that fits this body alone."""
    Webhook().send({"url": f"{receiver.url}/hook", "secret": SECRET}, message)
    (request,) = receiver.requests
    assert request.json == {
        "key": "n17-c3",
        "name": "林晓",
        "title": message.title,
        "sentences": list(message.sentences),
        "link": message.link,
    }
    assert (request.method, request.path, request.headers["idempotency-key"]) == ("POST", "/hook", "n17-c3")
    assert verified(request, SECRET)
    assert not verified(request, "another secret, as long")
    assert Webhook().repeats == ALWAYS


def test_it_does_not_call_into_the_house(receiver: Receiver, message: Message, settings: object) -> None:
    """A webhook of a private address is not called, and nothing arrives there."""
    settings.PRIVATE_RECEIVERS = False  # type: ignore[attr-defined]
    with pytest.raises(NotSent):
        Webhook().send({"url": f"{receiver.url}/hook", "secret": SECRET}, message)
    assert receiver.requests == []


def test_what_is_wrong_with_it() -> None:
    """A short secret and an address that is none are said."""
    assert set(Webhook().wrong({"url": "example", "secret": "short"})) == {"url", "secret"}
    assert Webhook().wrong({"url": "https://example.com", "secret": SECRET}) == {}


def test_the_companys_own_gateway(receiver: Receiver, message: Message) -> None:
    """An SMS gateway gets number and text, signed in the same way; whether it drops repeats is not known."""
    SmsGateway().send({"url": f"{receiver.url}/sms", "secret": SECRET}, message)
    (request,) = receiver.requests
    assert request.json == {"key": "n17-c3", "to": "somebody", "text": message.sentences[0]}
    assert verified(request, SECRET)
    assert not SmsGateway().repeats
