"""A duty is done when it is proved: by records that count, a form, a checklist that is passed, or a person's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.runtime.duties.actions import DischargeDuty
from keguan.runtime.duties.events import DutyDone
from keguan.runtime.duties.models import Duty, Proof
from keguan.runtime.duties.queries import duty_view
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.records.actions import Update
from tests.runtime.decisions.filing import stored
from tests.runtime.duties.world import change, contract, customer, duties, only, until, viewer, visit

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def buyer(office: Cast) -> int:
    """A customer of 林晓's who is owed a visit in March."""
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    return zhang


def test_a_visit_of_the_period_discharges_it(office: Cast, buyer: int) -> None:
    """Filed by who owes it, of a day in March, passing the check: done, announced, with the record as its proof."""
    seen: list[DutyDone] = []
    with listening(DutyDone, seen.append):
        filed = visit(office.lin_xiao, buyer, "2026-03-02")
    done = only("visits", buyer)
    assert (done.state, done.seen, done.late, done.next_at, done.done_by_name) == ("done", 1, False, None, "林晓")
    assert [(each.duty, each.by_id, each.late) for each in seen] == [("visits", office.lin_xiao.id, False)]
    assert list(Proof.objects.values_list("duty_id", "record_id", "by_id")) == [(done.pk, filed, office.lin_xiao.id)]


def test_what_does_not_count(office: Cast, buyer: int) -> None:
    """A visit of another month, one that fails the check, and one filed by somebody else leave it open."""
    visit(office.lin_xiao, buyer, "2026-02-27")
    visit(office.lin_xiao, buyer, "2026-03-02", purpose="路过")
    visit(office.zhou_min, buyer, "2026-03-02")
    still = only("visits", buyer)
    assert (still.state, still.seen) == ("open", 0)


def test_as_often_as_needed(office: Cast) -> None:
    """Two visits in a quarter, by either of the two who may: done with the second."""
    zhang = customer(office.lin_xiao, intends="是")
    visit(office.lin_xiao, zhang, "2026-03-02")
    assert (only("visits", zhang).state, only("visits", zhang).seen) == ("open", 1)
    visit(office.xu_ke, zhang, "2026-03-02")
    assert (only("visits", zhang).state, only("visits", zhang).seen) == ("done", 2)


def test_what_was_filed_before_counts(office: Cast) -> None:
    """A visit made before the customer fell under the row counts for the running period."""
    zhang = customer(office.lin_xiao)
    visit(office.lin_xiao, zhang, "2026-03-02")
    contract(office.zhou_min, zhang)
    assert only("visits", zhang).state == "done"


def test_corrected_evidence_is_counted_again(office: Cast, buyer: int) -> None:
    """The visit turns out to be of February: owed again, with the reminder to come."""
    filed = visit(office.lin_xiao, buyer, "2026-03-02")
    Update(
        viewer=viewer(office.lin_xiao), record_type="visit", id=filed, version=1, values={"visited_on": "2026-02-27"}
    ).run()
    again = only("visits", buyer)
    assert (again.state, again.seen, again.done_at) == ("open", 0, None)
    assert again.next_at is not None
    assert not Proof.objects.exists()


def test_late_stays_late(office: Cast, buyer: int) -> None:
    """Filed in April of a day in March: done, and late for ever."""
    until(2026, 4, 2, 9, 0)
    visit(office.lin_xiao, buyer, "2026-03-31")
    march, april = duties("visits", buyer)
    assert (march.state, march.late, april.state) == ("done", True, "open")


def test_a_later_visit_makes_up_for_a_missed_one_once(office: Cast, buyer: int) -> None:
    """April's visit counts for April by itself; named for March it discharges that as well, late, and no third time."""
    until(2026, 4, 2, 9, 0)
    march, april = duties("visits", buyer)
    with pytest.raises(Refused) as refused:
        DischargeDuty(viewer=viewer(office.lin_xiao), duty_id=march.pk, note="已补").run()
    assert refused.value.code == "duties.proved_by_record"
    early = visit(office.lin_xiao, buyer, "2026-04-01")
    with pytest.raises(Refused) as refused:
        DischargeDuty(viewer=viewer(office.lin_xiao), duty_id=march.pk, evidence_id=early).run()
    assert refused.value.code == "duties.evidence_used"
    extra = visit(office.lin_xiao, buyer, "2026-04-02")
    april.refresh_from_db()
    assert (april.state, april.seen) == ("done", 1)
    DischargeDuty(viewer=viewer(office.lin_xiao), duty_id=march.pk, evidence_id=extra).run()
    march.refresh_from_db()
    assert (march.state, march.late, march.seen) == ("done", True, 1)


