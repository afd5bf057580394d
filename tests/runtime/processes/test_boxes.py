"""The boxes of a person's work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.actions import AppointDeputy
from keguan.runtime.policies.queries import pinned
from keguan.runtime.processes.actions import ClaimShare, CopyTo, PauseCase, ReadCase, ReturnTo
from keguan.runtime.processes.models import Share
from keguan.runtime.processes.queries import Box, board, box, cases_of, counts, may_start
from tests.runtime.processes.bulk import many
from tests.runtime.processes.world import complete, open_task, start, viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries import CaseRow
    from tests.cast import Member
    from tests.runtime.processes.world import Office

MATTER = {"matter": "空调不制冷"}
BUDGET = 14
"""Queries of any box, whatever there is."""


def numbers(member: Member, name: str, **more: object) -> list[str]:
    """The numbers in a box."""
    return [row.number for row in box(viewer(member), name, **more).rows]


def only(member: Member, name: str) -> CaseRow:
    """The one row of a box."""
    (row,) = box(viewer(member), name).rows
    return row


def count(member: Member) -> dict[str, str]:
    """What the boxes say on their lids."""
    return {name: str(found) for name, found in counts(viewer(member)).items() if found.value}


def test_a_role_finds_what_waits_for_it(office: Office) -> None:
    """The supervisor of the branch has it to do and may take it; somebody else of the branch and the other branch see
    nothing; whoever began it finds it among theirs.
    """
    start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    row = only(office.cast.zhao_qi, "todo")
    assert (row.number, row.process_label, row.step_label, row.title.text) == (
        "TS-202603-0001", "客户投诉", "定责", "张伟",
    )  # fmt: skip
    assert (row.role, row.stead, row.due, row.urgency, row.started_by) == (
        "销售主管", "", "2026-03-03 周二 09:00", "soon", "林晓",
    )  # fmt: skip
    assert only(office.cast.zhao_qi, "claimable").share_id == row.share_id
    assert numbers(office.sun, "todo") == numbers(office.cast.fang_ming, "todo") == []
    assert only(office.cast.lin_xiao, "started").step_label == "定责"
    assert only(office.cast.xu_ke, "copied").unread is True
    assert count(office.cast.zhao_qi) == {"todo": "1", "claimable": "1", "soon": "1"}
    assert count(office.cast.lin_xiao) == {"started": "1"}
    assert count(office.cast.xu_ke) == {"copied": "1"}


def test_what_one_has_taken_is_no_longer_the_role_s(office: Office) -> None:
    """A claimed share is to do, and nobody's to take."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    ClaimShare(viewer=viewer(office.cast.zhao_qi), task_id=open_task(case, "judging").pk, version=case.version).run()
    assert only(office.cast.zhao_qi, "todo").role == ""
    assert numbers(office.cast.zhao_qi, "claimable") == []


def test_a_deputy_finds_what_waits_for_whom_they_stand_in_for(office: Office) -> None:
    """Both what is somebody's own and what is their role's, marked 代理; nothing of it once the deputy is barred."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    AppointDeputy(actor=SYSTEM, staff_id=office.cast.zhao_qi.id, deputy_id=office.sun.id, reason="休假").run()
    assert only(office.sun, "todo").stead == "赵启"
    ClaimShare(viewer=viewer(office.cast.zhao_qi), task_id=open_task(case, "judging").pk, version=case.version).run()
    assert only(office.sun, "todo").stead == "赵启"
    Share.objects.filter(case=case, task__step="judging").update(barred=[office.sun.id])
    assert numbers(office.sun, "todo") == []
    assert "todo" not in count(office.sun)


def test_soon_late_and_paused(office: Office) -> None:
    """What is due within a working day or has a quarter of its time left is soon due; past its moment it is late; while
    the clocks stand it is neither.
    """
    case = start(office.cast.lin_xiao, "waiting", office.customer)
    complete(office.cast.xu_ke, case, "accept", "齐")
    zhou = office.cast.zhou_min
    assert (only(zhou, "todo").urgency, numbers(zhou, "soon")) == ("on_time", [])
    clock.advance(timedelta(hours=36))
    assert (only(zhou, "todo").urgency, len(numbers(zhou, "soon"))) == ("soon", 1)
    clock.advance(timedelta(hours=12))
    assert (only(zhou, "late").urgency, numbers(zhou, "soon")) == ("late", [])
    assert count(zhou) == {"todo": "1", "claimable": "1", "late": "1"}


def test_a_stopped_clock_is_not_late(office: Office) -> None:
    """While a handler waits for somebody outside, nothing is late or soon due."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    PauseCase(
        viewer=viewer(office.cast.zhao_qi), case_id=case.pk, version=case.version, reason="等待客户补充材料"
    ).run()
    clock.advance(timedelta(days=3))
    assert only(office.cast.zhao_qi, "todo").urgency == "paused"
    assert numbers(office.cast.zhao_qi, "late") == numbers(office.cast.zhao_qi, "soon") == []


