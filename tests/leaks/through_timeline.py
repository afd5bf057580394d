"""The timeline of a customer."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Its events."""
    try:
        return repr(records.timeline(person.viewer, "customer", world.customer))
    except Refused as refused:
        return str(refused)
