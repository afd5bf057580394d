"""What people are told of their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.notifications.models import Notification
from keguan.runtime.org.actions import SetPassword
from keguan.runtime.org.factors.enrolling import RemoveAuthenticator, ResetFactors
from keguan.runtime.org.sessions.origin import Origin
from keguan.runtime.org.signing_in import SignIn
from tests.cast import PASSWORD
from tests.runtime.org.signing.factor_world import NOBODY, enrol, first_step

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast, Member


def told(member: Member) -> list[str]:
    """The kinds of what one of the cast was told, in order."""
    return list(Notification.objects.filter(staff_id=member.id).order_by("id").values_list("kind", flat=True))


def come_in(address: str) -> None:
    """林晓 signs in from an address."""
    SignIn(actor=NOBODY, origin=Origin(address, "Chrome · Windows"), username="lin_xiao", password=PASSWORD).run()


def test_a_new_place_is_told(cast: Cast, afternoon: datetime) -> None:
    """The first place is none; the second is, with device and address, to her alone."""
    come_in("10.1.2.3")
    come_in("10.1.2.3")
    assert told(cast.lin_xiao) == []
    come_in("203.0.113.7")
    assert told(cast.lin_xiao) == ["sign_in.new_place"]
    facts = Notification.objects.get().facts
    assert facts == {"at": "2026-11-21T06:30:00+00:00", "place": "Chrome · Windows 203.0.113.7"}
    assert Notification.objects.get().urgent


def test_a_lock_is_told_once(cast: Cast, afternoon: datetime) -> None:
    """Whoever is locked out hears of it, however many attempts follow."""
    for _ in range(8):
        first_step("lin_xiao", "wrong")
    assert told(cast.lin_xiao) == ["sign_in.locked"]


def test_changes_are_told_with_who_made_them(cast: Cast, afternoon: datetime) -> None:
    """A password given by 管理, an app bound and given up by herself, factors reset by him."""
    SetPassword(actor=cast.guan_li.actor, staff_id=cast.lin_xiao.id, password="given-ridge-2026").run()
    enrol(cast.lin_xiao)
    RemoveAuthenticator(actor=cast.lin_xiao.actor).run()
    enrol(cast.lin_xiao)
    ResetFactors(actor=cast.guan_li.actor, staff_id=cast.lin_xiao.id).run()
    kinds = ["sign_in.password", "sign_in.totp_on", "sign_in.totp_off", "sign_in.reset"]
    assert told(cast.lin_xiao) == kinds
    by = list(Notification.objects.order_by("id").values_list("facts__by", flat=True))
    assert by == ["管理", "林晓", "林晓", "管理"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_alert_has_its_sentence(cast: Cast, afternoon: datetime, language: str) -> None:
    """In Chinese and in English, with the moment as the company's clocks show it."""
    from django.utils import translation

    from keguan.runtime.notifications.kinds import KINDS, sentence_of

    facts = dict.fromkeys(("at", "until"), "2026-11-21T06:30:00+00:00") | {"by": "管理", "place": "Chrome"}
    with translation.override(language):
        sentences = [sentence_of(kind, "", facts) for kind in KINDS if kind.startswith("sign_in.")]
    assert len(sentences) == 11
    assert all("2026-11-21 14:30" in sentence for sentence in sentences)
