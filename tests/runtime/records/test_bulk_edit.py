"""Changing many records at once, each judged by itself."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.db import connection

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.jobs.queries import job
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import GiveResults, StartBulkEdit
from keguan.runtime.records.bulk import working
from keguan.runtime.records.bulk.settling import BulkBatch
from keguan.runtime.records.models import BulkEdit, BulkRow
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.runtime.records.filing import customer
from tests.runtime.records.test_hand_over import handing

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from tests.cast import Cast


@pytest.fixture(autouse=True)
def granted(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the job everybody has the operation in each of their roles."""

    def with_operation(staff_id: int, via: str = "web") -> Viewer:
        viewer = viewer_for(staff_id, via)
        grants = tuple(replace(each, operations=each.operations | {"bulk_edit"}) for each in viewer.grants)
        return replace(viewer, grants=grants)

    monkeypatch.setattr(working, "viewer_for", with_operation)


def change(company: Cast, values: dict[str, str], *ids: int, query: ListQuery | None = None) -> int:
    """许可 changes customers to the end; the bulk edit's id."""
    action = StartBulkEdit(
        viewer=handing(company.xu_ke, "bulk_edit"), record_type="customer", values=values, ids=ids,
        query=query or ListQuery(), wake=False,
    )  # fmt: skip
    edit_id = action.run()
    run_now(BulkEdit.objects.get(pk=edit_id).job_id or 0)
    return edit_id


def sources() -> list[tuple[int, str | None]]:
    """The source of every customer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, source FROM rec_customer ORDER BY id")
        return cursor.fetchall()


def counts(edit_id: int) -> tuple[int, int, int]:
    """Changed, unchanged, refused."""
    found = BulkEdit.objects.get(pk=edit_id)
    return found.changed, found.unchanged, found.refused


def test_every_record_by_itself(company: Cast) -> None:
    """One is changed, one was like that already, one is not there: each with its result."""
    one = customer(company.lin_xiao, "张伟", "13800135612")
    two = customer(company.fang_ming, "李娜", "13900009999", source="来电")
    edit_id = change(company, {"source": "来电"}, one, two, 10**6)
    assert sources() == [(one, "来电"), (two, "来电")]
    assert counts(edit_id) == (1, 1, 1)
    results = records.bulk_results(viewer_for(company.xu_ke.id), edit_id)
    assert [(each.id, each.title.text, each.outcome) for each in results[:2]] == [
        (one, "张伟", "changed"),
        (two, "李娜", "unchanged"),
    ]
    assert (results[2].id, results[2].outcome) == (None, "refused")
    assert job(BulkEdit.objects.get(pk=edit_id).job_id).message == "修改 1 份，本来就是这样 1 份，不能改 1 份。"


def test_the_whole_query(company: Cast) -> None:
    """All that a query finds, although the change takes them out of it."""
    ids = [customer(company.lin_xiao, f"客户{n}", f"1380013561{n}", source="来电") for n in range(5)]
    other = customer(company.lin_xiao, "李娜", "13900009999", source="来访")
    edit_id = change(company, {"source": "活动"}, query=ListQuery(filters=(Filter("source", Operator.IS, ("来电",)),)))
    assert sources() == [*((each, "活动") for each in ids), (other, "来访")]
    assert counts(edit_id) == (5, 0, 0)


def test_clearing(company: Cast) -> None:
    """An empty value clears the field; one that must not be empty is refused, record by record."""
    one = customer(company.lin_xiao, source="来电")
    assert counts(change(company, {"source": ""}, one)) == (1, 0, 0)
    assert sources() == [(one, None)]
    edit_id = change(company, {"customer_kind": "单位"}, one)
    assert counts(edit_id) == (0, 0, 1)
    (result,) = records.bulk_results(viewer_for(company.xu_ke.id), edit_id)
    assert result.reasons == (("统一社会信用代码", "必须填写。"),)


def test_what_may_not_be_seen_may_not_be_changed(company: Cast) -> None:
    """Neither a hidden class nor a number that tells records apart; nor by a filter that may not be asked."""
    one = customer(company.lin_xiao, source="来电")
    few = handing(company.xu_ke, "bulk_edit")
    few = replace(few, grants=tuple(replace(each, classes=frozenset({"身份", "联系"})) for each in few.grants))
    start = StartBulkEdit(viewer=few, record_type="customer", values={"source": "活动"}, ids=(one,), wake=False)
    hidden = ListQuery(filters=(Filter("source", Operator.IS, ("来电",)),))
    tries = [
        (start, "records.invalid"),
        (replace(start, values={"phone": "13900009999"}), "records.invalid"),
        (replace(start, values={"gender": "男"}, ids=(), query=hidden), "records.filter"),
        (replace(start, values={}), "bulk.values"),
        (replace(start, viewer=viewer_for(company.xu_ke.id)), "not_permitted"),
    ]
    for action, code in tries:
        with pytest.raises(Refused) as caught:
            action.run()
        assert caught.value.code == code
    assert sources() == [(one, "来电")]
    assert not BulkEdit.objects.exists()


def test_rights_are_those_of_today(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operation withdrawn between asking and doing: every record is refused, nothing is changed."""
    one = customer(company.lin_xiao, source="来电")
    monkeypatch.setattr(working, "viewer_for", viewer_for)
    edit_id = change(company, {"source": "活动"}, one)
    assert (counts(edit_id), sources()) == ((0, 0, 1), [(one, "来电")])


def test_killed_and_run_again(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between two batches and run again, every record is changed once and the counts are right."""
    ids = [customer(company.lin_xiao, f"客户{n}", f"1380013561{n}") for n in range(7)]
    monkeypatch.setattr(working, "BATCH", 3)
    run, calls = BulkBatch.run, []

    def dying(action: BulkBatch) -> None:
        calls.append(action)
        if len(calls) == 2:
            raise KeyboardInterrupt
        run(action)

    monkeypatch.setattr(BulkBatch, "run", dying)
    start = StartBulkEdit(
        viewer=handing(company.xu_ke, "bulk_edit"), record_type="customer", values={"source": "活动"}, ids=ids,
        wake=False,
    )  # fmt: skip
    edit_id = start.run()
    job_id = BulkEdit.objects.get(pk=edit_id).job_id or 0
    with pytest.raises(KeyboardInterrupt):
        run_now(job_id)
    assert counts(edit_id) == (3, 0, 0)
    run_now(job_id)
    assert (counts(edit_id), BulkRow.objects.filter(outcome="changed").count()) == ((7, 0, 0), 7)
    entries = ledger.entries_page(filters=ledger.EntryFilters(action="records.bulk_batch")).entries
    assert sorted(each for entry in entries for each in entry.data["ids"]) == ids


def test_results_as_a_workbook(company: Cast) -> None:
    """The file has number, title, result and reason; only for whoever began it, and taking it is in the ledger."""
    one = customer(company.lin_xiao, "=张伟", "13800135612")
    edit_id = change(company, {"source": "活动"}, one)
    given = GiveResults(viewer=viewer_for(company.xu_ke.id), edit_id=edit_id).run()
    sheet = openpyxl.load_workbook(io.BytesIO(given.data)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["编号", "档案", "结果", "原因"],
        [str(one), "=张伟", "已修改", ""],
    ]
    assert ledger.entries_page(filters=ledger.EntryFilters(action="records.bulk_results")).entries[0].data == {
        "rows": 1
    }
    with pytest.raises(Refused) as caught:
        GiveResults(viewer=viewer_for(company.lin_xiao.id), edit_id=edit_id).run()
    assert caught.value.code == "bulk.not_found"
