"""Asking for an original, of sensitive and of other fields, with a reason."""

from __future__ import annotations

from django.db import transaction

from keguan.runtime.access.actions import Reveal
from keguan.runtime.ledger.actions import Refused
from tests.leaks.through_filter import ASKED
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """What was revealed."""
    seen = []
    for code, _value in ASKED:
        try:
            with transaction.atomic():
                action = Reveal(
                    viewer=person.viewer, record_type="customer", id=world.customer, field=code, reason="核对资料"
                )
                seen.append(action.run())
        except Refused as refused:
            seen.append(str(refused))
    return "\n".join(seen)
