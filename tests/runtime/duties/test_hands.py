"""Duties change hands: claimed, released, handed over, let off, and given on when people leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.duties.actions import (
    CancelDuty,
    ClaimDuty,
    DischargeDuty,
    ExemptDuty,
    HandOverDuty,
    ReleaseDuty,
)
from keguan.runtime.duties.models import Duty
from keguan.runtime.duties.queries import duty_view, mine
from keguan.runtime.duties.reseating import reseat
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org.actions import AppointDeputy, NameHead, SetActive
from tests.cast import JIANGNAN
from tests.runtime.duties.world import change, contract, customer, only, told, until, viewer
from tests.runtime.processes.world import join

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def call(office: Cast) -> Duty:
    """A call after a purchase that any salesperson of the 江南 branch may make; 赵启 heads it."""
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    return only("after_purchase", zhang)


def test_of_two_who_claim_one_wins(office: Cast, call: Duty) -> None:
    """Claimed, it is that person's alone; the other is refused, and can do it again when it is put back."""
    sun = join(office, "sun_jie", "孙洁", "salesperson")
    assert [row.id for row in mine(viewer(sun), "claimable").rows] == [call.pk]
    ClaimDuty(viewer=viewer(office.lin_xiao), duty_id=call.pk).run()
    with pytest.raises(Refused) as refused:
        ClaimDuty(viewer=viewer(sun), duty_id=call.pk).run()
    assert refused.value.code == "duties.conflict"
    with pytest.raises(Refused):
        DischargeDuty(viewer=viewer(sun), duty_id=call.pk).run()
    assert [row.id for row in mine(viewer(sun), "all").rows] == []
    ReleaseDuty(viewer=viewer(office.lin_xiao), duty_id=call.pk).run()
    assert [row.id for row in mine(viewer(sun), "all").rows] == [call.pk]


def test_handed_over_it_is_somebody_elses(office: Cast, call: Duty) -> None:
    """By who owes it, to anybody with an account; told each time it comes to them, written down."""
    HandOverDuty(viewer=viewer(office.lin_xiao), duty_id=call.pk, staff_id=office.xu_ke.id, note="请代打").run()
    assert told(office.xu_ke, "duties.handed_over") == 1
    assert [row.id for row in mine(viewer(office.lin_xiao), "all").rows] == [only("visits", call.record_id).pk]
    HandOverDuty(viewer=viewer(office.xu_ke), duty_id=call.pk, staff_id=office.lin_xiao.id).run()
    HandOverDuty(viewer=viewer(office.zhao_qi), duty_id=call.pk, staff_id=office.xu_ke.id).run()
    assert told(office.xu_ke, "duties.handed_over") == 2
    entries = entries_page(filters=EntryFilters(action="duties.hand_over")).entries
    assert [(entry.data["from"], entry.data["to"]) for entry in entries][-1] == (None, office.xu_ke.id)
    with pytest.raises(Refused) as refused:
        HandOverDuty(viewer=viewer(office.xu_ke), duty_id=call.pk, staff_id=office.xu_ke.id).run()
    assert refused.value.code == "duties.same"


def test_only_those_above_let_off(office: Cast, call: Duty) -> None:
    """Not who owes it, and not without a reason; the head of the unit does, the people are told, and it stays so."""
    with pytest.raises(Refused) as refused:
        ExemptDuty(viewer=viewer(office.lin_xiao), duty_id=call.pk, reason="不想打").run()
    assert refused.value.code == "duties.not_above"
    with pytest.raises(Refused) as refused:
        ExemptDuty(viewer=viewer(office.zhao_qi), duty_id=call.pk, reason=" ").run()
    assert refused.value.code == "duties.reason"
    assert Duty.objects.get(pk=call.pk).state == "open"
    ExemptDuty(viewer=viewer(office.zhao_qi), duty_id=call.pk, reason="客户出国").run()
    off = Duty.objects.get(pk=call.pk)
    assert (off.state, off.note, off.next_at, off.done_by_name) == ("exempted", "客户出国", None, "赵启")
    assert told(office.lin_xiao, "duties.exempted") == 1
    with pytest.raises(Refused, match="赵启"):
        DischargeDuty(viewer=viewer(office.lin_xiao), duty_id=call.pk).run()


def test_what_a_person_called_off_is_not_owed_again(office: Cast, call: Duty) -> None:
    """Called off by the supervisor: whatever happens to the customer, the system leaves it so."""
    visit = only("visits", call.record_id)
    CancelDuty(viewer=viewer(office.zhao_qi), duty_id=visit.pk, reason="重复").run()
    change(office.lin_xiao, call.record_id, leads_others="是")
    change(office.lin_xiao, call.record_id, leads_others="否")
    assert (only("visits", call.record_id).state, only("visits", call.record_id).note) == ("cancelled", "重复")


def test_a_deputy_does_it_in_their_stead(office: Cast, call: Duty) -> None:
    """方明 of another branch stands in for 林晓: finds her duties, and does them in her name."""
    day = clock.today()
    AppointDeputy(
        actor=SYSTEM, staff_id=office.lin_xiao.id, deputy_id=office.fang_ming.id, since=day, reason="休假"
    ).run()
    found = mine(viewer(office.fang_ming), "all").rows
    assert {(row.id, row.stead) for row in found} >= {(call.pk, "林晓")}
    DischargeDuty(viewer=viewer(office.fang_ming), duty_id=call.pk, note="代办").run()
    done = Duty.objects.get(pk=call.pk)
    assert (done.done_by_id, done.for_id) == (office.fang_ming.id, office.lin_xiao.id)


def test_who_leaves_leaves_nothing_behind(office: Cast, call: Duty) -> None:
    """林晓's account is closed: her visit goes to the head of the unit, and the role's call finds another seat."""
    SetActive(actor=SYSTEM, staff_id=office.lin_xiao.id, active=False).run()
    assert reseat() == 2
    assert only("visits", call.record_id).staff_id == office.zhao_qi.id
    moved = Duty.objects.get(pk=call.pk)
    assert (moved.role, moved.seat_id, moved.staff_id) == ("salesperson", None, None)
    assert reseat() == 0
    assert [row.id for row in mine(viewer(office.fang_ming), "claimable").rows] == [call.pk]


def test_a_view_says_what_may_be_done(office: Cast, call: Duty) -> None:
    """Who owes it, who stands above, and somebody who only sees the customer."""
    assert duty_view(viewer(office.lin_xiao), call.pk).may == {"discharge", "hand_over", "claim"}
    assert duty_view(viewer(office.zhao_qi), call.pk).may == {"hand_over", "exempt", "cancel"}
    assert duty_view(viewer(office.zhou_min), call.pk).may == frozenset()
    with pytest.raises(Refused) as refused:
        duty_view(viewer(office.fang_ming), call.pk)
    assert refused.value.code == "duties.not_found"
    until(2026, 3, 10)
    assert "discharge" not in duty_view(viewer(office.lin_xiao), only("visits", call.record_id).pk).may
