"""The clocks of cases, and what happens by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.ledger.events import listening
from keguan.runtime.notifications.kinds import sentence_of
from keguan.runtime.notifications.models import Notification
from keguan.runtime.processes import timing
from keguan.runtime.processes.events import CaseOverdue, StepOverdue
from keguan.runtime.processes.models import Case, Move, Pause, Task
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.standing import moved, standing
from keguan.runtime.processes.sweeping import MoveByClock, due, next_moment, sweep
from tests.runtime.processes.test_start import MATTER
from tests.runtime.processes.world import (
    complete,
    join,
    local,
    moves,
    open_steps,
    open_task,
    shares,
    start,
    viewer,
    wait,
)

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def told(case: Case, kind: str) -> list[int]:
    """Who was told something, in order."""
    return list(
        Notification.objects.filter(case_id=case.pk, kind=kind).order_by("id").values_list("staff_id", flat=True)
    )


def test_the_chain_of_lateness(office: Office) -> None:
    """At three quarters of the day the supervisor is reminded; when it is due it is late and the manager may handle it
    too; a working day later the service specialist handles it instead.
    """
    cast, heard = office.cast, []
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    assert wait(hours=17, minutes=59) == {}
    assert wait(minutes=1) == {"remind": 1}
    assert told(case, "cases.reminder") == [cast.zhao_qi.id]
    with listening(StepOverdue, heard.append):
        assert wait(hours=6) == {"late": 1, "escalate": 1}
    task = open_task(case, "judging")
    assert heard == [StepOverdue(case.pk, task.pk, "complaint", "judging")]
    assert (task.late, local(task.next_at)) == (True, "2026-03-04 09:00")
    assert [(share.kind, share.role, share.state) for share in shares(case, "judging")] == [
        ("handle", "sales_supervisor", "open"),
        ("escalated", "service_manager", "open"),
    ]
    assert told(case, "cases.escalated") == [cast.zhou_min.id]
    assert wait(hours=24) == {"hand_over": 1}
    assert [(share.kind, share.role, share.state) for share in shares(case, "judging")] == [
        ("handle", "sales_supervisor", "handed_on"),
        ("escalated", "service_manager", "handed_on"),
        ("handle", "service_specialist", "open"),
    ]
    assert told(case, "cases.handed_over") == [cast.xu_ke.id]
    assert (sweep().cases, wait(hours=24)) == (0, {})
    complete(cast.xu_ke, case, "judging", "不成立")
    assert Task.objects.get(case=case, step="judging").late


def test_whoever_it_goes_up_to_is_told_whose_it_was(office: Office) -> None:
    """The report says who has it in hand, what, since when it is late and by which clause, and nothing of the record;
    so does the notice of whoever gets it instead. A role that many hold is called by its label.
    """
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    wait(hours=48)
    said = {
        each.kind: sentence_of(each.kind, each.subject, each.facts)
        for each in Notification.objects.filter(case_id=case.pk, kind__in=["cases.escalated", "cases.handed_over"])
    }
    assert said == {
        "cases.escalated": f"客户投诉 {case.number} 的“定责”由赵启办理，应在 2026-03-03 09:00 前办完，"
        "现在还没有办，按第一条 投诉报告给您。",
        "cases.handed_over": f"客户投诉 {case.number} 的“定责”原由赵启办理，应在 2026-03-03 09:00 前办完，"
        "按第一条 投诉转给您办理。",
    }
    assert "空调" not in str(said)
    for number in range(3):
        join(office.cast, f"more_{number}", f"主管{number}", "sales_supervisor")
    again = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    wait(hours=24)
    notice = Notification.objects.get(case_id=again.pk, kind="cases.escalated")
    assert notice.facts["whose"] == "销售主管"


def test_whoever_it_was_escalated_to_decides_alone(office: Office) -> None:
    """After the escalation the manager completes the step; the supervisor's share is closed."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    wait(hours=24)
    assert complete(cast.zhou_min, case, "judging", "成立").opened == ("calling",)
    assert [share.state for share in shares(case, "judging")] == ["closed", "done"]


def test_the_whole_is_late_once(office: Office) -> None:
    """Seven days after the start the case is late: those who have it in hand and who started it are told, once."""
    cast, heard = office.cast, []
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    wait(days=6)
    with listening(CaseOverdue, heard.append):
        assert wait(days=1) == {"late": 1}
        assert wait(days=1) == {}
    case.refresh_from_db()
    assert heard == [CaseOverdue(case.pk, "complaint", "customer", office.customer)]
    assert (case.late, case.next_at, case.state) == (True, None, "open")
    assert set(told(case, "cases.overdue")) == {cast.lin_xiao.id, cast.xu_ke.id}


