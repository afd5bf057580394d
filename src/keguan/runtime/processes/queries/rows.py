"""Rows of the boxes: what a case is called, which step it is at, when that is due and how urgent it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.present import Sight
from keguan.runtime.access.shown import HIDDEN
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Case, CaseState, Share, ShareState, TaskState
from keguan.runtime.processes.words import case_state
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from keguan.language.model.model import Model
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.queries.hands import Hands
    from keguan.runtime.processes.queries.urgency import Horizon, Urgency


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. In the boxes of one's own work it stands for one share (``share_id``, ``task_id``), else for
    the case as a whole. ``due`` is ``due_at`` in words; ``role`` names whose share it is while nobody has taken it;
    ``stead`` for whom the viewer stands in (代理); ``at`` when they acted, in the box of what is done; ``provisional``
    the year whose days off are not settled, where ``due`` rests on such a one (暂定).
    """

    case_id: int
    version: int
    number: str
    process: str
    process_label: str
    record_type: str
    record_id: int
    title: Shown
    state: str
    state_label: str
    step: str
    step_label: str
    due_at: datetime | None
    due: str
    urgency: Urgency
    started_by: str
    started_at: datetime
    share_id: int | None = None
    task_id: int | None = None
    kind: str = ""
    role: str = ""
    stead: str = ""
    returned: bool = False
    unread: bool = False
    outcome: str = ""
    at: datetime | None = None
    provisional: int = 0


class Rows:
    """Makes rows for one viewer: one query for the policies, one for each record type, one for names."""

    def __init__(self, viewer: Viewer, horizon: Horizon, cases: Sequence[Case], own: Hands | None = None) -> None:
        self._viewer = viewer
        self._horizon = horizon
        self._own = own
        self._policies = policies.several({case.publication_id for case in cases})
        self._titles = titles(viewer, [(case.record_type, case.record_id) for case in cases])
        self._names = org.names(own.absent) if own is not None and own.absent else {}

    def of_share(self, share: Share) -> CaseRow:
        """The row of one share; its task and case have been read with it."""
        stead = None if self._own is None else self._own.stead(share)
        over = share.state != ShareState.OPEN or share.task.state != TaskState.OPEN
        language, model = self._viewer.language, self._policies[share.case.publication_id].model
        role = model.roles.get(share.role) if share.staff_id is None else None
        return replace(
            self._row(share.case, share.task, share.due_at, share.opened_at, over=over),
            share_id=share.pk,
            kind=share.kind,
            role="" if role is None else role.label.text(language),
            stead="" if stead is None else self._names.get(stead, ""),
            returned=share.returned,
            unread=share.read_at is None,
            outcome=share.outcome,
            at=share.acted_at,
        )

    def of_case(self, case: Case, task: Task | None) -> CaseRow:
        """The row of a whole case, at its first open step."""
        over = case.state != CaseState.OPEN
        if task is None or task.due_at is None:
            return self._row(case, task, case.due_at, case.started_at, over=over, whole=True)
        return self._row(case, task, task.due_at, task.began_at, over=over)

    def _row(
        self,
        case: Case,
        task: Task | None,
        due: datetime | None,
        since: datetime | None,
        *,
        over: bool,
        whole: bool = False,
    ) -> CaseRow:
        language, current = self._viewer.language, self._policies[case.publication_id]
        process = current.model.blocks.processes[case.process]
        deadline = process.total if whole or task is None else process.step(task.step).deadline
        return CaseRow(
            case_id=case.pk,
            version=case.version,
            number=case.number,
            process=case.process,
            process_label=process.label.text(language),
            record_type=case.record_type,
            record_id=case.record_id,
            title=self._titles[case.record_type, case.record_id],
            state=case.state,
            state_label=case_state(case.state),
            step="" if task is None else task.step,
            step_label="" if task is None else process.step(task.step).label.text(language),
            task_id=None if task is None else task.pk,
            due_at=due,
            due="" if due is None else moment(due, language),
            urgency=self._horizon.of(due, since, paused_at=case.paused_at, over=over),
            started_by=case.started_by_name,
            started_at=case.started_at,
            provisional=0 if over else self._horizon.provisional(due, since, deadline),
        )


def titles(
    viewer: Viewer, wanted: Iterable[tuple[str, int]], through: Exit = Exit.LIST
) -> Mapping[tuple[str, int], Shown]:
    """What these records are called, as far as the viewer may see it. One query for each record type."""
    model = policies.current().model
    by_type: dict[str, set[int]] = {}
    found: dict[tuple[str, int], Shown] = {}
    for record_type, record_id in wanted:
        by_type.setdefault(record_type, set()).add(record_id)
        found[record_type, record_id] = HIDDEN[viewer.language]
    for record_type, ids in by_type.items():
        if record_type in model.record_types:
            found |= _titled(viewer, model, record_type, ids, through)
    return found


def _titled(
    viewer: Viewer, model: Model, record_type: str, ids: set[int], through: Exit
) -> dict[tuple[str, int], Shown]:
    title = model.record_types[record_type].title
    sight = Sight(viewer, record_type, through, (title,), model)
    rows = rows_by_id(model, record_type, ids, ())
    related = {}
    target = sight.columns[0].target
    if target is not None:
        physical = sight.columns[0].physical
        referred = {row[physical] for row in rows if row[physical] is not None}
        related = {(target, row["id"]): row for row in rows_by_id(model, target, referred, ())}
    return {(record_type, row["id"]): sight.show(row, related)[title] for row in rows}
