"""Handing records over to another member of staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.access.viewer import system_viewer, viewer_for
from keguan.runtime.duties.models import Duty
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.notifications.models import Notification
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.models import Case
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import HandOver, SettleHandOver, hand_over_all
from keguan.runtime.records.models import Ownership, Transfer, TransferState
from keguan.runtime.records.queries import ListQuery
from tests.cast import BINHAI, JIANGNAN
from tests.runtime.records.filing import contract, customer, reception

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer
    from tests.cast import Cast, Member

OWED = """---
id: owed-by-owner
title: 负责人试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 致电 {#calling}

:::职责 负责人致电 (owner_call)
对象: 客户
信息类别: 来往

| 适用 | 责任角色 | 触发 | 时限 |
|---|---|---|---|
| - | 记录负责人 | 新建 | 3天 |
:::
"""
"""A duty that whoever owns the customer owes."""


def handing(member: Member, operation: str = "hand_over") -> Viewer:
    """Them, with the operation in each of their roles."""
    viewer = viewer_for(member.id)
    return replace(
        viewer, grants=tuple(replace(each, operations=each.operations | {operation}) for each in viewer.grants)
    )


def placed(record_type: str) -> dict[int, tuple[int | None, int | None]]:
    """Whose the records of a type are, by id."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, owner_id, unit_id FROM rec_{record_type} ORDER BY id")
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def hand(company: Cast, *ids: int, **more: object) -> HandOver:
    """赵启 hands customers of his branch to 方明 in the other."""
    given = {"to_staff_id": company.fang_ming.id, "reason": "片区调整，改由滨海办理", **more}
    return HandOver(viewer=handing(company.zhao_qi), record_type="customer", ids=ids, **given)


def test_owner_unit_and_children_go(company: Cast) -> None:
    """The customer goes to the receiver and their branch, with contracts and receptions of the same owner."""
    mine, stays = customer(company.lin_xiao), customer(company.lin_xiao, "李娜", "13900009999")
    contract_id, reception_id = contract(company.xu_ke, mine), reception(company.lin_xiao, mine)
    handed = hand(company, mine).run()
    there = (company.fang_ming.id, company.units[BINHAI])
    assert handed.counts == {"customer": 1, "purchase_contract": 1, "reception": 1}
    assert placed("customer")[mine] == there
    assert placed("customer")[stays] == (company.lin_xiao.id, company.units[JIANGNAN])
    assert placed("purchase_contract")[contract_id] == there
    assert placed("reception")[reception_id] == there


def test_a_child_of_somebody_else_stays_theirs(company: Cast) -> None:
    """A reception that a colleague has taken does not follow its customer's owner."""
    mine = customer(company.lin_xiao)
    taken = reception(company.lin_xiao, mine)
    HandOver(
        viewer=handing(company.zhao_qi),
        record_type="reception",
        ids=(taken,),
        to_staff_id=company.zhao_qi.id,
        reason="由主管跟进",
    ).run()
    assert hand(company, mine).run().counts == {"customer": 1}
    assert placed("reception")[taken][0] == company.zhao_qi.id


def test_the_unit_can_stay(company: Cast) -> None:
    """Told so, the record stays in its branch."""
    mine = customer(company.lin_xiao)
    hand(company, mine, to_staff_id=company.zhao_qi.id, keep_unit=True).run()
    assert placed("customer")[mine] == (company.zhao_qi.id, company.units[JIANGNAN])


def test_sight_changes_with_the_owner(company: Cast) -> None:
    """Afterwards 方明 finds the customer and 林晓 does not; version and values are as they were."""
    mine = customer(company.lin_xiao)
    before = records.get(viewer_for(company.lin_xiao.id), "customer", mine)
    hand(company, mine).run()
    assert records.page(viewer_for(company.lin_xiao.id), "customer", ListQuery()).rows == ()
    after = records.get(viewer_for(company.fang_ming.id), "customer", mine)
    assert (after.cells, after.version) == (before.cells, before.version)


def test_the_receiver_is_told_once(company: Cast) -> None:
    """方明 has one notice, with how many and by whom, and no name of a customer in it."""
    mine = customer(company.lin_xiao)
    hand(company, mine).run()
    told = Notification.objects.filter(kind="records.handed_over").values_list("staff_id", "subject", "facts")
    assert list(told) == [(company.fang_ming.id, "客户", {"by": "赵启", "count": 1})]


