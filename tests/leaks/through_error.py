"""Refusals and pages about what went wrong."""

from __future__ import annotations

from django.db import transaction

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.actions import Update
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Changes that cannot be made: a stale one, wrong values, a strange reference; and addresses that do not exist."""
    seen = []
    attempts = [
        (0, {"name": "某人"}),
        (2, {"phone": "139", "id_number": "1101", "customer_kind": "甲", "first_contact": "昨天"}),
        (2, {"total_purchase": "1", "grade": "E"}),
    ]
    for version, values in attempts:
        try:
            with transaction.atomic():
                Update(
                    viewer=person.viewer, record_type="customer", id=world.customer, version=version, values=values
                ).run()
        except Refused as refused:
            seen += [str(refused), *refused.fields.values()]
    for address in ("/records/customer/999999/", "/records/spaceship/", "/records/customer/?sort=phone"):
        seen.append(person.client.get(address).content.decode().split("<main", 1)[0])
    return "\n".join(seen)
