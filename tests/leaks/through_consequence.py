"""What follows for a customer, or for those who answer for them: the boxes, those of the record, and each in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.consequences import queries as consequences
from keguan.runtime.ledger.actions import Refused
from tests.leaks.owed import owed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Everything about consequences that the person gets."""
    _duties, ids = owed(world)
    viewer = person.viewer
    looks: list[Callable[[], object]] = [
        lambda: [consequences.box(viewer, box) for box in consequences.Box],
        lambda: consequences.about_record(viewer, "customer", world.customer),
        *(lambda each=proposal: consequences.proposal_view(viewer, each) for proposal in ids),  # type: ignore[misc]
    ]
    return "\n".join(map(_seen, looks))


def _seen(look: Callable[[], object]) -> str:
    try:
        return repr(look())
    except Refused as refused:
        return str(refused)
