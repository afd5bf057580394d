"""The drawer beside a list."""

from __future__ import annotations

from keguan.runtime.access.exits import Exit
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """The customer and the contract, through the query and through the browser."""
    seen = []
    for record_type, record_id in (("customer", world.customer), ("purchase_contract", world.contract)):
        try:
            seen.append(repr(records.profile(person.viewer, record_type, record_id, Exit.DRAWER)))
        except Refused as refused:
            seen.append(str(refused))
        seen.append(person.client.get(f"/records/{record_type}/{record_id}/drawer/").content.decode())
    return "\n".join(seen)
