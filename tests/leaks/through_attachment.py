"""The files of the customer: what is told of them, and each one fetched, by whatever door."""

from __future__ import annotations

from keguan.runtime.attachments.models import Attachment
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import ReadFile
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """The list of files through the query, every file through the action and through the browser."""
    seen = []
    try:
        seen.append(repr(records.files_shown(person.viewer, "customer", world.customer)))
    except Refused as refused:
        seen.append(str(refused))
    for file in Attachment.objects.filter(record_type="customer", record_id=world.customer):
        key = {"record_type": "customer", "id": world.customer, "attachment_id": file.pk}
        try:
            opened = ReadFile(viewer=person.viewer, **key).run()
        except Refused as refused:
            seen.append(str(refused))
        else:
            seen += [repr(opened), b"".join(opened.pieces()).decode()]
        answer = person.client.post(f"/records/customer/{world.customer}/files/{file.pk}/")
        seen += [str(answer.headers), answer.getvalue().decode()]
    return "\n".join(seen)
