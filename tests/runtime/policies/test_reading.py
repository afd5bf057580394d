"""Who has read a version, and who is to be reminded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Actor, Refused
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org.actions import SetActive
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import ConfirmRead, Publish, SignDraft, StartDraft
from keguan.runtime.policies.models import Confirmation
from tests.runtime.policies.shelf import club

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast, Member


@pytest.fixture
def signed(company: Cast, settings: SettingsWrapper, afternoon: datetime) -> None:
    """The club's policy 1.1.0, signed by 周敏 this afternoon."""
    settings.PUBLISHING = "direct"
    Publish(actor=SYSTEM, packs=(club(),)).run()
    files = club("1.1.0", threshold=200).files
    draft = StartDraft(actor=company.zhou_min.actor, pack="club", files=files).run()
    SignDraft(actor=company.zhou_min.actor, draft_id=draft, revision=1).run()


def confirm(member: Member, version: str = "1.1.0") -> None:
    """Confirm having read the club's policy."""
    ConfirmRead(actor=member.actor, pack="club", version=version).run()


def test_everybody_with_a_post_is_asked_to_read_what_a_person_signed(company: Cast, signed: None) -> None:
    """The signed version is asked of all seven; what the system installed is asked of nobody."""
    assert [(each.pack, each.version) for each in policies.unread(company.lin_xiao.id)] == [("club", "1.1.0")]
    (asked,) = policies.receipts("club")
    assert {reader.name for reader in asked.outstanding} == {"林晓", "赵启", "周敏", "许可", "方明", "何审", "管理"}
    assert policies.receipts("property-developer") == ()


def test_a_confirmation_is_kept_with_its_moment(company: Cast, signed: None, afternoon: datetime) -> None:
    """Who confirmed stands at the end with the moment; the others stay on the list of those to be reminded."""
    confirm(company.lin_xiao)
    with clock.hold(afternoon + timedelta(days=3)):
        (asked,) = policies.receipts("club")
    assert [(reader.name, reader.at) for reader in asked.confirmed] == [("林晓", afternoon)]
    assert (len(asked.outstanding), asked.days) == (6, 3)
    assert policies.unread(company.lin_xiao.id) == ()
    (entry, *_rest) = entries_page(filters=EntryFilters(action="policies.confirm_read")).entries
    assert (entry.actor_name, entry.subject_id, entry.data["version"]) == ("林晓", "club", "1.1.0")


def test_who_has_left_is_not_waited_for(company: Cast, signed: None) -> None:
    """A closed account is not on the list."""
    SetActive(actor=SYSTEM, staff_id=company.fang_ming.id, active=False).run()
    (asked,) = policies.receipts("club")
    assert "方明" not in {reader.name for reader in asked.readers}


def test_only_what_is_asked_is_confirmed_and_once(company: Cast, signed: None) -> None:
    """An old version, an installed one, a second time, and the system itself are refused; nothing is kept."""
    confirm(company.lin_xiao)
    for actor, pack, version, code in (
        (company.lin_xiao.actor, "club", "1.1.0", "policies.confirmed"),
        (company.zhao_qi.actor, "club", "1.0.0", "policies.not_to_confirm"),
        (company.zhao_qi.actor, "property-developer", "1.0.0", "policies.not_to_confirm"),
        (SYSTEM, "club", "1.1.0", "policies.no_post"),
        (Actor(999_999, "没有岗位", "web"), "club", "1.1.0", "policies.no_post"),
    ):
        with pytest.raises(Refused) as refused:
            ConfirmRead(actor=actor, pack=pack, version=version).run()
        assert refused.value.code == code
    assert list(Confirmation.objects.values_list("staff_id", flat=True)) == [company.lin_xiao.id]


def test_the_receipts_cost_the_same_for_any_number_of_people(company: Cast, signed: None) -> None:
    """Versions, appointments with units, people, confirmations: six queries, the policy in force included."""
    with CaptureQueriesContext(connection) as queries:
        policies.receipts("club")
    assert len(queries) <= 6
