"""The page of a case: its forms, what was done, and the boxes in which it lies."""

from __future__ import annotations

from dataclasses import replace

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import queries as cases
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """The case in full without its documents, the person's boxes, the board and the cases beside the customer."""
    seen = []
    for look in (_view, _lists):
        try:
            seen.append(look(world, person))
        except Refused as refused:
            seen.append(str(refused))
    return "\n".join(seen)


def _view(world: World, person: Person) -> str:
    return repr(replace(cases.case_view(person.viewer, world.case), documents=()))


def _lists(world: World, person: Person) -> str:
    viewer = person.viewer
    boxes = [cases.box(viewer, name) for name in cases.Box]
    return repr((boxes, cases.board(viewer, "leak_case"), cases.cases_of(viewer, "customer", world.customer)))
