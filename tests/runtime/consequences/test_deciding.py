"""Nothing is in force before it was approved, within limits, by somebody else; and it can be objected to, once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.language.model.consequence import Measure
from keguan.runtime import clock
from keguan.runtime.consequences.actions import ApproveConsequence, ObjectToConsequence, RejectConsequence
from keguan.runtime.consequences.amounts import read_amount
from keguan.runtime.consequences.events import ConsequenceInForce
from keguan.runtime.consequences.queries import about_record, box, proposal_view
from keguan.runtime.consequences.sweeping import sweep
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org.actions import AppointDeputy, NameHead
from tests.cast import JIANGNAN
from tests.runtime.consequences.world import only, viewer
from tests.runtime.duties.world import contract, customer, told, until, wait

if TYPE_CHECKING:
    from keguan.runtime.consequences.models import Proposal
    from tests.cast import Cast


@pytest.fixture
def fine(office: Cast) -> Proposal:
    """A fine of 200 to 1500 yuan about 林晓, to be decided by 周敏."""
    customer(office.lin_xiao)
    until(2026, 3, 5, 9, 0)
    return only("check_results", 1)


def approve(office: Cast, fine: Proposal, yuan: int | None) -> None:
    """周敏 approves an amount in yuan."""
    amount = None if yuan is None else yuan * 100
    ApproveConsequence(viewer=viewer(office.zhou_min), proposal_id=fine.pk, version=fine.version, amount=amount).run()


@pytest.mark.parametrize("yuan", [150, 199, 1501, None])
def test_an_amount_outside_the_limits_is_refused(office: Cast, fine: Proposal, yuan: int | None) -> None:
    """Less than 200, more than 1500 or nothing: refused, and the proposal stays as it was."""
    with pytest.raises(Refused) as refused:
        approve(office, fine, yuan)
    assert (refused.value.code, list(refused.value.fields)) == ("consequences.incomplete", ["amount"])
    fine.refresh_from_db()
    assert (fine.state, fine.amount, fine.version) == ("proposed", None, 1)
    assert told(office.lin_xiao, "consequences.in_force") == 0


@pytest.mark.parametrize("yuan", [200, 1500])
def test_an_amount_within_the_limits_is_in_force(office: Cast, fine: Proposal, yuan: int) -> None:
    """The limits themselves are within: in force, in the ledger with the clause, announced, and the person is told."""
    seen: list[ConsequenceInForce] = []
    with listening(ConsequenceInForce, seen.append):
        approve(office, fine, yuan)
    fine.refresh_from_db()
    assert (fine.state, fine.amount, fine.decided_by_name) == ("approved", yuan * 100, "周敏")
    assert [(each.measure, each.amount, each.staff_id) for each in seen] == [("fine", yuan * 100, office.lin_xiao.id)]
    entry = entries_page(filters=EntryFilters(action="consequences.approve")).entries[0]
    assert (entry.clause, entry.data["amount"], entry.data["staff"]) == (
        "consequence-tests#results",
        yuan * 100,
        office.lin_xiao.id,
    )
    assert told(office.lin_xiao, "consequences.in_force") == 1


def test_the_second_of_two_is_told_who_was_quicker(office: Cast, fine: Proposal) -> None:
    """Approved already: whoever comes second hears by whom and how, and nothing changes."""
    approve(office, fine, 300)
    with pytest.raises(Refused, match=r"周敏.*生效"):
        approve(office, fine, 500)
    fine.refresh_from_db()
    assert fine.amount == 30_000


def test_a_rejection_needs_a_reason_and_ends_it(office: Cast, fine: Proposal) -> None:
    """Without a reason it is refused; with one nothing comes into force."""
    who = viewer(office.zhou_min)
    with pytest.raises(Refused) as refused:
        RejectConsequence(viewer=who, proposal_id=fine.pk, version=1, opinion=" ").run()
    assert refused.value.code == "consequences.reason"
    RejectConsequence(viewer=who, proposal_id=fine.pk, version=1, opinion="客户出差").run()
    fine.refresh_from_db()
    assert (fine.state, fine.opinion, fine.amount) == ("rejected", "客户出差", None)
    assert told(office.lin_xiao, "consequences.rejected") == 0


def test_only_the_approver_decides(office: Cast, fine: Proposal) -> None:
    """Another role is refused; somebody who knows nothing of it hears that there is no such thing."""
    with pytest.raises(Refused) as refused:
        ApproveConsequence(viewer=viewer(office.zhao_qi), proposal_id=fine.pk, version=1, amount=30_000).run()
    assert refused.value.code == "consequences.not_approver"
    for member in (office.fang_ming, office.lin_xiao):
        with pytest.raises(Refused) as refused:
            ApproveConsequence(viewer=viewer(member), proposal_id=fine.pk, version=1, amount=30_000).run()
        assert refused.value.code == "consequences.not_found"
    fine.refresh_from_db()
    assert fine.state == "proposed"


def test_not_even_as_a_deputy_does_anyone_approve_their_own(office: Cast, fine: Proposal) -> None:
    """林晓 stands in for 周敏, and still does not decide on her own fine; 许可, who stands in for 林晓, does."""
    day = clock.today()
    for away, member in ((office.zhou_min, office.lin_xiao), (office.lin_xiao, office.xu_ke)):
        AppointDeputy(actor=SYSTEM, staff_id=away.id, deputy_id=member.id, since=day, reason="出差").run()
    with pytest.raises(Refused) as refused:
        ApproveConsequence(viewer=viewer(office.lin_xiao), proposal_id=fine.pk, version=1, amount=30_000).run()
    assert refused.value.code in {"consequences.own", "consequences.not_found"}
    assert [row.id for row in box(viewer(office.lin_xiao), "todo").rows] == []
    assert [row.id for row in box(viewer(office.xu_ke), "todo").rows] == [fine.pk]
    ApproveConsequence(viewer=viewer(office.xu_ke), proposal_id=fine.pk, version=1, amount=30_000).run()
    fine.refresh_from_db()
    assert (fine.state, fine.decided_by_id) == ("approved", office.xu_ke.id)


def test_an_amount_by_the_day_is_as_of_the_decision(office: Cast) -> None:
    """Fifty yuan a day: 250 after five days; the approver cannot give another amount."""
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    customer(office.lin_xiao, public_office="是")
    until(2026, 3, 5, 9, 0)
    wait(days=5)
    made = only("check_results", 2)
    view = proposal_view(viewer(office.zhao_qi), made.pk)
    assert (view.row.amount, view.days_overdue, view.may) == ("¥250.00", 5, {"approve", "reject"})
    with pytest.raises(Refused) as refused:
        ApproveConsequence(viewer=viewer(office.zhao_qi), proposal_id=made.pk, version=1, amount=1).run()
    assert list(refused.value.fields) == ["amount"]
    ApproveConsequence(viewer=viewer(office.zhao_qi), proposal_id=made.pk, version=1).run()
    made.refresh_from_db()
    assert (made.state, made.amount) == ("approved", 25_000)


def test_of_several_the_approver_names_one(office: Cast) -> None:
    """A duty of a role: without a name it is refused, and so is somebody who does not answer for it."""
    from keguan.runtime.org.actions import Appoint
    from tests.cast import HEAD_OFFICE, SINCE

    Appoint(actor=SYSTEM, staff_id=office.fang_ming.id, role="service_specialist", since=SINCE,
            unit_id=office.units[HEAD_OFFICE]).run()  # fmt: skip
    contract(office.zhou_min, customer(office.lin_xiao))
    until(2026, 3, 3, 18, 0)
    made, who = only("other_results", 1), viewer(office.zhou_min)
    for staff_id in (None, office.lin_xiao.id):
        with pytest.raises(Refused) as refused:
            ApproveConsequence(viewer=who, proposal_id=made.pk, version=1, staff_id=staff_id).run()
        assert list(refused.value.fields) == ["staff_id"]
    ApproveConsequence(viewer=who, proposal_id=made.pk, version=1, staff_id=office.xu_ke.id).run()
    made.refresh_from_db()
    assert (made.state, made.staff_id, made.staff_name) == ("approved", office.xu_ke.id, "许可")


def test_an_objection_opens_it_again_once(office: Cast, fine: Proposal) -> None:
    """林晓 objects: it is not in force until 周敏 has decided again; a second objection is refused."""
    approve(office, fine, 300)
    fine.refresh_from_db()
    mine = viewer(office.lin_xiao)
    assert [(row.id, row.amount) for row in box(mine, "mine").rows] == [(fine.pk, "¥300.00")]
    assert proposal_view(mine, fine.pk).may == {"object"}
    ObjectToConsequence(viewer=mine, proposal_id=fine.pk, version=fine.version, reason="系统当天故障").run()
    fine.refresh_from_db()
    assert (fine.state, fine.round, fine.objection) == ("proposed", 2, "系统当天故障")
    assert told(office.zhou_min, "consequences.proposed") == 2
    RejectConsequence(viewer=viewer(office.zhou_min), proposal_id=fine.pk, version=fine.version, opinion="属实").run()
    fine.refresh_from_db()
    assert fine.state == "rejected"
    assert told(office.lin_xiao, "consequences.rejected") == 1


def test_what_was_decided_again_is_final(office: Cast, fine: Proposal) -> None:
    """After a second approval there is no further objection."""
    approve(office, fine, 300)
    fine.refresh_from_db()
    mine = viewer(office.lin_xiao)
    ObjectToConsequence(viewer=mine, proposal_id=fine.pk, version=fine.version, reason="系统当天故障").run()
    fine.refresh_from_db()
    approve(office, fine, 200)
    fine.refresh_from_db()
    with pytest.raises(Refused) as refused:
        ObjectToConsequence(viewer=mine, proposal_id=fine.pk, version=fine.version, reason="还是不服").run()
    assert refused.value.code == "consequences.final"
    fine.refresh_from_db()
    assert (fine.state, fine.amount, fine.round) == ("approved", 20_000, 2)


def test_what_is_not_decided_in_time_is_late_once(office: Cast, fine: Proposal) -> None:
    """After three working days the approver is told again, once."""
    assert sweep() == 0
    clock.advance(timedelta(days=6))
    assert [sweep(), sweep()] == [1, 0]
    fine.refresh_from_db()
    assert (fine.late, fine.state) == (True, "proposed")
    assert told(office.zhou_min, "consequences.late") == 1


def test_a_record_shows_what_followed_to_those_who_may_know(office: Cast, fine: Proposal) -> None:
    """周敏 and 赵启 see it on the customer; 方明 of another branch does not see the customer at all."""
    zhang = fine.record_id
    assert zhang is not None
    assert [row.id for row in about_record(viewer(office.zhao_qi), "customer", zhang)] == [fine.pk]
    with pytest.raises(Refused) as refused:
        about_record(viewer(office.fang_ming), "customer", zhang)
    assert refused.value.code == "records.not_found"


@pytest.mark.parametrize(("text", "fen"), [("200", 20_000), ("12.5", 1250), ("1,500.00", 150_000)])
def test_amounts_are_read_as_typed(text: str, fen: int) -> None:
    """Yuan, with or without a fraction."""
    assert read_amount(Measure.FINE, text) == fen


@pytest.mark.parametrize("text", ["", "-1", "abc", "0.001", "NaN", "1e99"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Letters, negative or endless numbers, fractions of a fen."""
    with pytest.raises(Refused):
        read_amount(Measure.FINE, text)
