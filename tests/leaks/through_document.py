"""The letters that a case wrote."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import queries as cases
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Every letter, as it is read."""
    try:
        return repr(cases.case_view(person.viewer, world.case).documents)
    except Refused as refused:
        return str(refused)
