"""Invitations go out at their moment, in business hours, to customers who were not asked too short a time ago."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.crypto import open_sealed
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications.models import Delivery
from keguan.runtime.notifications.outbox import deliver
from keguan.runtime.surveys.actions import SendNow
from keguan.runtime.surveys.models import Invitation
from tests.runtime.records.filing import contract, customer
from tests.runtime.surveys.world import answer, invitation, logged, publish_policy, secret, sms_channel, viewer, wait

if TYPE_CHECKING:
    from tests.runtime.surveys.conftest import Asking
    from tests.runtime.surveys.world import Sms

PHONE = "13800135612"


def test_it_goes_out_at_its_moment(asking: Asking, sms: Sms) -> None:
    """Two hours later, not before: the link is made, valid for fourteen days, and the call-back follows it. The SMS
    says who asks, until when and where; nothing of the customer.
    """
    sms_channel()
    asking.repaired()
    assert wait(hours=1, minutes=59) == 0
    assert wait(minutes=1) == 1
    found = invitation()
    assert (found.state, found.unwritten) == ("sent", "")
    assert found.sent_at is not None
    assert found.expires_at is not None
    assert (found.expires_at - found.sent_at).days == 14
    assert found.call_from == found.expires_at
    deliver()
    (message,) = sms.messages
    assert message.to == PHONE
    assert message.sentences == ("云岭置地请您评价这次服务，03-16前有效：",)
    assert message.link == f"https://kg.example/portal/s/{secret(found)}"
    assert "张伟" not in repr(message)


def test_only_a_hash_of_the_link_is_kept(asking: Asking, sms: Sms) -> None:
    """Neither the invitation, nor its message, nor the ledger holds the secret or the address."""
    sms_channel()
    asking.repaired()
    wait(hours=2)
    deliver()
    found = invitation()
    assert found.digest == hashlib.sha256(secret(found).encode()).hexdigest()
    (delivery,) = Delivery.objects.all()
    kept = repr(vars(delivery)) + repr(vars(found)) + repr(logged("surveys.send"))
    assert secret(found) not in kept
    assert PHONE not in kept
    assert (delivery.purpose, delivery.staff_id, delivery.shown_to, delivery.state) == (
        "customer",
        0,
        "138***12",
        "sent",
    )


def test_a_customer_is_asked_once_in_ninety_days(asking: Asking) -> None:
    """A second repair is not asked about, and says since when the customer is left alone; after ninety days another is.
    The same telephone on another record is the same customer.
    """
    asking.repaired()
    wait(hours=2)
    first = invitation()
    asking.repaired()
    wait(hours=4)
    second = invitation()
    assert (second.state, second.held_by_id, second.digest) == ("throttled", first.pk, None)
    assert logged("surveys.send")[0]["asked_already"] == first.pk
    wait(days=90)
    asking.repaired()
    wait(hours=24)
    assert invitation().state == "sent"


def test_another_survey_and_another_record_of_the_same_customer_are_throttled_too(asking: Asking) -> None:
    """Whoever was asked after a repair is not asked after a purchase two hours later, though that is another record."""
    asking.repaired()
    wait(hours=2)
    contract(asking.cast.zhao_qi, asking.zhang)
    wait(minutes=1)
    found = invitation("contract_survey")
    assert (found.state, found.customer_type, found.customer_id) == ("throttled", "customer", asking.zhang)


def test_another_customer_is_asked(asking: Asking) -> None:
    """The throttle is for each customer."""
    asking.repaired()
    li = customer(asking.cast.lin_xiao, "李娜", phone="13800135613")
    asking.repaired(li)
    wait(hours=2)
    assert set(Invitation.objects.values_list("state", flat=True)) == {"sent"}


def test_nobody_is_written_to_at_night(asking: Asking, sms: Sms) -> None:
    """What falls due after business waits for the next opening; a link that staff hand on does not."""
    sms_channel()
    wait(hours=8)
    asking.repaired()
    wait(hours=2)
    found = invitation()
    assert (found.state, f"{found.next_at:%Y-%m-%d %H:%M}") == ("waiting", "2026-03-03 01:00")
    assert wait(hours=14) == 1
    found.refresh_from_db()
    assert found.state == "sent"


@pytest.mark.parametrize(("address", "channel"), [("", True), ("https://kg.example", False)])
def test_what_cannot_be_written_is_said(
    asking: Asking, sms: Sms, settings: pytest.FixtureRequest, address: str, channel: bool
) -> None:
    """Without a channel or the system's own address no SMS goes out; the link is there all the same, and the invitation
    says why.
    """
    settings.ADDRESS = settings.PORTAL_ADDRESS = address  # type: ignore[attr-defined]
    if channel:
        sms_channel()
    asking.repaired()
    wait(hours=2)
    found = invitation()
    assert (found.state, found.unwritten) == ("sent", "no_channel")
    assert found.digest is not None
    assert not Delivery.objects.exists()


def test_a_message_that_is_not_needed_any_more_is_not_sent(asking: Asking, sms: Sms) -> None:
    """The customer answered at the desk before the SMS left."""
    sms_channel()
    asking.repaired()
    wait(hours=2)
    answer(invitation(), overall="5")
    deliver()
    assert sms.messages == []
    assert Delivery.objects.get().state == "failed"


def test_an_invitation_that_nobody_answers_expires(asking: Asking) -> None:
    """The link ends after fourteen days; staff then have as long for the call-back, after which it is over."""
    asking.repaired()
    wait(hours=2)
    found = invitation()
    wait(days=14)
    found.refresh_from_db()
    assert found.state == "sent"
    wait(days=14)
    found.refresh_from_db()
    assert (found.state, found.next_at, found.call_from) == ("expired", None, None)
    assert logged("surveys.expire") == [{"survey": "repair_survey", "attempts": 0}]


def test_staff_may_send_at_once(asking: Asking) -> None:
    """At the desk a waiting invitation is sent by hand; a second press is told."""
    asking.repaired()
    found = invitation()
    send = SendNow(viewer=viewer(asking.cast.zhou_min), invitation_id=found.pk)
    assert send.run() == "sent"
    with pytest.raises(Refused) as refusal:
        send.run()
    assert refusal.value.code == "surveys.not_waiting"
    assert logged("surveys.send_now")[0]["state"] == "sent"


@pytest.mark.parametrize(("who", "code"), [("fang_ming", "surveys.not_found"), ("he_shen", "surveys.forbidden")])
def test_others_may_not_send(asking: Asking, who: str, code: str) -> None:
    """Somebody of another branch does not know of it, an auditor only looks; nothing is changed."""
    asking.repaired()
    found = invitation()
    with pytest.raises(Refused) as refusal:
        SendNow(viewer=viewer(getattr(asking.cast, who)), invitation_id=found.pk).run()
    found.refresh_from_db()
    assert (refusal.value.code, found.state, found.digest) == (code, "waiting", None)


def test_what_was_asked_stays_what_is_answered(asking: Asking) -> None:
    """A policy that changes the questions meanwhile leaves the invitations that are out as they were."""
    asking.repaired()
    wait(hours=2)
    publish_policy("1.1.0", ("满意度(1-5, 4起)", "满意度(1-10, 9起)"))
    found = invitation()
    with pytest.raises(Refused) as refusal:
        answer(found, overall="9")
    assert refusal.value.fields == {"overall": "请在 1 到 5 之间选一个。"}
    answer(found, overall="5")
    reply = found.replies.get()
    assert (reply.score, reply.standing) == (5, 1)


def test_a_free_answer_is_sealed_for_its_invitation(asking: Asking) -> None:
    """The words are in no table in clear."""
    asking.repaired()
    wait(hours=2)
    found = invitation()
    answer(found, overall="5", words="师傅很准时")
    reply = found.replies.get(field="words")
    assert reply.plain is None
    assert open_sealed("survey.repair_survey.words", found.pk, bytes(reply.sealed)) == "师傅很准时"
