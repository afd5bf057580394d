"""A duty that need not be done has no consequences: what is proposed and not decided is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.consequences.actions import ApproveConsequence
from keguan.runtime.consequences.models import Occurrence
from keguan.runtime.consequences.queries import Box, box
from keguan.runtime.duties.actions import CancelDuty, ExemptDuty
from keguan.runtime.duties.models import Duty
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org.actions import NameHead
from tests.cast import JIANGNAN
from tests.runtime.consequences.world import only, proposals
from tests.runtime.duties.world import customer, until, viewer

if TYPE_CHECKING:
    from tests.cast import Cast


def let_off(office: Cast, record_id: int, action: type[ExemptDuty | CancelDuty] = ExemptDuty) -> int:
    """The head of the branch says that a late check need not be done; gives the duty's id."""
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    duty = Duty.objects.get(duty="checks", record_id=record_id)
    action(viewer=viewer(office.zhao_qi), duty_id=duty.pk, reason="客户资料由总部核对。").run()
    return duty.pk


def test_what_was_proposed_is_withdrawn(office: Cast) -> None:
    """The check is late and a fine proposed; exempted, the fine is withdrawn: in nobody's box, with its entry."""
    zhang = customer(office.lin_xiao)
    until(2026, 3, 5, 9, 0)
    made = only("check_results", 1)
    duty_id = let_off(office, zhang)
    made.refresh_from_db()
    assert (made.state, made.next_at, made.decided_by_id, made.version) == ("withdrawn", None, None, 2)
    assert box(viewer(office.zhou_min), Box.TODO).rows == ()
    (said,) = entries_page(filters=EntryFilters(action="consequences.withdraw")).entries
    assert (said.subject_id, said.clause, said.actor_name) == (str(made.pk), "consequence-tests#results", SYSTEM.name)
    assert said.data["source"] == f"duty:{duty_id}"


def test_what_was_called_off_has_no_consequences_either(office: Cast) -> None:
    """A duty made by mistake: the fine is withdrawn."""
    zhang = customer(office.lin_xiao)
    until(2026, 3, 5, 9, 0)
    let_off(office, zhang, CancelDuty)
    assert only("check_results", 1).state == "withdrawn"


def test_another_duty_keeps_its_consequences(office: Cast) -> None:
    """Of two late checks one is exempted: the fine for the other stays, and two of a month are not two any more."""
    zhang, li = customer(office.lin_xiao, "一"), customer(office.lin_xiao, "二")
    until(2026, 3, 5, 9, 0)
    assert (only("check_results", 3).times, only("check_results", 3).state) == (2, "proposed")
    let_off(office, li)
    assert {each.record_id: each.state for each in proposals("check_results", 1)} == {
        zhang: "proposed",
        li: "withdrawn",
    }
    assert only("check_results", 3).state == "withdrawn"
    assert Occurrence.objects.count() == 1


def test_what_is_often_enough_without_it_stays(office: Cast) -> None:
    """Of three late checks one is exempted: two are left, and the deduction is that of two."""
    ids = [customer(office.lin_xiao, name) for name in ("一", "二", "三")]
    until(2026, 3, 5, 9, 0)
    assert (only("check_results", 3).times, only("check_results", 3).amount) == (3, 150)
    let_off(office, ids[0])
    kept = only("check_results", 3)
    assert (kept.state, kept.times, kept.amount) == ("proposed", 2, 100)


def test_what_is_in_force_stays(office: Cast) -> None:
    """A fine that was approved before the exemption stays: whoever it falls on may object."""
    zhang = customer(office.lin_xiao)
    until(2026, 3, 5, 9, 0)
    made = only("check_results", 1)
    ApproveConsequence(viewer=viewer(office.zhou_min), proposal_id=made.pk, version=made.version, amount=30_000).run()
    let_off(office, zhang)
    made.refresh_from_db()
    assert (made.state, made.amount) == ("approved", 30_000)
    assert entries_page(filters=EntryFilters(action="consequences.withdraw")).entries == ()
