"""Filing somebody who is there already. To be told which record has the same number counts as having seen it masked;

to be told that some record out of sight has it is the policy's own rule (先查重，再新建) and names nobody.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, StartScan
from keguan.runtime.records.models import Suspect
from tests.leaks.world import ID_NUMBER, PHONE, SECRETS, Person, World


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
        found = records.duplicates(person.viewer, "customer", typed)
        seen.append(repr(found))
        masked = {secret.masked[:3]: secret.masked for secret in SECRETS if secret.masked}
        numbers = {"phone": masked[PHONE[:3]], "id_number": masked[ID_NUMBER[:3]]}
        seen += [numbers[each.field] for each in found if each.id is not None]
    except Refused as refused:
        seen += [refused.message, *refused.fields.values()]
    return "\n".join([*seen, *_suspects(world, person)])


def _suspects(world: World, person: Person) -> list[str]:
    """The pairs that may be one, for somebody who may merge: the customer and a namesake with a phone one digit off."""
    if not Suspect.objects.exists():
        twin = {"name": "秦未鸯", "customer_kind": "个人", "phone": "13912345679"}
        Create(viewer=system_viewer(), record_type="customer", values=twin).run()
        run_now(StartScan(viewer=system_viewer(), record_type="customer", wake=False).run())
        assert Suspect.objects.exists()
    viewer = person.viewer
    grants = tuple(replace(each, operations=each.operations | {"merge"}) for each in viewer.grants)
    try:
        return [repr(records.suspects(replace(viewer, grants=grants), "customer"))]
    except Refused as refused:
        return [refused.message]
