"""What a viewer has to do with a duty: whether it is theirs, they stand above it, they may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.access.rights import reaches, sees
from keguan.runtime.access.viewer import Place
from keguan.runtime.duties.parties import Seating, answerable
from keguan.runtime.duties.persons import persons_of
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.models import Duty


@dataclass(frozen=True, slots=True)
class Standing:
    """How a viewer stands to a duty. ``mine``: they can discharge it, ``for_id`` in whose stead (None: their own).
    ``above``: they head the record's unit or one above it, or their role is one that lateness is reported to.
    """

    mine: bool
    for_id: int | None
    above: bool
    known: bool


def standing(viewer: Viewer, model: Model, line: Line, duty: Duty) -> Standing:
    """How the viewer stands to the duty. At most a dozen queries."""
    seating = Seating()
    place = Place(duty.owner_id, duty.unit_id)
    answer = answerable(duty, seating)
    mine, for_id = False, None
    if viewer.staff_id is not None:
        mine = viewer.staff_id in answer
        others = frozenset() if mine else answer & org.stands_in_for(viewer.staff_id)
        mine, for_id = mine or bool(others), min(others, default=None)
    above = viewer.staff_id is None or _above(viewer.staff_id, model, line, duty, seating)
    known = reaches(viewer, duty.record_type, place, model) and (
        not duty.information_class or sees(viewer, (duty.information_class,), place)
    )
    return Standing(mine, for_id, above, known or mine or above)


def _above(staff_id: int, model: Model, line: Line, duty: Duty, seating: Seating) -> bool:
    unit = None if duty.unit_id is None else org.unit_by_id(duty.unit_id)
    heads = org.heads()
    if unit is not None and any(heads.get(int(step)) == staff_id for step in unit.path.strip("/").split("/")):
        return True
    place = Place(duty.owner_id, duty.unit_id)
    persons = persons_of(model, line, duty.record_id)
    return any(staff_id in seating.people(each.party, place, persons) for each in line.obligation.escalations)
