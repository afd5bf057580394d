"""Anchors of the ledger that leave the house: what a program and a mailbox get, and what becomes of a no."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.ledger import anchors, receipts
from keguan.runtime.ledger.actions import seal
from keguan.runtime.ledger.models import Anchorage
from keguan.runtime.ledger.queries import verify
from keguan.runtime.notifications.actions import AddChannel, SwitchChannel
from tests.connectors.test_email import settings as of_mail
from tests.runtime.ledger.tampering import write_entries

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tests.connectors.stand_in import MailServer, Receiver

pytestmark = pytest.mark.django_db

MAILBOX = "mailto:auditor@example.com"


def sealed() -> None:
    """Three more entries, in a block."""
    write_entries(3)
    seal()


def failure(target: str) -> str:
    """Why a target did not take its last anchor; empty when it did."""
    return Anchorage.objects.get(target=target).failure


def test_a_program_is_sent_the_signed_receipt(receiver: Receiver, settings: SettingsWrapper) -> None:
    """One JSON object that anybody checks with the public key and that fits the ledger; a key that tells a repeat."""
    settings.LEDGER_ANCHORS = (f"{receiver.url}/keep?of=keguan",)
    sealed()
    assert anchors.publish() == 2
    (request,) = receiver.requests
    receipt = receipts.read(request.body.decode())
    assert (request.method, request.path, request.query) == ("POST", "/keep", {"of": "keguan"})
    assert request.headers["content-type"] == "application/json"
    assert request.headers["idempotency-key"] == f"keguan-anchor-{receipt.block}-{receipt.seal[:16]}"
    assert receipt.genuine
    assert receipt.key == receipts.public_keys()[0]
    assert verify(anchors=[receipt]).sound
    anchors.publish(now=True)
    assert receiver.requests[1].headers["idempotency-key"] == request.headers["idempotency-key"]


@pytest.mark.parametrize("answer", [(500, {}), (302, {}, {"Location": "/elsewhere"}), "cut", "slow"])
def test_a_program_that_does_not_keep_it_is_asked_again(
    receiver: Receiver, settings: SettingsWrapper, answer: object
) -> None:
    """Anything but 2xx, a redirect among them, is a failure that the auditor sees; five minutes later it goes on."""
    target = f"{receiver.url}/keep"
    settings.LEDGER_ANCHORS = (target,)
    receiver.answers["/keep"] = [answer, (200, {})]
    sealed()
    assert anchors.publish() == 1
    assert failure(target)
    assert Anchorage.objects.get(target=target).block_id == 0
    assert anchors.publish() == 0
    clock.advance(timedelta(minutes=5))
    assert anchors.publish() == 1
    assert (failure(target), Anchorage.objects.get(target=target).block_id > 0) == ("", True)
    assert [each.path for each in receiver.requests] == ["/keep", "/keep"]


def test_a_program_inside_the_house_is_not_called_unless_allowed(receiver: Receiver, settings: SettingsWrapper) -> None:
    """Neither over http nor at a private address; nothing arrives there, and the home folder takes its anchor."""
    settings.PRIVATE_RECEIVERS = False
    targets = (f"{receiver.url}/keep", receiver.url.replace("http://", "https://") + "/keep")
    settings.LEDGER_ANCHORS = targets
    sealed()
    assert anchors.publish() == 1
    assert all(failure(target) for target in targets)
    assert receiver.requests == []


def test_a_mailbox_gets_the_receipt(receiver: Receiver, mail_server: MailServer, settings: SettingsWrapper) -> None:
    """One letter that says what to do with it; the receipt stands in it in one line, and fits."""
    settings.LEDGER_ANCHORS = (MAILBOX,)
    AddChannel(viewer=system_viewer(), kind="email", label="邮件", settings=of_mail(mail_server)).run()
    sealed()
    assert anchors.publish() == 2
    ((_sender, recipient, text),) = mail_server.mails
    mail = message_from_bytes(text)
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    (line,) = [each for each in payload.decode().splitlines() if each.startswith("{")]
    receipt = receipts.read(line)
    assert recipient == "<auditor@example.com>"
    assert str(make_header(decode_header(mail["Subject"]))) == f"账本锚点：第 {receipt.block} 块"
    assert "请保存这封邮件" in payload.decode()
    assert receipt.genuine
    assert verify(anchors=[receipt]).sound


def test_without_a_channel_for_letters_the_auditor_is_told(
    receiver: Receiver, mail_server: MailServer, settings: SettingsWrapper
) -> None:
    """None set up, one switched off, and one whose server says no: nothing is sent, and each says why."""
    settings.LEDGER_ANCHORS = (MAILBOX,)
    sealed()
    assert anchors.publish() == 1
    assert failure(MAILBOX) == "没有启用的电子邮件渠道，请在“通知渠道”里设置。"
    made = AddChannel(viewer=system_viewer(), kind="email", label="邮件", settings=of_mail(mail_server)).run()
    mail_server.answers["RCPT"] = "550 no such user"
    anchors.publish(now=True)
    assert failure(MAILBOX)
    assert "auditor" not in failure(MAILBOX)
    SwitchChannel(viewer=system_viewer(), channel_id=made, enabled=False).run()
    anchors.publish(now=True)
    assert failure(MAILBOX) == "没有启用的电子邮件渠道，请在“通知渠道”里设置。"
    assert mail_server.mails == []
