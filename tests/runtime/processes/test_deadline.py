"""改期限."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org.actions import AppointDeputy, NameHead
from keguan.runtime.processes.actions import ChangeDeadline, PauseCase
from keguan.runtime.processes.models import Share
from tests.cast import JIANGNAN
from tests.runtime.processes.moving import MATTER, REASON, last, on_case, refused_case, told
from tests.runtime.processes.world import MONDAY, complete, local, open_task, start, wait

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Case
    from tests.runtime.processes.world import Office


@pytest.fixture
def case(office: Office) -> Case:
    """A complaint at its judging, in the branch that 周敏 heads."""
    NameHead(actor=SYSTEM, unit_id=office.cast.units[JIANGNAN], staff_id=office.cast.zhou_min.id).run()
    return start(office.cast.lin_xiao, "complaint", office.customer, MATTER)


def test_a_step_has_more_time(office: Office, case: Case) -> None:
    """周敏 gives the judging until Thursday: step, inbox and reminders follow, the old one is kept with the move."""
    cast, thursday = office.cast, MONDAY + timedelta(days=3)
    task = open_task(case, "judging")
    on_case(ChangeDeadline, cast.zhou_min, case, task_id=task.pk, due_at=thursday, opinion=REASON)
    task.refresh_from_db()
    assert (local(task.due_at), local(task.next_at)) == ("2026-03-05 09:00", "2026-03-05 03:00")
    assert Share.objects.get(task=task, kind="handle").due_at == thursday
    assert (last(case).kind, last(case).data["before"], last(case).data["beyond_total"]) == (
        "extend",
        "2026-03-03T01:00:00+00:00",
        False,
    )
    assert "cases.deadline_changed" in told(case, cast.zhao_qi)
    assert '"before":"2026-03-03T01:00:00+00:00"' in Entry.objects.latest("id").data


def test_what_was_late_is_late_no_more(office: Office, case: Case) -> None:
    """With time again the step is not overdue; lateness comes again when that is over."""
    wait(days=2)
    task = open_task(case, "judging")
    assert task.late
    on_case(
        ChangeDeadline,
        office.cast.zhou_min,
        case,
        task_id=task.pk,
        due_at=MONDAY + timedelta(days=3),
        opinion=REASON,
    )
    task.refresh_from_db()
    assert not task.late
    wait(days=2)
    task.refresh_from_db()
    assert task.late


def test_the_total_is_exceeded_only_when_that_is_said(office: Office, case: Case) -> None:
    """Beyond the seven days neither the step nor the whole is put off in silence."""
    cast, later = office.cast, MONDAY + timedelta(days=10)
    task = open_task(case, "judging")
    for task_id in (task.pk, None):
        refusal = refused_case(
            "cases.beyond_total", ChangeDeadline, cast.zhou_min, case, task_id=task_id, due_at=later, opinion=REASON
        )
        assert "2026-03-09" in refusal.message
    on_case(ChangeDeadline, cast.zhou_min, case, due_at=later, opinion=REASON, beyond_total=True)
    case.refresh_from_db()
    assert (local(case.due_at), last(case).data["beyond_total"]) == ("2026-03-12 09:00", True)
    assert case.next_at == later


def test_a_deputy_of_the_head_may(office: Office, case: Case) -> None:
    """孙洁 stands in for 周敏."""
    AppointDeputy(actor=SYSTEM, staff_id=office.cast.zhou_min.id, deputy_id=office.sun.id).run()
    on_case(ChangeDeadline, office.sun, case, due_at=MONDAY + timedelta(days=6), opinion=REASON)
    case.refresh_from_db()
    assert local(case.due_at) == "2026-03-08 09:00"


def test_what_is_refused(office: Office, case: Case) -> None:
    """Others, no reason, the past, no zone, a step that is over or another's, and standing clocks: nothing changes."""
    cast, later = office.cast, MONDAY + timedelta(days=3)
    other = start(cast.lin_xiao, "parallel", office.customer)
    filing = case.tasks.get(step="filing").pk
    elsewhere = open_task(other, "price").pk
    refused_case("cases.not_manager", ChangeDeadline, cast.zhao_qi, case, due_at=later, opinion=REASON)
    refused_case("cases.opinion", ChangeDeadline, cast.zhou_min, case, due_at=later, opinion="急")
    refused_case("cases.due_past", ChangeDeadline, cast.zhou_min, case, due_at=MONDAY, opinion=REASON)
    no_zone = datetime(2027, 1, 1)  # noqa: DTZ001 - that is what is wrong with it
    refused_case("cases.due_past", ChangeDeadline, cast.zhou_min, case, due_at=no_zone, opinion=REASON)
    for task_id, code in [(filing, "cases.task_over"), (elsewhere, "cases.not_found")]:
        refused_case(code, ChangeDeadline, cast.zhou_min, case, task_id=task_id, due_at=later, opinion=REASON)
    on_case(PauseCase, cast.zhao_qi, case, reason="等待客户补充材料")
    refused_case("cases.paused_now", ChangeDeadline, cast.zhou_min, case, due_at=later, opinion=REASON)


def test_whoever_it_is_about_does_not(office: Office, case: Case) -> None:
    """The head is complained about: the case is not hers to put off."""
    cast = office.cast
    about = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "周敏"})
    refused_case(
        "cases.not_manager", ChangeDeadline, cast.zhou_min, about, due_at=MONDAY + timedelta(days=3), opinion=REASON
    )


def test_somebody_was_quicker(office: Office, case: Case) -> None:
    """It is refused on what was seen before."""
    seen = case.version
    complete(office.cast.zhao_qi, case, "judging", "成立")
    refused_case(
        "cases.stale",
        ChangeDeadline,
        office.cast.zhou_min,
        case,
        due_at=MONDAY + timedelta(days=3),
        opinion=REASON,
        version=seen,
    )
