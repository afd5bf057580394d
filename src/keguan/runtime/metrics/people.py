"""Who answers for a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.actors import PartyKind
from keguan.language.model.metric import GroupBy
from keguan.runtime.access.viewer import Place
from keguan.runtime.duties.parties import Seating
from keguan.runtime.metrics.groups import PERSONAL, key_of
from keguan.runtime.metrics.models import WHOLE
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from keguan.language.model.metric import Figure


def answering(figure: Figure, group: str) -> frozenset[int]:
    """Those whom the figure's row names: of a group of a unit or a person, nearest to it; else everybody in that post.

    Where the row names nobody, a person answers for the group that is theirs.
    """
    place = _place(figure, group)
    if not figure.responsible and place is not None and place.owner_id is not None:
        return frozenset({place.owner_id})
    found: set[int] = set()
    seating = Seating()
    for party in figure.responsible:
        if place is not None:
            found |= seating.people(party, place, {})
        elif party.kind is PartyKind.ROLE and party.role is not None:
            found |= org.holders_of([party.role])
        elif party.kind is PartyKind.UNIT_HEAD:
            company = org.company()
            found |= seating.people(party, Place(None, None if company is None else company.id), {})
    return frozenset(found)


def _place(figure: Figure, group: str) -> Place | None:
    """Whose a group is; None for one that is nobody's."""
    if figure.group is None or group == WHOLE:
        return None
    key = key_of(group)
    if not isinstance(key, int) or isinstance(key, bool):
        return None
    if figure.group.by in PERSONAL:
        person = org.staff_by_id(key)
        return Place(key, None if person is None else person.unit_id)
    return Place(None, key) if figure.group.by is GroupBy.UNIT else None
