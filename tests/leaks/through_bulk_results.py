"""The results of a bulk edit that the person began over the customer: on the page and in the workbook."""

from __future__ import annotations

import io

import openpyxl

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import GiveResults
from keguan.runtime.records.models import BulkEdit, BulkRow
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """What the page reads, and every cell of the file."""
    edit = BulkEdit.objects.create(
        record_type="customer",
        asked=b"",
        fields=["source"],
        by_id=person.viewer.staff_id,
        by_name=person.viewer.name,
        at=clock.now(),
        changed=1,
    )
    BulkRow.objects.create(edit=edit, record_id=world.customer, outcome="changed")
    seen = []
    try:
        seen.append(repr(records.bulk_results(person.viewer, edit.pk)))
        given = GiveResults(viewer=person.viewer, edit_id=edit.pk).run()
        sheet = openpyxl.load_workbook(io.BytesIO(given.data)).active
        seen += [str(cell.value) for row in sheet.iter_rows() for cell in row]
    except Refused as refused:
        seen.append(refused.message)
    return "\n".join(seen)
