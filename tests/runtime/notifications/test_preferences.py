"""One's own wishes and addresses."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.notifications import queries
from keguan.runtime.notifications.actions import ConfirmContact, SendCode, SetContact, SetPreferences
from keguan.runtime.notifications.models import ContactPoint, Preference
from keguan.runtime.notifications.outbox import deliver
from tests.cast import Cast
from tests.runtime.notifications.stand_in import StandIn, channel

pytestmark = pytest.mark.django_db

NIGHT = {"quiet_since": time(22), "quiet_until": time(7)}


def test_wishes_are_kept(company: Cast, stand_in: StandIn) -> None:
    """What somebody chose is what their page shows; the others keep the company's habit."""
    ways = channel()
    viewer = viewer_for(company.lin_xiao.id)
    before = queries.wish(viewer)
    assert [(each.group, each.channel_ids, each.digest) for each in before.groups][:3] == [
        ("todo", {ways.pk}, "at_once"),
        ("deadline", {ways.pk}, "at_once"),
        ("news", {ways.pk}, "daily"),
    ]
    SetPreferences(
        viewer=viewer,
        groups={"news": (frozenset(), "hourly")},
        quiet_since=time(20),
        quiet_until=time(8),
        urgent_too=True,
    ).run()
    after = queries.wish(viewer)
    assert (after.groups[2].channel_ids, after.groups[2].digest) == (frozenset(), "hourly")
    assert (after.quiet.since, after.quiet.until, after.quiet.urgent_too) == (time(20), time(8), True)
    assert queries.wish(viewer_for(company.zhao_qi.id)) == before


@pytest.mark.parametrize(
    "groups",
    [
        {"gossip": (frozenset[int](), "at_once")},
        {"todo": (frozenset[int](), "weekly")},
        {"todo": (frozenset({987654}), "at_once")},
    ],
)
def test_what_there_is_not_cannot_be_chosen(
    company: Cast, stand_in: StandIn, groups: dict[str, tuple[frozenset[int], str]]
) -> None:
    """An unknown group, rhythm or channel is refused and nothing is kept."""
    with pytest.raises(Refused) as refusal:
        SetPreferences(viewer=viewer_for(company.lin_xiao.id), groups=groups, **NIGHT).run()
    assert (refusal.value.code, Preference.objects.count()) == ("notifications.preference", 0)


def test_an_address_is_shown_to_be_ones_own(company: Cast, stand_in: StandIn, morning: datetime) -> None:
    """林晓 registers her address, gets a code there and types it; nothing is stored in clear."""
    channel()
    viewer = viewer_for(company.lin_xiao.id)
    SetContact(viewer=viewer, staff_id=viewer.staff_id or 0, address_kind="email", address=" lin@example.com ").run()
    assert b"lin@example.com" not in bytes(ContactPoint.objects.get().sealed)
    assert "lin@" not in str(Entry.objects.filter(action="notifications.set_contact").values_list("data", flat=True))
    assert queries.wish(viewer).contacts == (queries.Contact("email", "l***@example.com", verified=False),)
    SendCode(viewer=viewer, address_kind="email").run()
    deliver()
    code = "".join(each for each in stand_in.messages[0].sentences[0] if each.isdigit())[:6]
    with pytest.raises(Refused) as refusal:
        ConfirmContact(viewer=viewer, address_kind="email", code="12345").run()
    assert (refusal.value.code, ContactPoint.objects.get().verified) == ("notifications.code", False)
    ConfirmContact(viewer=viewer, address_kind="email", code=f" {code} ").run()
    assert ContactPoint.objects.get().verified is True


def test_a_code_grows_old(company: Cast, stand_in: StandIn, morning: datetime) -> None:
    """After two hours it is not good any more, nor for another address."""
    from keguan.runtime.notifications.codes import code_of, fits

    viewer = viewer_for(company.lin_xiao.id)
    SetContact(viewer=viewer, staff_id=viewer.staff_id or 0, address_kind="email", address="lin@example.com").run()
    point = ContactPoint.objects.get()
    code = code_of(point, clock.now())
    assert fits(point, code, clock.now() + timedelta(minutes=60))
    assert not fits(point, code, clock.now() + timedelta(minutes=120))
    SetContact(viewer=viewer, staff_id=viewer.staff_id or 0, address_kind="email", address="ling@example.com").run()
    assert not fits(ContactPoint.objects.get(), code, clock.now())


def test_the_administrators_word_is_enough(company: Cast, stand_in: StandIn) -> None:
    """Who manages staff registers addresses for others, and no code is asked for; an empty one takes it away."""
    admin = viewer_for(company.guan_li.id)
    SetContact(viewer=admin, staff_id=company.lin_xiao.id, address_kind="phone", address="13800138000").run()
    assert ContactPoint.objects.get().verified is True
    SetContact(viewer=admin, staff_id=company.lin_xiao.id, address_kind="phone", address="").run()
    assert ContactPoint.objects.count() == 0


@pytest.mark.parametrize(
    ("whose", "kind", "address", "code"),
    [
        ("zhao_qi", "email", "zhao@example.com", "notifications.not_yours"),
        ("lin_xiao", "fax", "0571", "notifications.address_kind"),
        ("lin_xiao", "email", "lin at example", "notifications.address"),
        ("lin_xiao", "email", "lin@example.com\nBcc: all@example.com", "notifications.address"),
        ("lin_xiao", "phone", "12345", "notifications.address"),
    ],
)
def test_what_is_no_address_of_ones_own(company: Cast, whose: str, kind: str, address: str, code: str) -> None:
    """Somebody else's, an unknown kind and nonsense are refused, and nothing is stored."""
    staff_id = getattr(company, whose).id
    viewer = viewer_for(company.lin_xiao.id)
    with pytest.raises(Refused) as refusal:
        SetContact(viewer=viewer, staff_id=staff_id, address_kind=kind, address=address).run()
    assert (refusal.value.code, ContactPoint.objects.count()) == (code, 0)


def test_a_code_needs_a_way(company: Cast, stand_in: StandIn) -> None:
    """Without an address, or without a channel that reaches it, no code is sent."""
    viewer = viewer_for(company.lin_xiao.id)
    with pytest.raises(Refused) as refusal:
        SendCode(viewer=viewer, address_kind="email").run()
    assert refusal.value.code == "notifications.no_address"
    SetContact(viewer=viewer, staff_id=viewer.staff_id or 0, address_kind="email", address="lin@example.com").run()
    with pytest.raises(Refused) as refusal:
        SendCode(viewer=viewer, address_kind="email").run()
    assert refusal.value.code == "notifications.no_channel"