def test_soon_is_the_same_in_the_box_and_in_the_row(office: Office) -> None:
    """The box holds exactly those of the rows that say so."""
    many(office, 60, holder=office.cast.zhao_qi)
    Share.objects.filter(id__gt=0).update(opened_at=clock.now() - timedelta(hours=60))
    rows = box(viewer(office.cast.zhao_qi), "todo", size=200).rows
    said = {row.number for row in rows if row.urgency == "soon"}
    assert said == set(numbers(office.cast.zhao_qi, "soon", size=200))
    assert 0 < len(said) < 60
    assert calendars.company_calendar() is not None


def test_returned_and_done(office: Office) -> None:
    """A step that was sent back lies among the returned of whoever handles it; whoever acted finds it among what they
    have done.
    """
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    ReturnTo(
        viewer=viewer(office.cast.zhao_qi),
        task_id=open_task(case, "judging").pk,
        version=case.version,
        step="filing",
        opinion="请补充说明",
    ).run()
    assert only(office.cast.lin_xiao, "returned").step_label == "登记"
    assert only(office.cast.lin_xiao, "todo").returned is True
    assert [row.step for row in box(viewer(office.cast.lin_xiao), "done").rows] == ["filing"]


def test_reading_a_case_empties_the_copies(office: Office) -> None:
    """A copy that was read counts no more and stays in the box."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    assert ReadCase(viewer=viewer(office.cast.xu_ke), case_id=case.pk).run() == 1
    assert ReadCase(viewer=viewer(office.cast.xu_ke), case_id=case.pk).run() == 0
    assert (only(office.cast.xu_ke, "copied").unread, count(office.cast.xu_ke)) == (False, {})
    CopyTo(viewer=viewer(office.cast.lin_xiao), case_id=case.pk, staff_ids=(office.cast.zhou_min.id,)).run()
    assert count(office.cast.zhou_min) == {"copied": "1"}


def test_nobody_reads_what_is_out_of_sight(office: Office) -> None:
    """Reading somebody else's case is refused, and leaves nothing read."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    with pytest.raises(Refused) as caught:
        ReadCase(viewer=viewer(office.cast.fang_ming), case_id=case.pk).run()
    assert caught.value.code == "cases.not_found"
    assert not Share.objects.exclude(read_at=None).exists()


@pytest.mark.parametrize("name", ["todo", "claimable", "started", "soon"])
def test_pages_follow_one_another(office: Office, name: str) -> None:
    """Page by page every row comes once, in order, whatever mix of own and role's shares there is."""
    many(office, 30, holder=office.cast.zhao_qi, started_by=office.cast.zhao_qi)
    many(office, 25, role="sales_supervisor", started_by=office.cast.zhao_qi)
    Share.objects.filter(id__in=list(Share.objects.values_list("id", flat=True)[::7])).update(due_at=None)
    whole = numbers(office.cast.zhao_qi, name, size=200)
    found, cursor = [], ""
    for _ in range(20):
        page = box(viewer(office.cast.zhao_qi), name, cursor, 7)
        found += [row.number for row in page.rows]
        cursor = page.next
        if not cursor:
            break
    assert found == whole
    assert len(whole) == len(set(whole)) == {"todo": 55, "claimable": 25, "started": 55}.get(name, len(whole))


def test_done_and_copied_follow_too(office: Office) -> None:
    """The boxes that come newest first go on where the page before ended."""
    cases = [start(office.cast.lin_xiao, "complaint", office.customer, MATTER) for _ in range(5)]
    for name, who in (("done", office.cast.lin_xiao), ("copied", office.cast.xu_ke)):
        first = box(viewer(who), name, size=3)
        second = box(viewer(who), name, first.next, 3)
        found = [row.case_id for row in (*first.rows, *second.rows)]
        assert found == [case.pk for case in reversed(cases)]
        assert second.next == ""


