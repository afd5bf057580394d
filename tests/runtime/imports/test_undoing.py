"""Taking an import back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.imports import queries
from keguan.runtime.imports.actions import StartUndo
from keguan.runtime.imports.models import Before, Kept, Undoing
from keguan.runtime.imports.undo import working
from keguan.runtime.imports.undo.batches import RemoveBatch
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.jobs.queries import job
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import objections
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Update
from tests.runtime.imports.journey import CONTRACT, CUSTOMER, bring_in, contract, customer, stored
from tests.runtime.records.canonical import dump
from tests.runtime.records.filing import customer as filed
from tests.runtime.records.filing import reception

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast, Member


def undo(member: Member, import_id: int) -> Undoing:
    """Take it back to the end."""
    run_now(StartUndo(viewer=viewer_for(member.id), import_id=import_id, wake=False).run())
    return Undoing.objects.get(of_id=import_id)


def people(*names: str) -> list[list[object]]:
    """A sheet of customers."""
    return [list(CUSTOMER), *(customer(name, number) for number, name in enumerate(names))]


def left() -> list[tuple[int, str, list[str]]]:
    """The records that stayed, and why."""
    return list(Kept.objects.order_by("record_id").values_list("record_id", "why", "fields"))


def test_everything_goes_that_nobody_touched(company: Cast) -> None:
    """An import of new customers taken back at once leaves all data as it was; its ledger has one beginning and end."""
    filed(company.lin_xiao)
    before = dump()
    card = bring_in(company.xu_ke, people("李娜", "王强", "赵敏"))
    assert card.created == 3
    done = undo(company.xu_ke, card.id)
    assert (done.removed, done.restored, done.kept) == (3, 0, 0)
    assert dump() == before
    entries = ledger.entries_page(filters=ledger.EntryFilters(subject_type="import", subject_id=str(card.id))).entries
    assert [each.action for each in entries][:2] == ["imports.undone", "imports.undo"]
    assert job(done.job_id).message == "删除 3 份，恢复 0 份，保留 0 份。"


def test_what_was_changed_or_used_stays_and_is_said(company: Cast) -> None:
    """One was corrected, one has a reception, one is held: these stay, each with its reason; the others go."""
    card = bring_in(company.xu_ke, people("李娜", "王强", "赵敏", "钱进"))
    one, two, three, _four = (row[0] for row in stored("customer", "id"))
    Update(
        viewer=viewer_for(company.xu_ke.id), record_type="customer", id=one, version=1, values={"source": "来访"}
    ).run()
    reception(company.xu_ke, two)
    objections.objects("test", lambda _type, ids: {each: "已封存。" for each in ids if each == three})
    try:
        preview = queries.undo_preview(viewer_for(company.xu_ke.id), card.id)
        done = undo(company.xu_ke, card.id)
    finally:
        del objections._asked["test"]
    assert (preview.judged, preview.going, preview.restoring, preview.refused) == (4, 1, 0, "")
    assert preview.staying == {"导入后被修改过": 1, "已有往来、案件或待办用到它": 1, "已封存，或依法须保存": 1}
    assert (done.removed, done.kept) == (1, 3)
    assert left() == [(one, "changed", []), (two, "used", []), (three, "held", [])]
    assert [row[0] for row in stored("customer", "id")] == [one, two, three]
    shown = queries.undone(viewer_for(company.xu_ke.id), card.id)
    assert next((each.record_id, each.why) for each in shown.left) == (one, "导入后被修改过")


def test_updated_values_come_back(company: Cast) -> None:
    """Values that the import wrote over are as before, sensitive ones too; one changed since stays and is named."""
    one = filed(company.lin_xiao, "李娜", "13900000000", source="来电", id_number="11010519491231002X")
    rows = [list(CUSTOMER), customer("李娜", 0, 来源="来访", 首次接触日="2026-03-04")]
    card = bring_in(company.xu_ke, rows, on_duplicate="update")
    assert (card.created, card.updated) == (0, 1)
    viewer = viewer_for(company.xu_ke.id)
    version = records.get(viewer, "customer", one).version
    values = {"first_contact": "2026-05-06"}
    Update(viewer=viewer, record_type="customer", id=one, version=version, values=values).run()
    done = undo(company.xu_ke, card.id)
    assert (done.removed, done.restored, done.kept) == (0, 1, 1)
    assert left() == [(one, "fields", ["first_contact"])]
    assert stored("customer", "source", "CAST(first_contact AS text)") == [("来电", "2026-05-06")]
    assert not Before.objects.exists()


def test_two_rows_about_one_record(company: Cast) -> None:
    """Of two imports that changed a field one after the other, each is taken back in its turn."""
    one = filed(company.lin_xiao, "李娜", "13900000000", source="来电")
    first = bring_in(company.xu_ke, [list(CUSTOMER), customer("李娜", 0, 来源="来访")], on_duplicate="update")
    second = bring_in(company.xu_ke, [list(CUSTOMER), customer("李娜", 0, 来源="活动")], on_duplicate="update")
    undo(company.xu_ke, second.id)
    assert stored("customer", "id", "source") == [(one, "来访")]
    undo(company.xu_ke, first.id)
    assert stored("customer", "id", "source") == [(one, "来电")]


def test_contracts_go_and_the_figures_follow(company: Cast) -> None:
    """Contracts brought in and taken back leave the customer's total as it was."""
    one = filed(company.lin_xiao, "李娜", "13900000000")
    rows = [list(CONTRACT), contract("HT-1", "13900000000"), contract("HT-2", "13900000000")]
    card = bring_in(company.xu_ke, rows, "purchase_contract")
    assert stored("customer", "id", "total_purchase") == [(one, 200_000_000)]
    undo(company.xu_ke, card.id)
    assert stored("customer", "id", "total_purchase") == [(one, None)]


def test_refusals(company: Cast, afternoon: datetime) -> None:
    """Somebody else's, a second time, and after thirty days: refused, and nothing is removed."""
    card = bring_in(company.xu_ke, people("李娜"))
    start = StartUndo(viewer=viewer_for(company.xu_ke.id), import_id=card.id, wake=False)
    with pytest.raises(Refused) as caught:
        replace(start, viewer=viewer_for(company.lin_xiao.id)).run()
    assert caught.value.code == "imports.not_found"
    with clock.hold(afternoon + timedelta(days=31)), pytest.raises(Refused) as caught:
        start.run()
    assert caught.value.code == "imports.too_old"
    assert len(stored("customer", "id")) == 1
    undo(company.xu_ke, card.id)
    with pytest.raises(Refused) as caught:
        start.run()
    assert caught.value.code == "imports.undone"


def test_killed_and_run_again(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before its second batch and run again, it ends as one clean run: counts and data."""
    before = dump()
    card = bring_in(company.xu_ke, people("李娜", "王强", "赵敏", "钱进", "孙立"))
    monkeypatch.setattr(working, "BATCH", 2)
    run, calls = RemoveBatch.run, []

    def dying(action: RemoveBatch) -> None:
        calls.append(action)
        if len(calls) == 2:
            raise KeyboardInterrupt
        run(action)

    monkeypatch.setattr(RemoveBatch, "run", dying)
    job_id = StartUndo(viewer=viewer_for(company.xu_ke.id), import_id=card.id, wake=False).run()
    with pytest.raises(KeyboardInterrupt):
        run_now(job_id)
    assert (Undoing.objects.get().removed, len(stored("customer", "id"))) == (2, 3)
    run_now(job_id)
    assert (Undoing.objects.get().removed, Undoing.objects.get().kept) == (5, 0)
    assert dump() == before
