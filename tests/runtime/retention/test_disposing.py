"""From due to destroyed: appraisal, approval, witnesses, and what is left afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from keguan.runtime import clock
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.notifications.models import Notification
from keguan.runtime.processes.actions import StartCase
from keguan.runtime.processes.models import Case, CaseState, Value
from keguan.runtime.retention.actions import StrikeOut, SubmitBatch, WithdrawBatch
from keguan.runtime.retention.models import Aside, Batch, Destroyed, Hold, Item, Standing
from keguan.runtime.retention.queries import prove
from keguan.runtime.retention.working import catch_up
from tests.runtime.processes.world import complete
from tests.runtime.retention.world import (
    approved,
    change,
    day,
    gathered,
    sender,
    stored,
    submitted,
    there,
    viewer,
    waybill,
    witness,
)

if TYPE_CHECKING:
    from tests.cast import Cast

ADDRESS = "云岭市清溪路七十七号院"


def carried_out(cast: Cast, batch: Batch) -> Batch:
    """The approved batch, witnessed by two and carried out."""
    witness(cast.zhao_qi, batch)
    witness(cast.fang_ming, batch)
    batch.refresh_from_db()
    assert run_now(batch.job_id or 0)
    batch.refresh_from_db()
    return batch


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    """The code of a refusal."""
    return refused.value.code


def test_what_is_due_is_gathered_and_those_who_appraise_are_told(archive: Cast) -> None:
    """Due records wait in one batch of their block; those held, not due or unsigned do not."""
    due = waybill(archive.xu_ke)
    waybill(archive.xu_ke, "2025-07-01")
    waybill(archive.xu_ke, None)
    waybill(archive.xu_ke, disputed="是")
    batch = gathered()
    assert (batch.number, batch.retention, batch.disposal, batch.two_persons) == (
        "XH2026-0001", "keep_waybills", "destroy", True,
    )  # fmt: skip
    assert list(batch.items.values_list("record_id", "due_on", "term")) == [(due, day("2026-06-30"), "keep_waybills.1")]
    told = Notification.objects.filter(kind="retention.gathered").values_list("staff_id", flat=True)
    assert set(told) == {archive.xu_ke.id, archive.zhao_qi.id, archive.zhou_min.id, archive.fang_ming.id}


def test_a_waiting_batch_grows_day_by_day(archive: Cast) -> None:
    """What falls due the next day comes into the batch that still waits, and nothing comes in twice."""
    first, second = waybill(archive.xu_ke), waybill(archive.xu_ke, "2025-07-01")
    batch = gathered()
    clock.advance(timedelta(days=1))
    catch_up()
    assert list(batch.items.order_by("id").values_list("record_id", flat=True)) == [first, second]


def test_a_record_is_destroyed_with_everything_of_it(archive: Cast) -> None:
    """After approval and two witnesses the row, its tokens, histories, case values and ledger values are gone; the list
    says that it was there, by whom it was approved and watched, and on what it rests.
    """
    parent = sender(archive.xu_ke)
    gone = waybill(archive.xu_ke, receiver_address=ADDRESS, receiver_phone="13811112222", sender=str(parent))
    change(archive.xu_ke, "waybill", gone, receiver_address=f"{ADDRESS}二楼")
    case_id = StartCase(
        viewer=viewer(archive.xu_ke),
        process="inquiry",
        record_id=gone,
        values={"caller": "13933334444", "story": f"在{ADDRESS}未收到"},
    ).run()
    assert Value.objects.filter(case_id=case_id).count() == 2
    assert stored("sender", parent, "waybills") == (1,)
    number = stored("waybill", gone, "waybill_number")[0]
    batch = carried_out(archive, approved(archive, gathered()))
    assert (batch.state, batch.done, batch.spared) == ("done", 1, 0)
    assert not there("waybill", gone)
    assert stored("sender", parent, "waybills") == (0,)
    with connection.cursor() as cursor:
        for table in ("tok_waybill", "his_waybill_class"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE record_id = %s", [gone])
            assert cursor.fetchone() == (0,)
    assert not Value.objects.filter(case_id=case_id).exists()
    assert not Standing.objects.filter(record_type="waybill", record_id=gone).exists()
    assert ADDRESS not in "".join(Entry.objects.values_list("data", flat=True))
    line = Destroyed.objects.get()
    assert (line.reference, line.record_type, line.record_id) == ("XH2026-0001-00001", "waybill", gone)
    assert (line.basis, line.clause) == ("快递暂行条例第三十四条", "retention-tests#keeping")
    assert (line.requested_by, line.approved_by, line.witnessed_by) == ("许可", "周敏、林晓", "赵启、方明")
    proof = prove(viewer(archive.he_shen), "waybill", {"waybill_number": str(number)})
    assert [each.reference for each in proof] == ["XH2026-0001-00001"]
    assert prove(viewer(archive.he_shen), "waybill", {"waybill_number": "YD999999"}) == ()
    actions = list(
        Entry.objects.filter(action__startswith="retention.").order_by("id").values_list("action", flat=True)
    )
    assert actions == [
        *("retention.gather", "retention.submit", "retention.decided"),
        *("retention.witness", "retention.witness", "retention.carry_out", "retention.end"),
    ]


def test_the_list_cannot_be_changed(archive: Cast) -> None:
    """The database itself refuses to change or delete a line of the list."""
    waybill(archive.xu_ke)
    carried_out(archive, approved(archive, gathered()))
    for statement in ("UPDATE retention_destroyed SET basis = ''", "DELETE FROM retention_destroyed"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Destroyed.objects.get().basis == "快递暂行条例第三十四条"


def test_one_refusal_among_the_approvers_keeps_everything(archive: Cast) -> None:
    """Where one of those who must agree does not, nothing is destroyed and the records are gathered again."""
    kept = waybill(archive.xu_ke)
    batch = gathered()
    case = submitted(archive, batch)
    complete(archive.zhou_min, case, "decide", "同意")
    complete(archive.lin_xiao, case, "decide", "不同意", opinion="尚需留存备查")
    batch.refresh_from_db()
    assert batch.state == "refused"
    with pytest.raises(Refused) as refused:
        witness(archive.zhao_qi, batch)
    assert code(refused) == "retention.not_approved"
    assert there("waybill", kept)
    assert not Destroyed.objects.exists()
    clock.advance(timedelta(days=1))
    assert gathered().items.get().record_id == kept


def test_one_approval_of_two_is_none(archive: Cast) -> None:
    """While somebody who must agree has not, nobody can witness and nothing is destroyed."""
    kept = waybill(archive.xu_ke)
    batch = gathered()
    complete(archive.zhou_min, submitted(archive, batch), "decide", "同意")
    with pytest.raises(Refused) as refused:
        witness(archive.zhao_qi, batch)
    assert code(refused) == "retention.not_approved"
    assert there("waybill", kept)
    assert not batch.witnesses.exists()


def test_one_witness_is_not_enough(archive: Cast) -> None:
    """With one of two witnesses nothing is carried out; the same person does not count twice."""
    kept = waybill(archive.xu_ke)
    batch = approved(archive, gathered())
    assert witness(archive.zhao_qi, batch) == 1
    with pytest.raises(Refused) as refused:
        witness(archive.zhao_qi, batch)
    assert code(refused) == "retention.witnessed"
    batch.refresh_from_db()
    assert (batch.state, batch.job_id, batch.witnesses.count()) == ("approved", None, 1)
    assert there("waybill", kept)
    assert witness(archive.he_shen, batch) == 0  # the auditor may watch too


@pytest.mark.parametrize(
    ("who", "password", "expected"),
    [
        ("xu_ke", None, "retention.requester"),
        ("lin_xiao", None, "retention.not_permitted"),
        ("zhao_qi", "wrong-password-1", "org.confirm"),
    ],
)
def test_who_may_not_witness(archive: Cast, who: str, password: str | None, expected: str) -> None:
    """Neither the requester, nor somebody without a part in it, nor anybody with a wrong password."""
    waybill(archive.xu_ke)
    batch = approved(archive, gathered())
    with pytest.raises(Refused) as refused:
        witness(getattr(archive, who), batch, **({"password": password} if password else {}))
    assert code(refused) == expected
    assert not batch.witnesses.exists()


def test_a_witness_needs_a_session_of_their_own(archive: Cast) -> None:
    """A confirmation in somebody else's session is refused, though the password is right."""
    from keguan.runtime.org.sessions.beginning import begin
    from keguan.runtime.org.sessions.origin import NOWHERE
    from keguan.runtime.retention.actions import WitnessBatch
    from tests.cast import PASSWORD

    waybill(archive.xu_ke)
    batch = approved(archive, gathered())
    session = begin(archive.fang_ming.id, NOWHERE, "password", strong=False).session_id
    with pytest.raises(Refused) as refused:
        WitnessBatch(viewer=viewer(archive.zhao_qi), batch_id=batch.pk, session_id=session, password=PASSWORD).run()
    assert code(refused) == "retention.session"
    assert not batch.witnesses.exists()