def test_a_step_decides_itself(office: Office) -> None:
    """自动 同意: at half time the supervisor is reminded, and when the two hours are over the step is agreed to."""
    cast = office.cast
    case = start(cast.lin_xiao, "notice", office.customer)
    assert local(case.due_at) == "2026-03-05 09:00"  # three working days
    assert wait(hours=1) == {"remind": 1}
    assert wait(hours=1) == {"late": 1, "decide": 1}
    case.refresh_from_db()
    assert (case.state, case.next_at, case.due_at is not None) == ("archived", None, True)
    last = Move.objects.filter(case=case).latest("id")
    assert (last.kind, last.by_id, last.by_name, last.outcome) == ("decide", None, "系统", "同意")
    assert told(case, "cases.decided") == [cast.zhao_qi.id]


def test_a_long_silence_is_made_up_for_in_order(office: Office) -> None:
    """A worker that was down for a week makes every move that is due, in order, each once."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    clock.advance(timedelta(days=8))
    assert sweep().cases == 1
    assert moves(case)[2:] == ["remind", "late", "escalate", "hand_over", "late"]
    assert sweep().cases == 0


def test_the_clocks_stand_while_material_is_waited_for(office: Office) -> None:
    """A step that pauses the case: the total stands still while it is open, and its own deadline runs."""
    cast = office.cast
    case = start(cast.lin_xiao, "waiting", office.customer)
    complete(cast.xu_ke, case, "accept", "不齐")
    case.refresh_from_db()
    assert (local(case.paused_at), case.next_at) == ("2026-03-02 09:00", None)
    assert local(open_task(case, "materials").due_at) == "2026-03-06 09:00"
    wait(days=3)
    complete(cast.lin_xiao, case, "materials")
    case.refresh_from_db()
    assert (case.paused_at, local(case.due_at)) == (None, "2026-03-10 09:00")  # five days, and the three that it stood
    assert case.next_at == case.due_at
    assert moves(case) == ["start", "complete", "pause", "complete", "resume"]
    assert Pause.objects.get(case=case).until == clock.now()


def test_a_pause_that_somebody_made_moves_every_deadline(office: Office) -> None:
    """While a reason given by a handler holds, nothing happens by itself; then everything is due later by that time."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    found = standing(case.pk)
    timing.stop(found, "等待客户补充材料", viewer(cast.zhao_qi))
    moved(found, MoveKind.PAUSE, viewer(cast.zhao_qi))
    assert (next_moment(), wait(days=2)) == (None, {})
    found = standing(case.pk)
    timing.resume(found)
    moved(found, MoveKind.RESUME, viewer(cast.zhao_qi))
    task = open_task(case, "judging")
    case.refresh_from_db()
    assert (local(task.due_at), local(task.next_at)) == ("2026-03-05 09:00", "2026-03-05 03:00")
    assert (local(case.due_at), shares(case, "judging")[0].due_at) == ("2026-03-11 09:00", task.due_at)


def test_completing_a_step_ends_the_pause(office: Office) -> None:
    """Whoever completes a step while the clocks stand for a reason lets them run again: no pause is forgotten."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    found = standing(case.pk)
    timing.stop(found, "等待客户补充材料", viewer(cast.zhao_qi))
    moved(found, MoveKind.PAUSE, viewer(cast.zhao_qi))
    clock.advance(timedelta(days=2))
    complete(cast.zhao_qi, case, "judging", "成立")
    case.refresh_from_db()
    assert (case.paused_at, local(case.due_at)) == (None, "2026-03-11 09:00")
    assert not Task.objects.get(case=case, step="judging").late
    assert moves(case) == ["start", "complete", "pause", "resume", "complete"]


def test_a_later_deadline_is_followed(office: Office) -> None:
    """Another deadline of a step: what happens by itself follows it, and what has happened does not happen again."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    wait(hours=24)
    found = standing(case.pk)
    task = open_task(case, "judging")
    timing.set_due(found, found.task(task.pk), clock.now() + timedelta(days=3))
    moved(found, MoveKind.EXTEND, viewer(cast.zhou_min))
    task.refresh_from_db()
    assert (task.late, local(task.next_at)) == (False, "2026-03-06 09:00")
    assert wait(days=3) == {"late": 1}


def test_the_next_moment_is_known(office: Office) -> None:
    """What happens next, over all cases: the reminder of the step before the end of the whole."""
    assert next_moment() is None
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    assert local(next_moment()) == "2026-03-03 03:00"
    assert (due(10), open_steps(case)) == ((), ["judging"])


def test_a_move_by_the_clock_that_comes_late_does_nothing(office: Office) -> None:
    """Two sweeps at once: the second finds nothing to do on the case, and its version stays."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    clock.advance(timedelta(hours=24))
    assert MoveByClock(case_id=case.pk).run() == ["remind", "late", "escalate"]
    case.refresh_from_db()
    before = case.version
    assert MoveByClock(case_id=case.pk).run() == []
    case.refresh_from_db()
    assert case.version == before
