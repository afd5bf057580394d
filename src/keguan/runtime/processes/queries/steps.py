"""The steps of a case as they were and are to be done: who has which part, when, with which words and signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.access.formatting import moment
from keguan.runtime.org import queries as org
from keguan.runtime.processes.models import ShareState, TaskState
from keguan.runtime.processes.queries.urgency import Horizon, Urgency, gone
from keguan.runtime.processes.signing import verify_signature
from keguan.runtime.processes.words import share_kind, task_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from keguan.language.model.timing import Deadline
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Move, Share, Task
    from keguan.runtime.processes.models import Value as Row
    from keguan.runtime.processes.signing import Signature
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, slots=True)
class ShareView:
    """One party's part in a step. ``who`` is whose it is: a person's name, or the role's label; ``stead`` for whom they
    acted (代理, 转办).
    """

    id: int
    kind: str
    kind_label: str
    state: str
    who: str
    staff_id: int | None
    stead: str
    acted_by: str
    acted_at: datetime | None
    acted: str
    outcome: str
    opinion: str
    read: bool
    asked_by: int | None
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Clock:
    """By when something is to be done. ``gone`` is the share of its time that has passed, in percent; None where
    nothing is due. While ``paused`` it stands still. ``provisional``: the year whose days off are not settled, on which
    the due moment rests; 0 for none.
    """

    due_at: datetime | None
    due: str
    gone: int | None
    urgency: Urgency
    paused: bool
    provisional: int = 0


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that the case came to, once."""

    task_id: int
    code: str
    label: str
    turn: int
    state: str
    state_label: str
    began_at: datetime
    began: str
    ended_at: datetime | None
    ended: str
    late: bool
    clock: Clock
    outcome: str
    outcomes: tuple[str, ...]
    form: str | None
    checklist: str | None
    checked: Mapping[str, object] | None
    shares: tuple[ShareView, ...]


def steps(
    viewer: Viewer, standing: Standing, near: Horizon, moves: Sequence[Move], rows: Sequence[Row]
) -> tuple[StepView, ...]:
    """Every step that the case came to, oldest first. One query, for names."""
    people = {who for share in standing.shares for who in (share.staff_id, share.for_id) if who is not None}
    names = org.names(people) if people else {}
    return tuple(_step(viewer, standing, near, task, names, moves, rows) for task in standing.tasks)


def clock_of(
    standing: Standing,
    near: Horizon,
    due: datetime | None,
    since: datetime,
    language: str,
    *,
    over: bool,
    deadline: Deadline | None,
) -> Clock:
    """The clock of a step, or of the case, that runs by this deadline of the policy. While it is paused, what has gone
    is measured until the pause began.
    """
    paused_at = standing.case.paused_at
    return Clock(
        due,
        "" if due is None else moment(due, language),
        None if over else gone(since, due, paused_at or near.now),
        near.of(due, since, paused_at=paused_at, over=over),
        paused_at is not None and not over,
        0 if over else near.provisional(due, since, deadline),
    )


def _step(
    viewer: Viewer,
    standing: Standing,
    near: Horizon,
    task: Task,
    names: Mapping[int, str],
    moves: Sequence[Move],
    rows: Sequence[Row],
) -> StepView:
    step, language = standing.step(task), viewer.language
    over = task.state not in (TaskState.OPEN, TaskState.WAITING)
    return StepView(
        task_id=task.pk,
        code=step.code,
        label=step.label.text(language),
        turn=task.turn,
        state=task.state,
        state_label=task_state(task.state),
        began_at=task.began_at,
        began=moment(task.began_at, language),
        ended_at=task.ended_at,
        ended="" if task.ended_at is None else moment(task.ended_at, language),
        late=task.late,
        clock=clock_of(standing, near, task.due_at, task.began_at, language, over=over, deadline=step.deadline),
        outcome=task.outcome,
        outcomes=tuple(outcome.label for outcome in step.outcomes if outcome.label),
        form=step.form,
        checklist=step.checklist,
        checked=task.checked,
        shares=tuple(_share(viewer, standing, share, names, moves, rows) for share in standing.shares_of(task)),
    )


def _share(
    viewer: Viewer,
    standing: Standing,
    share: Share,
    names: Mapping[int, str],
    moves: Sequence[Move],
    rows: Sequence[Row],
) -> ShareView:
    role = standing.model.roles.get(share.role)
    who = names.get(share.staff_id, "") if share.staff_id is not None else ""
    acted = share.state == ShareState.DONE
    return ShareView(
        id=share.pk,
        kind=share.kind,
        kind_label=share_kind(share.kind),
        state=share.state,
        who=who or ("" if role is None else role.label.text(viewer.language)),
        staff_id=share.staff_id,
        stead="" if share.for_id is None else names.get(share.for_id, ""),
        acted_by=share.acted_by_name,
        acted_at=share.acted_at,
        acted="" if share.acted_at is None else moment(share.acted_at, viewer.language),
        outcome=share.outcome,
        opinion=share.opinion,
        read=share.read_at is not None,
        asked_by=share.asked_by_id,
        signature=verify_signature(share, standing.task(share.task_id).step, moves, rows) if acted else None,
    )
