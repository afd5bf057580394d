"""Everything that the page of one case shows to one viewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.processes import forms
from keguan.runtime.processes.models import Case, CaseState, Document, Move, Pause, Task, TaskState
from keguan.runtime.processes.models import Value as Row
from keguan.runtime.processes.queries.boxes import case_rows
from keguan.runtime.processes.queries.buttons import Button, buttons, own_tasks
from keguan.runtime.processes.queries.checklists import ChecklistView, checklist_of
from keguan.runtime.processes.queries.letters import DocumentView, letters
from keguan.runtime.processes.queries.picture import Picture, picture
from keguan.runtime.processes.queries.rows import titles
from keguan.runtime.processes.queries.steps import Clock, StepView, clock_of, steps
from keguan.runtime.processes.queries.told import MoveView, told
from keguan.runtime.processes.queries.urgency import horizon
from keguan.runtime.processes.sight import form_sight, in_hand, scope_of_cases, seen
from keguan.runtime.processes.words import case_state

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from keguan.language.model.model import ClauseRef
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.forms import FormView
    from keguan.runtime.processes.queries.rows import CaseRow
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, slots=True)
class PauseView:
    """A time during which the clocks stood still; ``until`` is None while they do."""

    reason: str
    since: str
    until: str
    by: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case. ``version`` goes back with every move. ``task_id`` is the open step on which the viewer may act now,
    ``task_ids`` all of them; ``above`` and ``below`` are the case it is a part of and its own parts, as far as they are
    in sight; ``others`` the cases merged with it.
    """

    id: int
    version: int
    number: str
    process: str
    process_label: str
    state: str
    state_label: str
    round: int
    record_type: str
    record_id: int
    record_label: str
    title: Shown
    started_by: str
    started_at: datetime
    started: str
    closed: str
    clock: Clock
    clause: ClauseRef
    picture: Picture
    steps: tuple[StepView, ...]
    forms: tuple[FormView, ...]
    checklist: ChecklistView | None
    moves: tuple[MoveView, ...]
    documents: tuple[DocumentView, ...]
    pauses: tuple[PauseView, ...]
    pause_reasons: tuple[str, ...]
    above: CaseRow | None
    below: tuple[CaseRow, ...]
    merged: tuple[CaseRow, ...]
    merged_into: CaseRow | None
    buttons: tuple[Button, ...]
    task_id: int | None
    task_ids: tuple[int, ...]


def case_view(viewer: Viewer, case_id: int, through: Exit = Exit.CASE) -> CaseView:
    """One case in full, as far as the viewer may see it, through CASE, CASE_PRINT or API.

    A number of queries that depends on what the policy says of the process, not on how many cases there are nor on what
    happened to this one. Raises ``Refused`` (``cases.not_found``).
    """
    standing = seen(viewer, case_id)
    case, language, near = standing.case, viewer.language, horizon()
    moves = list(Move.objects.filter(case_id=case.pk).order_by("id"))
    rows = list(Row.objects.filter(case_id=case.pk).order_by("id"))
    over = case.state != CaseState.OPEN
    mine = own_tasks(viewer, standing)
    record_type = standing.model.record_types[case.record_type]
    above = _above(standing)
    family = _family(viewer, standing, above)
    shown = {row.case_id: row for row in case_rows(viewer, family)}
    own_steps = {task.pk for task in standing.tasks}
    return CaseView(
        id=case.pk,
        version=case.version,
        number=case.number,
        process=case.process,
        process_label=standing.process.label.text(language),
        state=case.state,
        state_label=case_state(case.state),
        round=case.round,
        record_type=case.record_type,
        record_id=case.record_id,
        record_label=record_type.label.text(language),
        title=titles(viewer, [(case.record_type, case.record_id)], through)[case.record_type, case.record_id],
        started_by=case.started_by_name,
        started_at=case.started_at,
        started=moment(case.started_at, language),
        closed="" if case.closed_at is None else moment(case.closed_at, language),
        clock=clock_of(
            standing, near, case.due_at, case.started_at, language, over=over, deadline=standing.process.total
        ),
        clause=standing.process.clause,
        picture=picture(standing, language),
        steps=steps(viewer, standing, near, moves, rows),
        forms=_forms(viewer, standing, mine, through),
        checklist=_checklist(standing, mine, language),
        moves=told(viewer, standing, moves),
        documents=letters(viewer, standing, list(Document.objects.filter(case_id=case.pk).order_by("id"))),
        pauses=_pauses(standing, language),
        pause_reasons=standing.process.pause.reasons,
        above=None if above is None else shown.get(above),
        below=tuple(shown[each.pk] for each in family if each.parent_task_id in own_steps),
        merged=tuple(shown[each.pk] for each in family if each.merged_into_id == case.pk),
        merged_into=None if case.merged_into_id is None else shown.get(case.merged_into_id),
        buttons=buttons(viewer, standing, mine),
        task_id=mine[0].pk if mine else None,
        task_ids=tuple(task.pk for task in mine),
    )


def _forms(viewer: Viewer, standing: Standing, mine: Sequence[Task], through: Exit) -> tuple[FormView, ...]:
    """The forms of the steps to which the case came, in the order of the policy; each once. At the step that is in the
    viewer's hands its form can be filled in.
    """
    sight = form_sight(viewer, standing, through)
    open_ = {standing.step(task).form: task for task in reversed(mine)}
    came = {standing.step(task).form for task in standing.tasks if task.state != TaskState.PASSED}
    filled = {form for form, _field in forms.held(standing)}
    found = []
    for code in dict.fromkeys(step.form for step in standing.process.steps if step.form is not None):
        task = open_.get(code)
        if task is not None:
            form = standing.model.blocks.forms[code]
            found.append(forms.present(sight, standing, form, standing.step(task), task.pk))
        elif code in came | filled:
            found.append(forms.present(sight, standing, standing.model.blocks.forms[code]))
    return tuple(found)


def _checklist(standing: Standing, mine: Sequence[Task], language: str) -> ChecklistView | None:
    task = next((task for task in mine if standing.step(task).checklist is not None), None)
    return None if task is None else checklist_of(standing, standing.step(task), task.pk, language)


def _pauses(standing: Standing, language: str) -> tuple[PauseView, ...]:
    return tuple(
        PauseView(
            each.reason,
            moment(each.since, language),
            "" if each.until is None else moment(each.until, language),
            each.by_name,
        )
        for each in Pause.objects.filter(case_id=standing.case.pk).order_by("id")
    )


def _family(viewer: Viewer, standing: Standing, above: int | None) -> list[Case]:
    """Cases that belong together with this one and that the viewer may know of. One query."""
    case = standing.case
    near = Q(parent_task__case_id=case.pk) | Q(merged_into_id=case.pk)
    near |= Q(pk__in=[each for each in (above, case.merged_into_id) if each is not None])
    return list(Case.objects.filter(near).filter(scope_of_cases(viewer) | in_hand(viewer)).distinct().order_by("id"))


def _above(standing: Standing) -> int | None:
    """The case of which this one is a part. At most one query."""
    if standing.case.parent_task_id is None:
        return None
    return Task.objects.filter(pk=standing.case.parent_task_id).values_list("case_id", flat=True).first()
