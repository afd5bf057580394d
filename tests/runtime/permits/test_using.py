"""A permit stands for so long and so often, for whoever asked, and for nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from keguan.language.model.access import Right
from keguan.language.model.granting import GrantedRight
from keguan.runtime import clock
from keguan.runtime.access import permits_door
from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger import events
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.events import Left
from keguan.runtime.permits import queries as permits
from keguan.runtime.permits.actions import UsePermit, WithdrawPermit
from keguan.runtime.permits.models import Permit
from keguan.runtime.permits.standing import give_back, use
from keguan.runtime.permits.sweeping import expire, next_moment
from keguan.runtime.policies.queries import pinned
from keguan.runtime.records.actions import Update
from tests.runtime.exports.world import approved, chosen, open_office

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast


def test_a_permit_stands_for_its_records_and_fields(company: Cast, partners: list[int]) -> None:
    """An approved permit to see the phone of one partner stands for that, and for no other person, record, field or
    right; before the approval it did not stand.
    """
    first, second = partners[:2]
    approved(company, company.xu_ke, chosen("phone", form="", ids=(first,)), GrantedRight.REVEAL)
    mine, other = viewer_for(company.xu_ke.id), viewer_for(company.zhao_qi.id)
    assert permits_door.stands(mine, Right.REVEAL, "partner", "phone", first)
    assert not permits_door.stands(other, Right.REVEAL, "partner", "phone", first)
    assert not permits_door.stands(mine, Right.REVEAL, "partner", "phone", second)
    assert not permits_door.stands(mine, Right.REVEAL, "partner", "balance", first)
    assert not permits_door.stands(mine, Right.CHANGE, "partner", "phone", first)


def test_a_permit_ends_with_its_time(company: Cast, partners: list[int]) -> None:
    """A second before its three days are over it stands, at the moment itself no more, swept or not; the sweep closes
    it once.
    """
    permit = approved(company, company.xu_ke, chosen("phone", form="", ids=(partners[0],)), GrantedRight.REVEAL)
    mine = viewer_for(company.xu_ke.id)
    end = clock.now() + timedelta(days=3)
    assert next_moment() == end
    with clock.hold(end - timedelta(seconds=1)):
        assert permits_door.stands(mine, Right.REVEAL, "partner", "phone", partners[0])
        assert expire() == 0
    with clock.hold(end):
        assert not permits_door.stands(mine, Right.REVEAL, "partner", "phone", partners[0])
        assert (expire(), expire()) == (1, 0)
        assert permits.one(mine, permit).card.state == "expired"
        with pytest.raises(Refused), transaction.atomic():
            use(mine, permit, right=GrantedRight.REVEAL)


def test_each_use_is_counted_and_the_last_one_is_the_last(company: Cast, monday: None) -> None:
    """Granted for two disclosures: the second use ends it, the third is refused; the ledger has person, place, purpose
    and recipient of each.
    """
    ids = open_office(company, ("准予次数: 1\n", "准予次数: 2\n"))
    permit = approved(company, company.xu_ke, chosen("name", form="", ids=tuple(ids)), GrantedRight.DISCLOSE)
    mine = viewer_for(company.xu_ke.id)
    for _ in range(2):
        UsePermit(viewer=mine, permit_id=permit, note="交给事务所一份名单", address="10.1.2.3").run()
    card = permits.one(mine, permit).card
    assert (card.uses, card.uses_left, card.state) == (2, 0, "used_up")
    with pytest.raises(Refused) as refused:
        UsePermit(viewer=mine, permit_id=permit, note="再交一份", address="10.1.2.3").run()
    assert refused.value.code == "permits.not_standing"
    entries = ledger.entries_page(filters=ledger.EntryFilters(action="permits.use")).entries
    told = [(each.actor_name, *(each.data[key] for key in ("recipient", "purpose", "address"))) for each in entries]
    assert told == [("许可", "云岭会计师事务所", "年度对账", "10.1.2.3")] * 2


def test_somebody_elses_permit_is_of_no_use(company: Cast, partners: list[int]) -> None:
    """Using it is refused as if it were not there, and counts nothing."""
    permit = approved(company, company.xu_ke, chosen("name", form="", ids=tuple(partners)), GrantedRight.DISCLOSE)
    with pytest.raises(Refused) as refused:
        UsePermit(viewer=viewer_for(company.zhao_qi.id), permit_id=permit, note="交给事务所").run()
    assert refused.value.code == "permits.not_standing"
    assert Permit.objects.get(pk=permit).uses == 0


def test_a_use_of_which_nothing_came_is_given_back(company: Cast, partners: list[int]) -> None:
    """What failed after it was counted may be done again, once; a permit that was never used gains nothing."""
    permit = approved(company, company.xu_ke, chosen("name"))
    mine = viewer_for(company.xu_ke.id)
    with transaction.atomic():
        use(mine, permit, right=GrantedRight.EXPORT)
        give_back(permit)
        give_back(permit)
    card = permits.one(mine, permit).card
    assert (card.uses, card.uses_left, card.state) == (0, 1, "granted")


def test_taking_back(company: Cast, partners: list[int]) -> None:
    """Its holder takes a permit back with a reason; a colleague and the auditor may not."""
    permit = approved(company, company.xu_ke, chosen("name"))
    for who in (company.zhao_qi, company.he_shen):
        with pytest.raises(Refused) as refused:
            WithdrawPermit(viewer=viewer_for(who.id), permit_id=permit, reason="不合适").run()
        assert refused.value.code == "permits.not_found"
    WithdrawPermit(viewer=viewer_for(company.xu_ke.id), permit_id=permit, reason="不需要了").run()
    card = permits.one(viewer_for(company.xu_ke.id), permit).card
    assert (card.state, card.reason) == ("withdrawn", "不需要了")


def test_reading_permits_takes_one_query(
    company: Cast, partners: list[int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One's own and the register are one query each, however many there are."""
    for _ in range(3):
        approved(company, company.xu_ke, chosen("name"))
    mine, auditor = viewer_for(company.xu_ke.id), viewer_for(company.he_shen.id)
    with pinned(), django_assert_num_queries(3):  # one of them is the policy
        assert [len(permits.mine(mine)), len(permits.register(auditor))] == [3, 3]