def test_a_checklist_that_is_not_passed_leaves_it_open(office: Cast) -> None:
    """The system sees that the source is missing; the person says the original is there: kept, and not done. With the
    source filled in the same answer passes.
    """
    zhang = customer(office.lin_xiao, intends="是")
    asked = only("files", zhang)
    who = viewer(office.xu_ke)
    with pytest.raises(Refused) as refused:
        DischargeDuty(viewer=who, duty_id=asked.pk).run()
    assert refused.value.fields == {"original": "请说明是否符合。"}
    result = DischargeDuty(viewer=who, duty_id=asked.pk, checked={"original": True}).run()
    assert (result.done, result.checked and result.checked.result.failed) == (False, ("has_source",))
    asked.refresh_from_db()
    assert (asked.state, asked.checked["passed"]) == ("open", False)
    change(office.lin_xiao, zhang, source="来电")
    assert DischargeDuty(viewer=who, duty_id=asked.pk, checked={"original": True}).run().done
    asked.refresh_from_db()
    assert (asked.state, asked.checked["met"]) == ("done", {"has_source": True, "original": True})


def test_a_vetoed_item_fails_it(office: Cast) -> None:
    """Everything else met, and the original missing: not passed."""
    asked = only("files", customer(office.lin_xiao, intends="是", source="来电"))
    result = DischargeDuty(viewer=viewer(office.xu_ke), duty_id=asked.pk, checked={"original": False}).run()
    assert (result.done, result.checked and result.checked.result.failed) == (False, ("original",))


def test_a_form_is_kept_sealed_and_carried_into_the_record(office: Cast) -> None:
    """What is missing or wrong is said at once; then the need stands in the record, and the number nowhere in clear."""
    zhang = customer(office.lin_xiao, need="商用", sincerity="高")
    change(office.lin_xiao, zhang, sincerity="中")
    call, who = only("files", zhang), viewer(office.lin_xiao)
    with pytest.raises(Refused) as refused:
        DischargeDuty(viewer=who, duty_id=call.pk, values={"other_phone": "12", "strange": "x"}).run()
    assert set(refused.value.fields) == {"need", "other_phone", "strange"}
    assert stored("customer", zhang, "need") == ("商用",)
    values = {"need": "投资", "other_phone": "13912345678"}
    assert DischargeDuty(viewer=who, duty_id=call.pk, values=values).run().done
    assert stored("customer", zhang, "need") == ("投资",)
    with connection.cursor() as cursor:
        cursor.execute("SELECT filled FROM duties_duty WHERE id = %s", [call.pk])
        assert b"13912345678" not in bytes(cursor.fetchone()[0])
    shown = duty_view(who, call.pk).filled
    assert {code: each.text for code, each in shown.items()} == {"need": "投资", "other_phone": "139****5678"}


def test_a_persons_word_where_nothing_else_is_asked(office: Cast) -> None:
    """The call after a purchase is attested by any salesperson of the branch; by nobody else."""
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    call = only("after_purchase", zhang)
    for member in (office.xu_ke, office.zhou_min):
        with pytest.raises(Refused) as refused:
            DischargeDuty(viewer=viewer(member), duty_id=call.pk, note="打过了").run()
        assert refused.value.code == "duties.not_yours"
    with pytest.raises(Refused) as refused:
        DischargeDuty(viewer=viewer(office.fang_ming), duty_id=call.pk).run()
    assert refused.value.code == "duties.not_found"
    assert Duty.objects.get(pk=call.pk).state == "open"
    DischargeDuty(viewer=viewer(office.lin_xiao), duty_id=call.pk, note="打过了").run()
    done = Duty.objects.get(pk=call.pk)
    assert (done.state, done.note, done.done_by_id) == ("done", "打过了", office.lin_xiao.id)
    with pytest.raises(Refused, match="林晓"):
        DischargeDuty(viewer=viewer(office.lin_xiao), duty_id=call.pk).run()