def test_the_history_of_owners(company: Cast, afternoon: datetime) -> None:
    """Who had it from when to when and why it went on, newest first."""
    mine = customer(company.lin_xiao)
    with clock.hold(afternoon + timedelta(days=3)):
        hand(company, mine).run()
    history = records.owner_history(viewer_for(company.fang_ming.id), "customer", mine)
    assert [(each.owner, each.unit, each.since, each.until, each.reason, each.by_name) for each in history] == [
        ("方明", BINHAI, afternoon + timedelta(days=3), None, "", ""),
        ("林晓", JIANGNAN, afternoon, afternoon + timedelta(days=3), "片区调整，改由滨海办理", "赵启"),
    ]
    with pytest.raises(Refused) as caught:
        records.owner_history(viewer_for(company.lin_xiao.id), "customer", mine)
    assert caught.value.code == "records.not_found"


def test_the_ledger_has_one_entry(company: Cast) -> None:
    """One entry for the hand-over: which, to whom, how many went with them; the reason is kept apart, sealed."""
    mine = customer(company.lin_xiao)
    handed = hand(company, mine).run()
    (entry,) = ledger.entries_page(filters=ledger.EntryFilters(action="records.hand_over")).entries
    assert {code: value for code, value in entry.data.items() if code != "reason"} == {
        "transfer": handed.id,
        "ids": [mine],
        "to": company.fang_ming.id,
        "to_name": "方明",
        "counts": {"customer": 1},
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": "调"}, "hand_over.reason"),
        ({"ids": ()}, "hand_over.ids"),
        ({"to_staff_id": 10**9}, "hand_over.receiver"),
        ({"guan_li": True}, "hand_over.receiver"),
        ({"lin_xiao": True}, "hand_over.same"),
        ({"without": True}, "records.not_permitted"),
        ({"fang_ming": True}, "records.not_found"),
    ],
)
def test_refusals_change_nothing(company: Cast, change: dict[str, object], code: str) -> None:
    """No reason, no records, nobody or the wrong one to receive, no right, out of sight: refused, nothing moved."""
    mine = customer(company.lin_xiao)
    action = hand(company, mine)
    if "guan_li" in change:
        action = replace(action, to_staff_id=company.guan_li.id)
    elif "lin_xiao" in change:
        action = replace(action, to_staff_id=company.lin_xiao.id)
    elif "without" in change:
        action = replace(action, viewer=viewer_for(company.zhao_qi.id))
    elif "fang_ming" in change:
        action = replace(action, viewer=handing(company.fang_ming))
    else:
        action = replace(action, **change)
    with pytest.raises(Refused) as caught:
        action.run()
    assert caught.value.code == code
    assert placed("customer")[mine] == (company.lin_xiao.id, company.units[JIANGNAN])
    assert not Transfer.objects.exists()


def test_an_offer_waits_for_the_receiver(company: Cast) -> None:
    """With acceptance nothing moves before 方明 accepts; only they can; and only once."""
    mine, other = customer(company.lin_xiao), customer(company.lin_xiao, "李娜", "13900009999")
    offered = hand(company, mine, other, acceptance=True).run()
    assert (offered.counts, placed("customer")[mine][0]) == ({}, company.lin_xiao.id)
    accept = SettleHandOver(viewer=viewer_for(company.fang_ming.id), transfer_id=offered.id, state=TransferState.DONE)
    with pytest.raises(Refused) as caught:
        replace(accept, viewer=viewer_for(company.zhou_min.id)).run()
    assert caught.value.code == "hand_over.not_found"
    hand(company, other, to_staff_id=company.zhao_qi.id).run()
    assert accept.run().counts == {"customer": 1}
    assert placed("customer") == {
        mine: (company.fang_ming.id, company.units[BINHAI]),
        other: (company.zhao_qi.id, company.units[JIANGNAN]),
    }
    with pytest.raises(Refused) as caught:
        replace(accept).run()
    assert caught.value.code == "hand_over.over"


def test_an_offer_can_be_declined_and_withdrawn(company: Cast) -> None:
    """Declined by the receiver or taken back by whoever offered it, nothing moves."""
    mine = customer(company.lin_xiao)
    first, second = hand(company, mine, acceptance=True).run(), hand(company, mine, acceptance=True).run()
    viewer, back = viewer_for(company.fang_ming.id), viewer_for(company.zhao_qi.id)
    SettleHandOver(viewer=viewer, transfer_id=first.id, state=TransferState.DECLINED).run()
    SettleHandOver(viewer=back, transfer_id=second.id, state=TransferState.WITHDRAWN).run()
    assert list(Transfer.objects.order_by("id").values_list("state", flat=True)) == ["declined", "withdrawn"]
    assert placed("customer")[mine][0] == company.lin_xiao.id


