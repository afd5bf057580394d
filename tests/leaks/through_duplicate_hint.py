"""Filing somebody who is there already. The form's own values are not told back by it."""

from __future__ import annotations

from django.db import transaction

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create
from tests.leaks.world import ID_NUMBER, PHONE, Person, World


def drive(world: World, person: Person) -> str:
    """What the refusal and the hint say."""
    typed = {"name": "某人", "customer_kind": "个人", "phone": PHONE, "id_number": ID_NUMBER}
    seen = []
    try:
        with transaction.atomic():
            Create(viewer=person.viewer, record_type="customer", values=typed).run()
    except Refused as refused:
        seen += [refused.message, *refused.fields.values()]
    try:
        seen.append(repr(records.duplicates(person.viewer, "customer", typed)))
    except Refused as refused:
        seen += [refused.message, *refused.fields.values()]
    return "\n".join(seen)
