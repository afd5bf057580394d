"""All that a list finds goes to somebody else, each record judged by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.jobs import progress
from keguan.runtime.jobs.actions import CancelJob, run_now
from keguan.runtime.jobs.queries import job
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.actions import SetActive
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import GiveResults, StartHandOver
from keguan.runtime.records.bulk import working
from keguan.runtime.records.bulk.handing import HandOverBatch
from keguan.runtime.records.models import BulkEdit, Ownership, Transfer
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.runtime.records.filing import customer, reception
from tests.runtime.records.test_hand_over import handing

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from tests.cast import Cast, Member

WHY = "片区调整"
CALLED = ListQuery(filters=(Filter("source", Operator.IS, ("来电",)),))


@pytest.fixture(autouse=True)
def granted(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the job everybody has the operation in each of their roles."""
    by_id = {member.id: member for member in (company.xu_ke, company.lin_xiao, company.zhao_qi)}

    def with_operation(staff_id: int, _via: str = "web") -> Viewer:
        return handing(by_id[staff_id])

    monkeypatch.setattr(working, "viewer_for", with_operation)


def begin(by: Member, to: Member, query: ListQuery = CALLED, **more: object) -> BulkEdit:
    """Begin it; nothing is done yet."""
    given = {"record_type": "customer", "to_staff_id": to.id, "reason": WHY, "query": query, "wake": False, **more}
    return BulkEdit.objects.get(pk=StartHandOver(viewer=handing(by), **given).run())


def hand(by: Member, to: Member, query: ListQuery = CALLED, **more: object) -> records.BulkCard:
    """Do it to the end."""
    made = begin(by, to, query, **more)
    run_now(made.job_id or 0)
    return records.bulk_edit(viewer_for(by.id), made.pk)


def owners(table: str = "rec_customer") -> list[tuple[int, int | None, int | None]]:
    """Owner and unit of every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, owner_id, unit_id FROM {table} ORDER BY id")
        return cursor.fetchall()


def test_all_that_the_list_finds_goes(company: Cast) -> None:
    """Two customers who called go from 林晓 to 赵启 with the reception of one, into his unit; the third stays. Who had
    them until when is kept, and he is told.
    """
    one, two = (customer(company.lin_xiao, f"客户{n}", f"1380013561{n}", source="来电") for n in (1, 2))
    other = customer(company.lin_xiao, "客户3", "13800135613", source="活动")
    reception(company.lin_xiao, one)
    card = hand(company.xu_ke, company.zhao_qi)
    assert (card.hands_over, card.changed, card.unchanged, card.refused) == (True, 2, 0, 0)
    assert card.job is not None
    assert card.job.message == "移交 2 份，本来就归接收人 0 份，不能移交 0 份。"
    lin, zhao = company.lin_xiao, company.zhao_qi
    assert owners() == [(one, zhao.id, zhao.unit_id), (two, zhao.id, zhao.unit_id), (other, lin.id, lin.unit_id)]
    assert [owner for _id, owner, _unit in owners("rec_reception")] == [zhao.id]
    kept = Ownership.objects.filter(record_type="customer").order_by("record_id")
    assert list(kept.values_list("record_id", "owner_id")) == [(one, lin.id), (two, lin.id)]
    (entry,) = ledger.entries_page(filters=ledger.EntryFilters(action="records.hand_over_batch")).entries
    assert (entry.data["ids"], entry.data["to_name"], entry.data["reason"]) == ([one, two], "赵启", WHY)
    assert entry.data["counts"] == {"customer": 2, "reception": 1}
    assert [each.counts for each in records.transfers(viewer_for(zhao.id))] == [{"客户": 2, "接待登记": 1}]


def test_they_may_stay_in_their_unit(company: Cast) -> None:
    """With keep_unit only the owner changes."""
    one = customer(company.lin_xiao, source="来电")
    hand(company.xu_ke, company.fang_ming, keep_unit=True)
    assert owners() == [(one, company.fang_ming.id, company.lin_xiao.unit_id)]


def test_each_is_told_what_became_of_it(company: Cast) -> None:
    """One goes, one is the receiver's already; the workbook says so and names nobody's values."""
    one = customer(company.lin_xiao, "客户1", "13800135611", source="来电")
    two = customer(company.zhao_qi, "客户2", "13800135612", source="来电")
    card = hand(company.xu_ke, company.zhao_qi)
    assert (card.changed, card.unchanged, card.refused) == (1, 1, 0)
    found = records.bulk_results(viewer_for(company.xu_ke.id), card.id)
    assert [(each.id, each.outcome) for each in found] == [(one, "changed"), (two, "unchanged")]
    given = GiveResults(viewer=viewer_for(company.xu_ke.id), edit_id=card.id).run()
    assert (given.file_name, given.rows) == (f"移交结果-{card.id}.xlsx", 2)


def test_rights_are_those_of_the_moment(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operation withdrawn between asking and doing: every record is refused and stays."""
    customer(company.lin_xiao, source="来电")
    before = owners()
    made = begin(company.xu_ke, company.zhao_qi)
    monkeypatch.setattr(working, "viewer_for", viewer_for)
    run_now(made.job_id or 0)
    made.refresh_from_db()
    assert ((made.changed, made.refused), owners()) == ((0, 1), before)
    (result,) = records.bulk_results(viewer_for(company.xu_ke.id), made.pk)
    assert result.reasons == (("", "您的岗位不能移交这份档案。"),)


