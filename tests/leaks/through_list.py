"""The list of customers and of contracts, as query and as page, with every column asked for."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Every column, through the query and through the browser."""
    seen = []
    for record_type in ("customer", "purchase_contract", "visit"):
        try:
            everything = records.ListQuery(columns=records.everything(record_type))
            seen.append(repr(records.page(person.viewer, record_type, everything).rows))
        except Refused as refused:
            seen.append(str(refused))
        seen.append(person.client.get(f"/records/{record_type}/").content.decode())
    return "\n".join(seen)