@pytest.mark.parametrize("cursor", ["x", "e30", "WyJhIiwxXQ", "W251bGwsMTAwMDAwMDAwMDAwMDAwMDAwMDAwXQ"])
def test_a_damaged_place_is_refused(office: Office, cursor: str) -> None:
    """A cursor from elsewhere is refused in a sentence."""
    with pytest.raises(Refused) as caught:
        box(viewer(office.cast.zhao_qi), "todo", cursor)
    assert caught.value.code == "cases.place"


def test_there_are_no_other_boxes(office: Office) -> None:
    """An unknown name is refused."""
    with pytest.raises(Refused) as caught:
        box(viewer(office.cast.zhao_qi), "everything")
    assert caught.value.code == "cases.box"


def queries_of(look: Callable[[Viewer], object], who: Viewer) -> int:
    """How many queries it takes, with the policy and the calendar pinned as in a request."""
    with (
        pinned(),
        calendars.pinned(),
        CaptureQueriesContext(
            connection,
        ) as taken,
    ):
        look(who)
    return len(taken)


@pytest.mark.parametrize("name", [each.value for each in Box])
def test_a_box_costs_the_same_however_full(office: Office, name: str) -> None:
    """Three hundred cases take no query more than one."""
    who = viewer(office.cast.zhao_qi)
    many(office, 1, holder=office.cast.zhao_qi, started_by=office.cast.zhao_qi)
    many(office, 1, role="sales_supervisor")
    few = queries_of(lambda each: box(each, name), who)
    many(office, 150, holder=office.cast.zhao_qi, started_by=office.cast.zhao_qi)
    many(office, 150, role="sales_supervisor")
    assert queries_of(lambda each: box(each, name), who) <= max(few, BUDGET) <= BUDGET


def test_counts_cost_the_same_however_full(office: Office) -> None:
    """The lids take sixteen queries, and stop counting at a hundred."""
    who = viewer(office.cast.zhao_qi)
    many(office, 150, holder=office.cast.zhao_qi, started_by=office.cast.zhao_qi)
    many(office, 150, role="sales_supervisor")
    assert queries_of(counts, who) <= 16
    assert count(office.cast.zhao_qi)["todo"] == "100+"
    assert count(office.cast.zhao_qi)["started"] == "100+"


def test_the_board_has_a_column_for_each_step(office: Office) -> None:
    """Open cases stand at their step, at most fifty shown, counted up to a hundred; out of sight ones do not."""
    many(office, 120, role="sales_supervisor")
    start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    found = board(viewer(office.cast.lin_xiao), "complaint")
    assert [(column.label, len(column.rows), str(column.count)) for column in found.columns] == [
        ("登记", 0, "0"),
        ("定责", 50, "100+"),
        ("赔付", 0, "0"),
        ("回访", 0, "0"),
    ]
    elsewhere = board(viewer(office.cast.fang_ming), "complaint")
    assert sum(len(column.rows) for column in elsewhere.columns) == 0
    assert queries_of(lambda each: board(each, "complaint"), viewer(office.cast.lin_xiao)) <= 10
    with pytest.raises(Refused):
        board(viewer(office.cast.lin_xiao), "nothing")


def test_the_cases_of_a_record(office: Office) -> None:
    """Whoever may know of them finds them beside the record, newest first; others do not."""
    first = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    second = start(office.cast.lin_xiao, "waiting", office.customer)
    found = cases_of(viewer(office.cast.zhao_qi), "customer", office.customer)
    assert [row.case_id for row in found] == [second.pk, first.pk]
    assert cases_of(viewer(office.cast.fang_ming), "customer", office.customer) == ()
    assert cases_of(viewer(office.cast.zhao_qi), "customer", office.customer + 1) == ()


def test_what_may_be_started_over_a_record(office: Office) -> None:
    """Everybody is offered what the policy lets them begin, with how many are open already; nothing out of sight."""
    start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    found = {each.process: each.open for each in may_start(viewer(office.cast.lin_xiao), "customer", office.customer)}
    assert found["complaint"] == 1
    assert "large" not in found  # it starts by itself
    specialist = {each.process for each in may_start(viewer(office.cast.xu_ke), "customer", office.customer)}
    assert "complaint" in specialist
    assert "joint" not in specialist
    assert may_start(viewer(office.cast.fang_ming), "customer", office.customer) == ()
    assert may_start(viewer(office.cast.lin_xiao), "nothing", 1) == ()
