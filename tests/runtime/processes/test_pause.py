"""暂停计时 and 恢复计时."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import NameHead
from keguan.runtime.processes.actions import PauseCase, ResumeCase
from keguan.runtime.processes.models import Pause
from tests.cast import JIANGNAN
from tests.runtime.processes.moving import MATTER, last, on_case, refused_case, told
from tests.runtime.processes.world import complete, local, moves, open_task, start, wait

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office

WAITING = "等待客户补充材料"


def test_the_clocks_stand_and_run_again(office: Office) -> None:
    """Five hours of waiting for the customer are not counted, neither for the step nor for the whole."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(PauseCase, cast.zhao_qi, case, reason=WAITING, opinion="缺照片")
    case.refresh_from_db()
    assert (case.paused_at, case.next_at, open_task(case, "judging").next_at) == (clock.now(), None, None)
    assert (last(case).kind, last(case).data) == ("pause", {"reason": WAITING})
    assert (told(case, cast.lin_xiao)[1:], "cases.paused" in told(case, cast.xu_ke)) == (["cases.paused"], True)
    clock.advance(timedelta(hours=5))
    on_case(ResumeCase, cast.zhao_qi, case)
    case.refresh_from_db()
    assert (case.paused_at, local(case.due_at)) == (None, "2026-03-09 14:00")
    assert local(open_task(case, "judging").due_at) == "2026-03-03 14:00"
    assert (last(case).kind, told(case, cast.lin_xiao)[1:]) == ("resume", ["cases.paused", "cases.resumed"])
    pause = Pause.objects.get(case=case)
    assert (pause.reason, pause.by_name, local(pause.until)) == (WAITING, "赵启", "2026-03-02 14:00")


def test_nothing_is_late_meanwhile(office: Office) -> None:
    """Two weeks go by and nothing happens by itself."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(PauseCase, cast.zhao_qi, case, reason=WAITING)
    before = moves(case)
    wait(days=14)
    assert moves(case) == before
    on_case(ResumeCase, cast.zhao_qi, case)
    case.refresh_from_db()
    assert (case.late, local(case.due_at)) == (False, "2026-03-23 09:00")


def test_the_head_may_as_well(office: Office) -> None:
    """周敏, who heads the branch that day, pauses and resumes what is in 赵启's hands."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    refused_case("cases.not_yours", PauseCase, cast.zhou_min, case, reason=WAITING)
    NameHead(actor=SYSTEM, unit_id=cast.units[JIANGNAN], staff_id=cast.zhou_min.id).run()
    on_case(PauseCase, cast.zhou_min, case, reason=WAITING)
    on_case(ResumeCase, cast.zhou_min, case)
    assert moves(case)[-2:] == ["pause", "resume"]


def test_what_does_not_stop_the_clocks(office: Office) -> None:
    """Another reason, a process that allows none, others than the handlers, and clocks that stand: nothing changes."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    assert WAITING in refused_case("cases.pause_reason", PauseCase, cast.zhao_qi, case, reason="太忙").message
    refused_case("cases.not_yours", PauseCase, cast.lin_xiao, case, reason=WAITING)
    refused_case("cases.not_paused", ResumeCase, cast.zhao_qi, case)
    on_case(PauseCase, cast.zhao_qi, case, reason=WAITING)
    refused_case("cases.paused", PauseCase, cast.zhao_qi, case, reason=WAITING)
    refused_case("cases.not_yours", ResumeCase, cast.lin_xiao, case)
    other = start(cast.lin_xiao, "parallel", office.customer)
    refused_case("cases.pause_reason", PauseCase, cast.zhao_qi, other, reason=WAITING)


def test_the_policys_own_pause_is_not_lifted(office: Office) -> None:
    """While the case is at a step during which the clocks stand, nobody resumes them."""
    cast = office.cast
    case = start(cast.lin_xiao, "waiting", office.customer, complete=False)
    complete(cast.xu_ke, case, "accept", "不齐")
    refused_case("cases.paused_by_policy", ResumeCase, cast.lin_xiao, case)


def test_somebody_was_quicker(office: Office) -> None:
    """Both are refused on what was seen before."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    refused_case("cases.stale", PauseCase, cast.zhao_qi, case, reason=WAITING, version=1)
    on_case(PauseCase, cast.zhao_qi, case, reason=WAITING)
    refused_case("cases.stale", ResumeCase, cast.zhao_qi, case, version=1)
