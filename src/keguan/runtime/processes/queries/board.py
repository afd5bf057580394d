"""The board of a process: its open cases in columns by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Case, CaseState, Share, Task, TaskState
from keguan.runtime.processes.queries.boxes import CAP, Count
from keguan.runtime.processes.queries.first import first_ids, first_rows
from keguan.runtime.processes.queries.rows import Rows
from keguan.runtime.processes.queries.urgency import horizon
from keguan.runtime.processes.sight import everywhere, scopes_of_cases

if TYPE_CHECKING:
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
    """The board, as far as the viewer may know of its cases: two queries, and those of ``Rows``.

    Steps that only an earlier edition has are not on it. Raises ``Refused`` (``cases.no_process``).
    """
    model = policies.current().model
    declared = model.blocks.processes.get(process)
    if declared is None:
        raise Refused("cases.no_process", _("没有这个流程。"))
    found, capped = _tasks(viewer, declared)
    by_step: dict[str, list[Task]] = {step.code: [] for step in declared.steps}
    for task in sorted(found, key=_by_due):
        if task.step in by_step:
            by_step[task.step].append(task)
    shown = [task for tasks in by_step.values() for task in tasks[:SIZE]]
    rows = Rows(viewer, horizon(), [task.case for task in shown])
    return Board(
        process,
        declared.label.text(viewer.language),
        tuple(
            BoardColumn(
                step.code,
                step.label.text(viewer.language),
                tuple(rows.of_case(task.case, task) for task in by_step[step.code][:SIZE]),
                Count(min(len(by_step[step.code]), CAP), exact=len(by_step[step.code]) <= CAP and not capped),
            )
            for step in declared.steps
        ),
    )


def _tasks(viewer: Viewer, process: Process) -> tuple[list[Task], bool]:
    """The open steps of which the viewer may know, and whether there may be more than these.

    Who may know of every case walks each step by its due moments and stops; of the cases of one's own unit or of one's
    own hands there are not many.
    """
    alive = Task.objects.filter(case__process=process.code, case__state=CaseState.OPEN)
    places = [
        alive.filter(step=step.code, state=state)
        for step in process.steps
        for state in (TaskState.OPEN, TaskState.WAITING)
    ]
    branches = [place.filter(due_at__isnull=False).order_by("due_at", "id") for place in places]
    branches += [place.filter(due_at=None).order_by("id") for place in places]
    if everywhere(viewer, process.information_class):
        return first_rows(Task, branches, CAP + 1, "case"), False
    cases = Case.objects.filter(process=process.code, state=CaseState.OPEN)
    seen = [cases.filter(each).order_by("-id") for each in scopes_of_cases(viewer)]
    mine = Share.objects.filter(Q(staff_id=viewer.staff_id) | Q(acted_by_id=viewer.staff_id)).values("case_id")
    seen += [cases.filter(pk__in=mine).order_by("-id"), cases.filter(started_by_id=viewer.staff_id).order_by("-id")]
    ids = first_ids(seen, _MOST)
    tasks = Task.objects.filter(case_id__in=ids, state__in=(TaskState.OPEN, TaskState.WAITING))
    return list(tasks.select_related("case")), len(ids) >= _MOST


def _by_due(task: Task) -> tuple[bool, object, int]:
    return (task.due_at is None, task.due_at or 0, task.pk)
