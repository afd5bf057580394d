"""Why the customer has this grade."""

from __future__ import annotations

from keguan.runtime.decisions import queries as decisions
from keguan.runtime.ledger.actions import Refused
from tests.leaks.world import Person, World

DECISION = "customer_grade"


def drive(world: World, person: Person) -> str:
    """The explanation and the history, through the queries and through the browser."""
    seen = []
    for ask in (decisions.explanation, decisions.history):
        try:
            seen.append(repr(ask(person.viewer, "customer", world.customer, DECISION)))
        except Refused as refused:
            seen.append(str(refused))
    seen.append(person.client.get(f"/records/customer/{world.customer}/why/{DECISION}/").content.decode())
    return "\n".join(seen)
