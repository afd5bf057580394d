"""The beginning of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.processes import advancing, timing
from keguan.runtime.processes.events import CaseStarted
from keguan.runtime.processes.models import Case
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.numbering import next_number
from keguan.runtime.processes.standing import SYSTEM_NAME, Happened, Standing, moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.process import Process
    from keguan.runtime.access.viewer import Place, Viewer
    from keguan.runtime.policies.queries import Current
    from keguan.runtime.processes.models import Task


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a case is begun with. ``place`` is its record's; ``viewer`` None: it begins by itself."""

    policy: Current
    process: Process
    record_id: int
    place: Place
    viewer: Viewer | None = None
    parent_task: Task | None = None
    started_by: tuple[int | None, str] | None = None  # of a sub-case: whose it is, when nobody began it just now


def open_case(new: Beginning, *, opinion: str = "", data: Mapping[str, object] | None = None) -> Standing:
    """Begin a case with the first step of its process, and write that down. Inside a transaction."""
    return begin_case(new, Happened(), opinion=opinion, data=data)


def begin_case(
    new: Beginning, happened: Happened, *, opinion: str = "", data: Mapping[str, object] | None = None
) -> Standing:
    """As ``open_case``, as part of what has happened already (a sub-case)."""
    viewer = new.viewer
    by_id, by_name = new.started_by or ((None, SYSTEM_NAME) if viewer is None else (viewer.staff_id, viewer.name))
    now = clock.now()
    case = Case.objects.create(
        process=new.process.code,
        publication_id=new.policy.publication_id,
        number=next_number(new.process),
        record_type=new.process.record_type,
        record_id=new.record_id,
        owner_id=new.place.owner_id,
        unit_id=new.place.unit_id,
        information_class=new.process.information_class,
        started_by_id=by_id,
        started_by_name=by_name,
        started_at=now,
        parent_task=new.parent_task,
    )
    if viewer is not None:
        happened.by = viewer.name
    standing = Standing(case, new.policy, new.process, [], [], now, happened)
    timing.start_case(standing)
    parent_id = None if new.parent_task is None else new.parent_task.pk
    happened.events.append(CaseStarted(case.pk, case.process, case.record_type, case.record_id, parent_id))
    begun = advancing.begin(standing, (new.process.steps[0].code,), viewer=viewer, go_on=False)
    facts = {"opened": [task.step for task in begun], **(data or {})}
    moved(standing, MoveKind.START, viewer, opinion=opinion, data=facts)
    advancing.go_on(happened)
    return standing