def test_struck_out_records_stay(archive: Cast) -> None:
    """What is taken out with a reason is neither submitted nor destroyed, and can be put in again before."""
    kept, gone = waybill(archive.xu_ke), waybill(archive.xu_ke)
    batch = gathered()
    item = batch.items.get(record_id=kept)
    StrikeOut(viewer=viewer(archive.xu_ke), batch_id=batch.pk, item_ids=(item.pk,), reason="客户正在查询").run()
    batch = carried_out(archive, approved(archive, batch))
    assert (batch.done, there("waybill", kept), there("waybill", gone)) == (1, True, False)
    item.refresh_from_db()
    assert (item.state, item.reason, item.by_name) == ("struck", "客户正在查询", "许可")


@pytest.mark.parametrize(("who", "reason"), [("xu_ke", "短"), ("lin_xiao", "客户正在查询")])
def test_striking_out_is_refused(archive: Cast, who: str, reason: str) -> None:
    """Without a reason, or by somebody who does not dispose, nothing is taken out."""
    waybill(archive.xu_ke)
    batch = gathered()
    ids = tuple(batch.items.values_list("id", flat=True))
    with pytest.raises(Refused):
        StrikeOut(viewer=viewer(getattr(archive, who)), batch_id=batch.pk, item_ids=ids, reason=reason).run()
    assert set(batch.items.values_list("state", flat=True)) == {"in"}


