"""What happened to a case, move by move, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.access.formatting import moment
from keguan.runtime.org import queries as org
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.straight import STRAIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Move
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, slots=True)
class MoveView:
    """One thing that happened: who did what at which step, in whose stead and to whom, and the words that went with it.

    ``opened`` are the labels of the steps that began with it.
    """

    id: int
    kind: str
    label: str
    at: datetime
    when: str
    by: str
    stead: str
    to: str
    step: str
    outcome: str
    opinion: str
    reason: str
    opened: tuple[str, ...]


def told(viewer: Viewer, standing: Standing, moves: Sequence[Move]) -> tuple[MoveView, ...]:
    """The moves of a case in order. One query, for names."""
    people = {who for move in moves for who in (move.for_id, move.to_id) if who is not None}
    names = org.names(people) if people else {}
    tasks = {task.pk: task for task in standing.tasks}
    labels = {step.code: step.label.text(viewer.language) for step in standing.process.steps}
    return tuple(
        MoveView(
            id=move.pk,
            kind=move.kind,
            label=str(MoveKind(move.kind).label),
            at=move.at,
            when=moment(move.at, viewer.language),
            by=move.by_name,
            stead="" if move.for_id is None else names.get(move.for_id, ""),
            to="" if move.to_id is None else names.get(move.to_id, ""),
            step=labels.get(tasks[move.task_id].step, "") if move.task_id in tasks else "",
            outcome=move.outcome,
            opinion=move.opinion,
            reason=_("重新办好后直接回到这一步") if STRAIGHT in move.data else str(move.data.get("reason", "")),
            opened=tuple(labels[code] for code in move.data.get("opened", ()) if code in labels),
        )
        for move in moves
    )
