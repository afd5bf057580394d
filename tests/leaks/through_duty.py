"""What is owed about a customer: the boxes, the late ones, those of the record, and each in full with its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.duties import queries as duties
from keguan.runtime.ledger.actions import Refused
from tests.leaks.owed import owed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Everything about duties that the person gets."""
    ids, _proposals = owed(world)
    viewer = person.viewer
    looks: list[Callable[[], object]] = [
        lambda: [duties.mine(viewer, box) for box in duties.Box],
        lambda: duties.overdue(viewer),
        lambda: duties.duties_of(viewer, "customer", world.customer),
        *(lambda duty_id=each: duties.duty_view(viewer, duty_id) for each in ids),  # type: ignore[misc]
    ]
    return "\n".join(map(_seen, looks))


def _seen(look: Callable[[], object]) -> str:
    try:
        return repr(look())
    except Refused as refused:
        return str(refused)
