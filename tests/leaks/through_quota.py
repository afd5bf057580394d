"""How full a quota over the customer's grade is, whose groups are made of what is known of them."""

from __future__ import annotations

from keguan.runtime.decisions import queries as decisions
from keguan.runtime.ledger.actions import Refused
from tests.leaks.world import Person, World

QUOTA = "leak_quota"


def drive(world: World, person: Person) -> str:
    """The meter, through the query and through the browser."""
    del world
    seen = [repr(decisions.quotas_offered(person.viewer))]
    try:
        seen.append(repr(decisions.meter(person.viewer, QUOTA)))
    except Refused as refused:
        seen.append(str(refused))
    seen.append(person.client.get(f"/quotas/{QUOTA}/").content.decode())
    return "\n".join(seen)
