"""People to whom a case can be handed, of whom one can be asked, and who can be told: found by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.org import queries as org
from keguan.runtime.processes.barring import barred
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.sight import seen

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

MOST = 20
_HANDLING = frozenset({MoveKind.TRANSFER, MoveKind.ADD_SIGNER})
"""Moves by which somebody handles a step: whoever has to keep away from it is not offered."""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody who can be chosen. ``near``: they belong to the case's own unit."""

    id: int
    name: str
    unit: str
    near: bool


def candidates(
    viewer: Viewer, case_id: int, kind: str, task_id: int | None = None, search: str = ""
) -> list[PersonCard]:
    """At most ``MOST`` people with open accounts for a move of this kind, those of the case's unit first; without the
    viewer, and for moves by which somebody handles the step without those who must keep away from it.

    A fixed number of queries. Raises ``Refused`` (``cases.not_found``).
    """
    standing = seen(viewer, case_id)
    task = next((each for each in standing.alive if each.pk == task_id), None)
    out: frozenset[int] = frozenset()
    if kind in _HANDLING and task is not None:
        out = barred(standing, standing.step(task))
    away = out | {viewer.staff_id}
    unit_id, found = standing.case.unit_id, dict[int, PersonCard]()
    for near in (True, False):
        cards = (
            org.staff_found(search.strip(), MOST + len(away), unit_id if near else None) if unit_id or not near else ()
        )
        for card in cards:
            if card.id not in away:
                found.setdefault(card.id, PersonCard(card.id, card.name, card.unit_name, card.unit_id == unit_id))
    return list(found.values())[:MOST]
