"""The letters that a case wrote."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import queries as cases
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Every letter, as it is read and as it is set on paper."""
    try:
        found = cases.case_view(person.viewer, world.case).documents
    except Refused as refused:
        return str(refused)
    return repr(found) + "".join(_on_paper(world, person, each.id) for each in found)


def _on_paper(world: World, person: Person, document_id: int) -> str:
    try:
        return repr(cases.letter_of(person.viewer, world.case, document_id))
    except Refused as refused:
        return str(refused)
