"""The 360 page, with its tabs of child records, and the form to edit it."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """The customer and the contract, through the queries and through the browser."""
    seen = []
    for record_type, record_id in (("customer", world.customer), ("purchase_contract", world.contract)):
        try:
            profile = records.profile(person.viewer, record_type, record_id)
            seen.append(repr(profile))
            seen += [repr(records.children(person.viewer, child, record_id)) for child in profile.children]
            seen.append(repr(records.missing(person.viewer, record_type, record_id)))
        except Refused as refused:
            seen.append(str(refused))
        for page in ("", "edit/"):
            seen.append(person.client.get(f"/records/{record_type}/{record_id}/{page}").content.decode())
    return "\n".join(seen)