def test_a_receiver_who_has_left_meanwhile_gets_nothing(company: Cast) -> None:
    """The job ends with a sentence, and everything stays."""
    customer(company.lin_xiao, source="来电")
    before = owners()
    made = begin(company.xu_ke, company.zhao_qi)
    SetActive(actor=SYSTEM, staff_id=company.zhao_qi.id, active=False).run()
    run_now(made.job_id or 0)
    over = job(made.job_id or 0)
    assert over is not None
    assert "请另选接收人" in over.error
    assert owners() == before
    assert not Transfer.objects.exists()


@pytest.mark.parametrize(
    ("operation", "to", "reason", "query", "code"),
    [
        ("nothing", "zhao_qi", WHY, CALLED, "not_permitted"),
        ("hand_over", "zhao_qi", "换", CALLED, "hand_over.reason"),
        ("hand_over", "guan_li", WHY, CALLED, "hand_over.receiver"),
        ("hand_over", "zhao_qi", WHY, ListQuery(filters=(Filter("nothing", Operator.IS, ("1",)),)), "records.filter"),
    ],
)
def test_what_cannot_be(company: Cast, operation: str, to: str, reason: str, query: ListQuery, code: str) -> None:
    """Without the operation, without a reason, to whoever cannot see customers, by a filter that is none."""
    customer(company.lin_xiao, source="来电")
    receiver = getattr(company, to)
    with pytest.raises(Refused) as caught:
        StartHandOver(
            viewer=handing(company.xu_ke, operation),
            record_type="customer",
            to_staff_id=receiver.id,
            reason=reason,
            query=query,
        ).run()
    assert caught.value.code == code
    assert not BulkEdit.objects.exists()


def test_it_stops_between_two_batches(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Called off after the first batch: what has gone has gone, the rest stays, and both are known."""
    for n in range(4):
        customer(company.lin_xiao, f"客户{n}", f"1380013561{n}", source="来电")
    monkeypatch.setattr(working, "BATCH", 2)
    monkeypatch.setattr(progress, "INTERVAL", 0)
    made = begin(company.xu_ke, company.zhao_qi)
    run = HandOverBatch.run

    def stopping(action: HandOverBatch) -> None:
        run(action)
        CancelJob(actor=company.xu_ke.actor, job_id=made.job_id or 0).run()

    monkeypatch.setattr(HandOverBatch, "run", stopping)
    run_now(made.job_id or 0)
    card = records.bulk_edit(viewer_for(company.xu_ke.id), made.pk)
    assert (card.stopped, card.changed) == (True, 2)
    assert sorted(owner == company.zhao_qi.id for _id, owner, _unit in owners()) == [False, False, True, True]