def test_everything_of_a_person_goes(company: Cast) -> None:
    """All that 林晓 owns goes to 赵启, of every type, by somebody who may off-board and sees no customer."""
    one, two = customer(company.lin_xiao), customer(company.lin_xiao, "李娜", "13900009999")
    theirs = customer(company.fang_ming, "王强", "13700001111")
    contract(company.xu_ke, one)
    viewer = handing(company.guan_li, "offboard")
    handed = hand_over_all(viewer, company.lin_xiao.id, company.zhao_qi.id, "林晓离职，客户交主管")
    assert handed.counts == {"customer": 2, "purchase_contract": 1}
    assert placed("customer") == {
        one: (company.zhao_qi.id, company.units[JIANGNAN]),
        two: (company.zhao_qi.id, company.units[JIANGNAN]),
        theirs: (company.fang_ming.id, company.units[BINHAI]),
    }
    assert Ownership.objects.count() == 3
    with pytest.raises(Refused) as caught:
        hand_over_all(viewer_for(company.zhao_qi.id), company.fang_ming.id, company.zhao_qi.id, "越权的移交")
    assert caught.value.code == "hand_over.not_permitted"


def test_the_totals_stay(company: Cast) -> None:
    """As many records and as many owners' records as before: nothing is lost or made."""
    for number in range(7):
        member = company.lin_xiao if number % 2 else company.fang_ming
        contract(company.xu_ke, customer(member, f"客户{number}", f"1380013500{number}"), f"HT-{number}")
    before = {code: len(placed(code)) for code in ("customer", "purchase_contract")}
    hand_over_all(system_viewer(), company.lin_xiao.id, company.fang_ming.id, "合并片区")
    assert {code: len(placed(code)) for code in before} == before
    assert {owner for owner, _ in placed("customer").values()} == {company.fang_ming.id}


def test_open_cases_follow(company: Cast) -> None:
    """An open case about the customer stands at the new owner's place."""
    mine = customer(company.lin_xiao)
    case = Case.objects.create(
        process="any", publication_id=1, record_type="customer", record_id=mine, owner_id=company.lin_xiao.id,
        unit_id=company.units[JIANGNAN], information_class="来往", started_by_name="林晓", started_at=clock.now(),
    )  # fmt: skip
    closed = Case.objects.create(
        process="any", publication_id=1, record_type="customer", record_id=mine, owner_id=company.lin_xiao.id,
        unit_id=company.units[JIANGNAN], information_class="来往", started_by_name="林晓", started_at=clock.now(),
        state="archived",
    )  # fmt: skip
    hand(company, mine).run()
    case.refresh_from_db()
    closed.refresh_from_db()
    assert (case.owner_id, case.unit_id) == (company.fang_ming.id, company.units[BINHAI])
    assert (closed.owner_id, closed.unit_id) == (company.lin_xiao.id, company.units[JIANGNAN])


def test_open_duties_follow(company: Cast) -> None:
    """What the former owner owed as the owner is owed by the new one; what is done stays; so does what a colleague has
    claimed.
    """
    Publish(actor=SYSTEM, packs=(PackSource("owed-by-owner", {"policy.md": OWED}),)).run()
    mine = customer(company.lin_xiao)
    duty = Duty.objects.get(record_id=mine, duty="owner_call")
    assert duty.staff_id == company.lin_xiao.id
    fields = {"duty": "owner_call", "line": duty.line, "row": duty.row, "publication_id": duty.publication_id}
    common = {
        **fields, "clause": duty.clause, "task": duty.task, "record_type": "customer", "record_id": mine,
        "owner_id": company.lin_xiao.id, "unit_id": duty.unit_id, "period_start": duty.period_start,
        "made_at": duty.made_at, "due_at": duty.due_at,
    }  # fmt: skip
    done = Duty.objects.create(**common, slot="done", staff_id=company.lin_xiao.id, state="done")
    taken = Duty.objects.create(**common, slot="taken", staff_id=company.zhou_min.id, claimed=True)
    hand(company, mine).run()
    for row in (duty, done, taken):
        row.refresh_from_db()
    assert (duty.staff_id, duty.owner_id, duty.unit_id) == (
        company.fang_ming.id, company.fang_ming.id, company.units[BINHAI],
    )  # fmt: skip
    assert (done.staff_id, done.owner_id) == (company.lin_xiao.id, company.lin_xiao.id)
    assert (taken.staff_id, taken.claimed, taken.owner_id) == (company.zhou_min.id, True, company.fang_ming.id)
