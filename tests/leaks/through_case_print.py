"""The sheet of a case."""

from __future__ import annotations

from dataclasses import replace

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import queries as cases
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """The sheet, without the documents that belong to it."""
    try:
        found = cases.print_view(person.viewer, world.case)
    except Refused as refused:
        return str(refused)
    return repr(replace(found, case=replace(found.case, documents=())))