def test_an_original_is_opened_once(company: Cast, partners: list[int]) -> None:
    """By a permit for one use the phone is revealed, the ledger has both; the second time waits for approval again."""
    permit = approved(company, company.xu_ke, chosen("phone", form="", ids=(partners[0],)), GrantedRight.REVEAL)
    mine = viewer_for(company.xu_ke.id)
    asked = Reveal(viewer=mine, record_type="partner", id=partners[0], field="phone", reason="回电核对")
    assert asked.run() == "13812340001"
    assert permits.one(mine, permit).card.state == "used_up"
    told = ledger.entries_page(filters=ledger.EntryFilters(action="permits.use")).entries[0].data
    assert (told["record"], told["fields"]) == (["partner", partners[0]], ["phone"])
    with pytest.raises(Refused) as refused:
        asked.run()
    assert refused.value.code == "reveal.approval"


def test_a_change_is_made_once(company: Cast, partners: list[int]) -> None:
    """By a permit for one use the balance is changed; changing what needs no approval uses none."""
    permit = approved(company, company.xu_ke, chosen("balance", form="", ids=(partners[0],)), GrantedRight.CHANGE)
    mine = viewer_for(company.xu_ke.id)

    def change(version: int, **values: str) -> int:
        about = {"record_type": "partner", "id": partners[0], "version": version, "values": values}
        return Update(viewer=mine, **about).run()  # type: ignore[arg-type]

    assert change(1, city="滨海") == 2
    assert permits.one(mine, permit).card.uses == 0
    assert change(2, balance="5") == 3
    assert permits.one(mine, permit).card.state == "used_up"
    with pytest.raises(Refused) as refused:
        change(3, balance="6")
    assert refused.value.code == "records.invalid"


def test_whoever_leaves_holds_no_permits(company: Cast, partners: list[int]) -> None:
    """On leaving, what was granted is withdrawn, and the ledger says why; a colleague's permit stands."""
    mine, theirs = (approved(company, each, chosen("name")) for each in (company.xu_ke, company.zhao_qi))
    with transaction.atomic():
        events.announce(Left(1, company.xu_ke.id, clock.today(), "辞职"))
    assert [Permit.objects.get(pk=each).state for each in (mine, theirs)] == ["withdrawn", "granted"]
    (entry,) = ledger.entries_page(filters=ledger.EntryFilters(action="permits.withdraw")).entries
    assert entry.data["reason"] == "持有人已离职。"
