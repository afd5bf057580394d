"""The sheet of a customer and of a contract, as action and as page."""

from __future__ import annotations

from keguan.runtime.exports.actions import PrintRecord
from keguan.runtime.ledger.actions import Refused
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Both, through the action and through the browser."""
    seen = []
    for record_type, record_id in (("customer", world.customer), ("purchase_contract", world.contract)):
        try:
            seen.append(repr(PrintRecord(viewer=person.viewer, record_type=record_type, id=record_id).run()))
        except Refused as refused:
            seen.append(str(refused))
        seen.append(person.client.post(f"/exports/print/{record_type}/{record_id}/").content.decode())
    return "\n".join(seen)
