"""The cases of one record, and the processes that may be started over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.rights import reaches
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Case, CaseState
from keguan.runtime.processes.places import place_of_record
from keguan.runtime.processes.queries.boxes import case_rows
from keguan.runtime.processes.sight import in_hand, scope_of_cases
from keguan.runtime.processes.starting import refused_start

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.rows import CaseRow

MOST = 50


@dataclass(frozen=True, slots=True)
class Startable:
    """A process that the viewer may start over a record. ``form`` is the first step's; ``open`` how many cases of it
    the record has open already, as far as the viewer may know of them.
    """

    process: str
    label: str
    form: str | None
    open: int
    clause: ClauseRef


def cases_of(viewer: Viewer, record_type: str, record_id: int) -> tuple[CaseRow, ...]:
    """The newest ``MOST`` cases over a record of which the viewer may know. A fixed number of queries."""
    if not 0 < record_id <= LARGEST_ID:
        return ()
    found = Case.objects.filter(record_type=record_type, record_id=record_id)
    seen = found.filter(scope_of_cases(viewer) | in_hand(viewer)).distinct().order_by("-id")
    return case_rows(viewer, list(seen[:MOST]))


def may_start(viewer: Viewer, record_type: str, record_id: int) -> tuple[Startable, ...]:
    """The processes that the viewer may start over a record, in the policy's order; none of a record out of sight.

    Two queries, and one for each process that a head of a unit may start.
    """
    model = policies.current().model
    if record_type not in model.record_types:
        return ()
    place = place_of_record(model, record_type, record_id)
    if place is None or not reaches(viewer, record_type, place, model):
        return ()
    open_: dict[str, int] = {}
    held = Case.objects.filter(record_type=record_type, record_id=record_id, state=CaseState.OPEN)
    seen = held.filter(scope_of_cases(viewer) | in_hand(viewer)).distinct().order_by("id")
    for process in seen.values_list("process", flat=True)[:MOST]:
        open_[process] = open_.get(process, 0) + 1
    return tuple(
        Startable(
            each.code,
            each.label.text(viewer.language),
            each.steps[0].form,
            open_.get(each.code, 0),
            each.clause,
        )
        for each in model.blocks.processes.values()
        if each.record_type == record_type and refused_start(viewer, each, place) is None
    )
