"""The ledger's page, the changes in its entries, and its export with proofs."""

from __future__ import annotations

import io
import zipfile

from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import seal
from keguan.runtime.records import queries as records
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Old and new values of every change of the customer and the contract, and the page."""
    seen = [person.client.get("/ledger/").content.decode()]
    for entry in ledger.entries_page(filters=ledger.EntryFilters(action="records.update")).entries:
        kept = entry.data["changes"]
        seen.append(repr(records.changes(person.viewer, entry.subject_type, int(entry.subject_id), kept)))
    seal()
    answer = person.client.post("/ledger/export/", {"type": "customer"})
    if answer.headers["Content-Type"] == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as whole:
            seen += [whole.read(name).decode() for name in whole.namelist()]
    return "\n".join(seen)
