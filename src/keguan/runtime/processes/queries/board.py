"""The board of a process: its open cases in columns by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Case, CaseState, Share, Task, TaskState
from keguan.runtime.processes.queries.boxes import CAP, Count
from keguan.runtime.processes.queries.first import first_ids
from keguan.runtime.processes.queries.rows import Rows
from keguan.runtime.processes.queries.urgency import horizon
from keguan.runtime.processes.sight import everywhere, scopes_of_cases

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from keguan.language.model.process import Process
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.rows import CaseRow

SIZE = 50
"""Cards that a column shows."""

_MOST = 2000
"""Cases, the newest, that are looked through for a viewer who may not know of all."""


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The open cases at a step, the soonest due first; ``count`` is how many there are, of which ``rows`` are shown."""

    step: str
    label: str
    rows: tuple[CaseRow, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class Board:
    """A process with a column for each of its steps, in the order of the policy in force."""

    process: str
    label: str
    columns: tuple[BoardColumn, ...]


def board(viewer: Viewer, process: str) -> Board:
    """The board, as far as the viewer may know of its cases: three queries, and those of ``Rows``.

    Steps that only an earlier edition has are not on it. Raises ``Refused`` (``cases.no_process``).
    """
    model = policies.current().model
    declared = model.blocks.processes.get(process)
    if declared is None:
        raise Refused("cases.no_process", _("没有这个流程。"))
    found, capped = _tasks(viewer, declared)
    by_step: dict[str, list[int]] = {step.code: [] for step in declared.steps}
    for task_id, code, _due in sorted(found, key=_by_due):
        if code in by_step:
            by_step[code].append(task_id)
    wanted = [task_id for tasks in by_step.values() for task_id in tasks[:SIZE]]
    shown = Task.objects.filter(pk__in=wanted).select_related("case").in_bulk()
    rows = Rows(viewer, horizon(), [task.case for task in shown.values()])
    return Board(
        process,
        declared.label.text(viewer.language),
        tuple(
            BoardColumn(
                step.code,
                step.label.text(viewer.language),
                tuple(
                    rows.of_case(shown[task_id].case, shown[task_id])
                    for task_id in by_step[step.code][:SIZE]
                    if task_id in shown
                ),
                Count(min(len(by_step[step.code]), CAP), exact=len(by_step[step.code]) <= CAP and not capped),
            )
            for step in declared.steps
        ),
    )


def _tasks(viewer: Viewer, process: Process) -> tuple[list[tuple[int, str, datetime | None]], bool]:
    """The open steps of which the viewer may know (id, step, when it is due), and whether there may be more than these.

    Who may know of every case walks each step by its due moments and stops; of the cases of one's own unit or of one's
    own hands there are not many.
    """
    cases = Case.objects.filter(process=process.code, state=CaseState.OPEN)
    if everywhere(viewer, process.information_class):
        # As a question for each step: joined, SQLite begins at the cases and reads all of them.
        alive = Task.objects.filter(Exists(cases.filter(pk=OuterRef("case_id"))))
        places = [
            alive.filter(step=step.code, state=state)
            for step in process.steps
            for state in (TaskState.OPEN, TaskState.WAITING)
        ]
        branches = [place.filter(due_at__isnull=False).order_by("due_at", "id") for place in places]
        branches += [place.filter(due_at=None).order_by("id") for place in places]
        return _read(Task.objects.filter(pk__in=first_ids(branches, CAP + 1))), False
    seen = [cases.filter(each).order_by("-id") for each in scopes_of_cases(viewer)]
    mine = Share.objects.filter(Q(staff_id=viewer.staff_id) | Q(acted_by_id=viewer.staff_id)).values("case_id")
    seen += [cases.filter(pk__in=mine).order_by("-id"), cases.filter(started_by_id=viewer.staff_id).order_by("-id")]
    ids = first_ids(seen, _MOST)
    tasks = Task.objects.filter(case_id__in=ids, state__in=(TaskState.OPEN, TaskState.WAITING))
    return _read(tasks), len(ids) >= _MOST


def _read(tasks: QuerySet[Task]) -> list[tuple[int, str, datetime | None]]:
    return list(tasks.values_list("id", "step", "due_at"))


def _by_due(task: tuple[int, str, datetime | None]) -> tuple[bool, object, int]:
    task_id, _step, due_at = task
    return (due_at is None, due_at or 0, task_id)
