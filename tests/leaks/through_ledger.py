"""The ledger's page, and the changes in its entries."""

from __future__ import annotations

from keguan.runtime.ledger import queries as ledger
from keguan.runtime.records import queries as records
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Old and new values of every change of the customer and the contract, and the page."""
    seen = [person.client.get("/ledger/").content.decode()]
    for entry in ledger.entries_page(filters=ledger.EntryFilters(action="records.update")).entries:
        kept = entry.data["changes"]
        seen.append(repr(records.changes(person.viewer, entry.subject_type, int(entry.subject_id), kept)))
    return "\n".join(seen)
