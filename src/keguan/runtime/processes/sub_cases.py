"""Cases within cases: a step that runs another process over the same record, and goes on when that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access.viewer import Place
from keguan.runtime.processes.models import CaseState, TaskState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.seating import seat_step
from keguan.runtime.processes.standing import moved
from keguan.runtime.processes.standing import standing as standing_of

if TYPE_CHECKING:
    from keguan.language.model.process import Step
    from keguan.language.model.routing import Outcome
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Happened, Standing

_WORDS: dict[CaseState, frozenset[str]] = {
    CaseState.ARCHIVED: frozenset({"归档", "archived", "archive"}),
    CaseState.COMPLETED: frozenset({"完成", "办结", "completed", "complete"}),
    CaseState.ENDED: frozenset({"结束", "ended", "end"}),
    CaseState.CANCELLED: frozenset({"作废", "cancelled", "cancel"}),
    CaseState.WITHDRAWN: frozenset({"撤销", "withdrawn"}),
    CaseState.TERMINATED: frozenset({"终止", "terminated"}),
    CaseState.MERGED: frozenset({"并案", "merged"}),
}
"""What a way out is called that is taken when the sub-case ends so."""

_WELL = frozenset({CaseState.ARCHIVED, CaseState.COMPLETED})


def begin_sub_case(standing: Standing, task: Task, process: str, viewer: Viewer | None) -> None:
    """Begin the case for which a step waits, over the same record and under the same policy. It is started by whoever
    moved the case on, else by its initiator.
    """
    from keguan.runtime.processes.opening import Beginning, begin_case  # a case begins by going on

    case = standing.case
    whose = (case.started_by_id, case.started_by_name) if viewer is None else None
    new = Beginning(
        standing.policy,
        standing.model.blocks.processes[process],
        case.record_id,
        Place(case.owner_id, case.unit_id),
        viewer,
        task,
        whose,
    )
    begin_case(new, standing.happened, data={"parent": case.pk})


def parents_go_on(happened: Happened) -> None:
    """Let the steps go on that waited for the sub-cases that have ended: to whoever handles them, else by the way out
    that their end leads to. Nothing happens while a case is itself still going on.
    """
    while happened.ended and not happened.depth:
        below = happened.ended.pop(0)
        task = below.case.parent_task
        if task is None:
            continue
        above = standing_of(task.case_id, happened=happened)
        task = above.task(task.pk)
        if task.state == TaskState.WAITING and above.case.state == CaseState.OPEN:
            _go_on(above, task, CaseState(below.case.state), below.case.pk)


def _go_on(standing: Standing, task: Task, end: CaseState, below_id: int) -> None:
    from keguan.runtime.processes.advancing import finish  # it stands on this file

    step = standing.step(task)
    data: dict[str, object] = {"sub_case": below_id, "state": end.value}
    if step.actors is not None:
        task.state = TaskState.OPEN
        task.save(update_fields=["state"])
        seat_step(standing, task, step)
        moved(standing, MoveKind.SUB_ENDED, None, task, data=data)
        return
    outcome = _way_out(step, end)
    standing.happened.depth += 1  # what follows is written down before cases further up go on
    begun = finish(standing, task, outcome)
    standing.happened.depth -= 1
    data["opened"] = [each.step for each in begun]
    moved(standing, MoveKind.SUB_ENDED, None, task, outcome=outcome.label, data=data)


def _way_out(step: Step, end: CaseState) -> Outcome:
    """The way out that is named like the end; else the first when it ended well, and the last when it did not."""
    for outcome in step.outcomes:
        if outcome.label.strip().lower() in _WORDS[end]:
            return outcome
    other = next((outcome for outcome in step.outcomes if outcome.otherwise), None)
    if other is not None and end not in _WELL:
        return other
    return step.outcomes[0 if end in _WELL else -1]
