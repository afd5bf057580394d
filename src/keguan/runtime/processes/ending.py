"""The end of a step, and of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.processes import documents, timing
from keguan.runtime.processes.events import CaseClosed, StepCompleted
from keguan.runtime.processes.models import Case, CaseState, TaskState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.seating import close_shares
from keguan.runtime.processes.standing import moved
from keguan.runtime.processes.standing import standing as standing_of
from keguan.runtime.processes.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

ITS_END = frozenset({CaseState.ARCHIVED, CaseState.COMPLETED, CaseState.ENDED, CaseState.CANCELLED})
"""Ends to which the process itself leads; the others are somebody's decision."""


def end_task(standing: Standing, task: Task, state: TaskState, outcome: str = "") -> None:
    """End a step in this state, whoever still had a share in it. Where the case goes from there is not decided here."""
    waited = task.state == TaskState.WAITING
    task.late = timing.overran(standing, task)
    task.state, task.outcome, task.ended_at, task.next_at = state, outcome, standing.now, None
    task.save(update_fields=["state", "outcome", "ended_at", "next_at", "late"])
    close_shares(standing, task)
    if waited and state != TaskState.DONE:
        _cancel_sub_cases(standing, task)


def complete_task(standing: Standing, task: Task, outcome: str) -> None:
    """End a step with its outcome: its document is written, and whoever listens hears of it."""
    end_task(standing, task, TaskState.DONE, outcome)
    documents.written(standing, task)
    case = standing.case
    standing.happened.events.append(
        StepCompleted(case.pk, task.pk, case.process, task.step, outcome, standing.handlers(task), late=task.late)
    )


def cancel(standing: Standing, tasks: Iterable[Task]) -> None:
    """End steps that are not needed any more, with the sub-cases for which they wait."""
    for task in tasks:
        end_task(standing, task, TaskState.CANCELLED)


def end_case(standing: Standing, state: CaseState) -> None:
    """End a case in this state: what is still open is cancelled, its clocks stop, its initiator is told.

    A case to which it belongs does not go on by this; ``advancing.close`` sees to that.
    """
    case = standing.case
    if case.paused_at is not None:
        timing.resume(standing)
    cancel(standing, standing.alive)
    case.late = case.late or (case.due_at is not None and case.due_at < standing.now)
    case.state, case.closed_at, case.next_at = state, standing.now, None
    case.worked = timing.worked(case, standing.now)
    standing.happened.events.append(
        CaseClosed(case.pk, case.process, case.record_type, case.record_id, case.state, case.late)
    )
    standing.happened.ended.append(standing)
    if state in ITS_END and case.started_by_id is not None:
        tell(standing, [case.started_by_id], "cases.closed", f"closed:{case.round}")


def _cancel_sub_cases(standing: Standing, task: Task) -> None:
    for case_id in Case.objects.filter(parent_task=task, state=CaseState.OPEN).values_list("id", flat=True):
        below = standing_of(case_id, happened=standing.happened)
        end_case(below, CaseState.CANCELLED)
        moved(below, MoveKind.TERMINATE, None)