def test_a_withdrawn_batch_is_gathered_again(archive: Cast) -> None:
    """A batch given up leaves its records due."""
    record = waybill(archive.xu_ke)
    batch = gathered()
    WithdrawBatch(viewer=viewer(archive.xu_ke), batch_id=batch.pk, reason="待清点后再办").run()
    clock.advance(timedelta(days=1))
    again = gathered()
    assert again.pk != batch.pk
    assert again.items.get().record_id == record


def test_what_is_no_longer_due_is_spared_at_the_last_moment(archive: Cast) -> None:
    """Between approval and execution a dispute begins, a case is opened, a day moves: those records stay."""
    disputed, busy, moved, gone = (waybill(archive.xu_ke) for _ in range(4))
    batch = approved(archive, gathered())
    change(archive.xu_ke, "waybill", disputed, disputed="是")
    change(archive.xu_ke, "waybill", moved, signed_on="2026-01-01")
    StartCase(viewer=viewer(archive.xu_ke), process="inquiry", record_id=busy, complete=False).run()
    batch = carried_out(archive, batch)
    assert (batch.done, batch.spared) == (1, 3)
    assert [there("waybill", each) for each in (disputed, busy, moved, gone)] == [True, True, True, False]
    reasons = dict(batch.items.values_list("record_id", "reason"))
    assert reasons == {
        disputed: "符合暂缓处理的条件。",
        busy: "有未办结的案件。",
        moved: "保存期限还没有满。",
        gone: "",
    }


def test_nothing_is_submitted_twice(archive: Cast) -> None:
    """A batch that is under way is not submitted again, and an empty one not at all."""
    waybill(archive.xu_ke)
    batch = gathered()
    submitted(archive, batch)
    cases = Case.objects.count()
    with pytest.raises(Refused) as refused:
        SubmitBatch(viewer=viewer(archive.xu_ke), batch_id=batch.pk, opinion="再次申请销毁").run()
    assert code(refused) == "retention.moved_on"
    assert Case.objects.count() == cases
    assert Case.objects.get(pk=Batch.objects.get().case_id or 0).state == CaseState.OPEN


def test_archiving_needs_nobody_and_leaves_the_record_in_place(archive: Cast) -> None:
    """An insured waybill is archived by itself after three years: still found, flagged, and not changed any more."""
    record = waybill(archive.xu_ke, "2023-06-30", insured="是")
    catch_up()
    assert there("waybill", record)
    assert Hold.objects.get(kind="archived").record_id == record
    before = stored("waybill", record, "version", "receiver_address")
    with pytest.raises(Refused) as refused:
        change(archive.xu_ke, "waybill", record, receiver_address=ADDRESS)
    assert code(refused) == "records.held"
    assert stored("waybill", record, "version", "receiver_address") == before
    assert not Item.objects.exists()


def test_a_class_is_emptied_and_the_record_stays(archive: Cast) -> None:
    """A sender closed half a year ago loses the receiving class alone: value, blind index and search tokens; the list
    names the class.
    """
    record = sender(archive.xu_ke, closed_on="2025-12-30")
    phone = stored("sender", record, "sender_phone_bidx")
    assert phone != (None,)
    batch = carried_out_by_one(archive, approved(archive, gathered("sender")))
    assert (batch.done, batch.spared) == (1, 0)
    assert stored("sender", record, "sender_phone", "sender_phone_bidx", "sender_name") == (None, None, "云杉商行")
    assert Destroyed.objects.get().information_class == "收件"
    assert Standing.objects.get(record_id=record, information_class="收件").disposed == "emptied"


def carried_out_by_one(cast: Cast, batch: Batch) -> Batch:
    """The approved batch of a block that wants one witness, carried out."""
    assert witness(cast.zhao_qi, batch) == 0
    batch.refresh_from_db()
    assert run_now(batch.job_id or 0)
    batch.refresh_from_db()
    return batch


def test_storing_only_is_for_whole_records(archive: Cast) -> None:
    """A term of one class that ends in 只存 leaves the fields where they are and sets nothing aside."""
    record = sender(archive.xu_ke, closed_on="2024-06-30")
    catch_up()
    assert there("sender", record)
    assert not Aside.objects.exists()
    assert Standing.objects.get(record_id=record, information_class="寄递").disposed == "store_only"
