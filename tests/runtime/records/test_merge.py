"""Two records that are one: merged, and taken apart again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keguan.runtime import clock
from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.duties.models import Duty, Proof
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.models import Case
from keguan.runtime.records import objections, queries
from keguan.runtime.records.actions import Create, MergeRecords, UndoMerge, Update
from keguan.runtime.records.merging.pointers import merged_into
from keguan.runtime.records.models import Merge
from keguan.runtime.records.queries import ListQuery
from tests.cast import JIANGNAN
from tests.runtime.records.canonical import dump
from tests.runtime.records.filing import contract, customer, reception
from tests.runtime.records.test_hand_over import handing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer
    from tests.cast import Cast

REASON = "同一人的两份档案"


def merger(company: Cast) -> Viewer:
    """许可, who keeps the records of the company, and may merge."""
    return handing(company.xu_ke, "merge")


def merge(company: Cast, kept: int, gone: int, **more: object) -> int:
    """许可 merges two customers."""
    return MergeRecords(
        viewer=merger(company), record_type="customer", kept_id=kept, gone_id=gone, reason=REASON, **more
    ).run()


def value(company: Cast, record_id: int, code: str) -> str:
    """What 许可 sees in a field of a customer."""
    return queries.get(viewer_for(company.xu_ke.id), "customer", record_id).cells[code].text


def owed(record_id: int, company: Cast, slot: str, duty: str = "visit") -> Duty:
    """A duty about a customer."""
    return Duty.objects.create(
        duty=duty, line="x", row=1, publication_id=1, clause="core#a", task="走访", record_type="customer",
        record_id=record_id, slot=slot, owner_id=company.lin_xiao.id, unit_id=company.units[JIANGNAN],
        period_start=clock.today(), made_at=clock.now(), due_at=clock.now(), next_at=clock.now(),
    )  # fmt: skip


def begun(record_id: int, company: Cast) -> Case:
    """A case about a customer."""
    return Case.objects.create(
        process="any", publication_id=1, record_type="customer", record_id=record_id, owner_id=company.lin_xiao.id,
        unit_id=company.units[JIANGNAN], information_class="来往", started_by_name="林晓", started_at=clock.now(),
    )  # fmt: skip


def test_the_survivor_gets_what_it_lacks(company: Cast, afternoon: datetime) -> None:
    """What the survivor lacks comes from the other; of two values, of equally new records, its own stays."""
    kept = customer(company.lin_xiao, "张伟", "13800135612")
    gone = customer(company.lin_xiao, "张　伟", "13900009999", source="来电", id_number="11010519491231002X")
    merge(company, kept, gone)
    assert {code: value(company, kept, code) for code in ("name", "phone", "source", "id_number")} == {
        "name": "张伟",
        "phone": "138****5612",
        "source": "来电",
        "id_number": "110***********002X",
    }
    found = [row.id for row in queries.page(viewer_for(company.xu_ke.id), "customer", ListQuery()).rows]
    assert found == [kept]


def test_a_choice_field_by_field(company: Cast) -> None:
    """Chosen by hand, the other's phone wins and its name does not; the taken phone opens under the survivor's id."""
    kept = customer(company.lin_xiao, "张伟", "13800135612")
    gone = customer(company.lin_xiao, "张小伟", "13900009999")
    merge(company, kept, gone, take=("phone",))
    viewer = viewer_for(company.lin_xiao.id)
    reveal = Reveal(viewer=viewer, record_type="customer", id=kept, field="phone", reason="核对合并结果")
    assert reveal.run() == "13900009999"
    found = {
        typed: [row.id for row in queries.page(viewer, "customer", ListQuery(search=typed)).rows]
        for typed in ("9999", "5612", "张小伟")
    }
    assert found == {"9999": [kept], "5612": [], "张小伟": []}


def test_everything_moves_and_the_old_id_leads_on(company: Cast) -> None:
    """Contracts, receptions, cases, duties and proofs of the one that goes are the survivor's; its id leads there."""
    kept, gone = customer(company.lin_xiao), customer(company.fang_ming, "张伟民", "13900009999")
    contract_id, reception_id = contract(company.xu_ke, gone), reception(company.fang_ming, gone)
    case, duty = begun(gone, company), owed(gone, company, "2026-11")
    proof = Proof.objects.create(duty=duty, record_type="customer", record_id=gone, counted_at=clock.now())
    merge(company, kept, gone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT customer_id FROM rec_purchase_contract WHERE id = %s", [contract_id])
        assert cursor.fetchone() == (kept,)
        cursor.execute("SELECT customer_id FROM rec_reception WHERE id = %s", [reception_id])
        assert cursor.fetchone() == (kept,)
    for row in (case, duty, proof):
        row.refresh_from_db()
    assert (case.record_id, duty.record_id, proof.record_id) == (kept, kept, kept)
    assert (case.owner_id, case.unit_id) == (company.lin_xiao.id, company.units[JIANGNAN])
    assert merged_into("customer", gone) == kept
    assert merged_into("customer", kept) is None


def test_a_duty_that_both_owe_is_owed_once(company: Cast) -> None:
    """The survivor's own stays; the other's is stopped where it is, and open again when they are taken apart."""
    kept, gone = customer(company.lin_xiao), customer(company.lin_xiao, "张伟民", "13900009999")
    _, theirs = owed(kept, company, "2026-11"), owed(gone, company, "2026-11")
    theirs_at = theirs.next_at
    number = merge(company, kept, gone)
    theirs.refresh_from_db()
    assert (theirs.record_id, theirs.state, theirs.next_at) == (gone, "cancelled", None)
    UndoMerge(viewer=merger(company), merge_id=number).run()
    again = Duty.objects.get(pk=theirs.pk)
    assert (again.record_id, again.state, again.next_at) == (gone, "open", theirs_at)


def test_figures_follow(company: Cast) -> None:
    """The survivor's total is that of both; taken apart, each has its own again."""
    kept, gone = customer(company.lin_xiao), customer(company.lin_xiao, "张伟民", "13900009999")
    contract(company.xu_ke, kept, "HT-1", amount="100万")
    contract(company.xu_ke, gone, "HT-2", amount="200万")
    before = [value(company, each, "total_purchase") for each in (kept, gone)]
    number = merge(company, kept, gone)
    assert value(company, kept, "total_purchase") == "¥3,000,000.00"
    UndoMerge(viewer=merger(company), merge_id=number).run()
    assert [value(company, each, "total_purchase") for each in (kept, gone)] == before


def test_what_was_changed_since_stays_and_is_said(company: Cast) -> None:
    """A taken phone that somebody has corrected, and a reception that was moved on, stay as they are."""
    kept = customer(company.lin_xiao)
    gone = customer(company.lin_xiao, "张伟民", "13900009999", source="来电")
    third = customer(company.lin_xiao, "王强", "13700001111")
    moved, stays = reception(company.lin_xiao, gone), reception(company.lin_xiao, gone, on="2026-11-19")
    number = merge(company, kept, gone, take=("phone", "source"))
    viewer = viewer_for(company.lin_xiao.id)
    version = queries.get(viewer, "customer", kept).version
    Update(viewer=viewer, record_type="customer", id=kept, version=version, values={"phone": "13600002222"}).run()
    version = queries.get(viewer, "reception", moved).version
    Update(viewer=viewer, record_type="reception", id=moved, version=version, values={"customer": str(third)}).run()
    undone = UndoMerge(viewer=merger(company), merge_id=number).run()
    assert (undone.record_id, undone.fields, undone.rows, undone.complete) == (
        gone, ("phone",), {"rec_reception.customer_id": 1}, False,
    )  # fmt: skip
    assert (value(company, kept, "phone"), value(company, kept, "source")) == ("136****2222", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, customer_id FROM rec_reception ORDER BY id")
        assert cursor.fetchall() == [(moved, third), (stays, gone)]
    assert Merge.objects.get(pk=number).left == ["phone", "rec_reception.customer_id: 1"]


def test_the_ledger_tells_both_sides(company: Cast) -> None:
    """One entry under each id, with old and new of plain fields and of sensitive ones only that they changed."""
    kept = customer(company.lin_xiao)
    gone = customer(company.lin_xiao, "张小伟", "13900009999")
    number = merge(company, kept, gone, take=("name", "phone"))
    entries = ledger.entries_page(filters=ledger.EntryFilters(subject_type="customer", subject_id=str(kept))).entries
    entry = next(each for each in entries if each.action == "records.merge")
    assert (entry.data["merge"], entry.data["gone"], entry.data["taken"]) == (number, gone, ["name", "phone"])
    assert "13900009999" not in str(entry.data)
    entries = ledger.entries_page(filters=ledger.EntryFilters(subject_type="customer", subject_id=str(gone))).entries
    other = next(each for each in entries if each.action == "records.merged_into")
    assert other.data == {"kept": kept}


def test_a_chain_is_taken_apart_from_its_end(company: Cast) -> None:
    """A record merged into one that is merged itself leads to the last; undone only after that."""
    one, two, three = (customer(company.lin_xiao, f"张伟{n}", f"1390000999{n}") for n in range(3))
    first, second = merge(company, two, one), merge(company, three, two)
    assert merged_into("customer", one) == three
    with pytest.raises(Refused) as caught:
        UndoMerge(viewer=merger(company), merge_id=first).run()
    assert caught.value.code == "merge.chain"
    UndoMerge(viewer=merger(company), merge_id=second).run()
    UndoMerge(viewer=merger(company), merge_id=first).run()
    assert [merged_into("customer", each) for each in (one, two, three)] == [None, None, None]


@pytest.fixture
def held() -> Iterator[set[int]]:
    """Customers to whose merging somebody objects."""
    found: set[int] = set()
    objections.objects("test", lambda _type, ids: {each: "已封存，不能合并。" for each in ids if each in found})
    yield found
    del objections._asked["test"]


def test_refusals_change_nothing(company: Cast, held: set[int]) -> None:
    """Without the operation, out of sight, a class unseen, the same record, no reason, a held one: refused."""
    kept, gone = (
        customer(company.lin_xiao),
        customer(company.fang_ming, "张伟民", "13900009999", source="来电"),
    )
    good = MergeRecords(viewer=merger(company), record_type="customer", kept_id=kept, gone_id=gone, reason=REASON)
    few = merger(company)
    few = replace(few, grants=tuple(replace(each, classes=frozenset({"身份", "联系"})) for each in few.grants))
    before = dump()
    tries = [
        (replace(good, viewer=viewer_for(company.he_shen.id)), "merge.not_found"),
        (replace(good, viewer=handing(company.lin_xiao, "merge")), "merge.not_found"),
        (replace(good, viewer=few), "merge.not_found"),
        (replace(good, gone_id=gone + 1000), "merge.not_found"),
        (replace(good, gone_id=kept), "merge.same"),
        (replace(good, reason="同"), "merge.reason"),
        (replace(good, take=("nothing",)), "records.invalid"),
    ]
    for action, code in tries:
        with pytest.raises(Refused) as caught:
            action.run()
        assert caught.value.code == code
    held.add(gone)
    with pytest.raises(Refused) as caught:
        replace(good).run()
    assert (caught.value.code, caught.value.message) == ("merge.held", "已封存，不能合并。")
    assert dump() == before


NAMES = st.sampled_from(["张伟", "张炜", "李娜", "王强", "欧阳海"])
OPTIONAL = st.fixed_dictionaries(
    {},
    optional={
        "gender": st.sampled_from(["男", "女"]),
        "email": st.sampled_from(["a@example.com", "b@example.com"]),
        "address": st.sampled_from(["云岭路1号", "云岭路 1 号"]),
        "source": st.sampled_from(["来电", "来访"]),
        "first_contact": st.sampled_from(["2026-01-02", "2026-03-04"]),
        "traits": st.sampled_from(["爱喝茶", "爱喝咖啡"]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
@given(
    mine=st.tuples(NAMES, OPTIONAL),
    theirs=st.tuples(NAMES, OPTIONAL),
    children=st.lists(st.tuples(st.booleans(), st.sampled_from(["contract", "reception", "relation"])), max_size=5),
    rows=st.lists(st.tuples(st.booleans(), st.sampled_from(["2026-10", "2026-11"])), max_size=4, unique=True),
    take=st.none() | st.sets(st.sampled_from(["name", "phone", "email", "source", "traits"])),
)
def test_merged_and_taken_apart_is_the_identity(company: Cast, mine, theirs, children, rows, take) -> None:
    """Whatever two customers have and whatever is taken: taken apart at once, all data is as it was."""
    with transaction.atomic():
        _there_and_back(company, mine, theirs, children, rows, take)
        transaction.set_rollback(True)


def _there_and_back(company: Cast, mine, theirs, children, rows, take) -> None:
    kept = customer(company.lin_xiao, mine[0], "13800135612", **mine[1])
    gone = customer(company.fang_ming, theirs[0], "13900009999", **theirs[1])
    for number, (first, kind) in enumerate(children):
        one, other = (kept, gone) if first else (gone, kept)
        if kind == "contract":
            contract(company.xu_ke, one, f"HT-{number}")
        elif kind == "reception":
            reception(company.xu_ke, one)
        else:
            values = {"customer": str(one), "other": str(other), "relation_kind": "亲属"}
            Create(viewer=viewer_for(company.xu_ke.id), record_type="relation", values=values).run()
    for first, slot in rows:
        owed(kept if first else gone, company, slot)
    begun(gone, company)
    before = dump()
    differ = None
    if take is not None:
        both = [queries.get(viewer_for(company.xu_ke.id), "customer", each).cells for each in (kept, gone)]
        differ = [code for code in take if both[0][code].text != both[1][code].text]
    number = merge(company, kept, gone, take=differ)
    merged = dump()
    undone = UndoMerge(viewer=merger(company), merge_id=number).run()
    assert merged != before
    assert undone.complete
    assert dump() == before
