"""Order by a field, which tells its values one comparison at a time."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import ListQuery
from tests.leaks.through_filter import ASKED
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """The values of the fields by which a list with the customer in it could be ordered."""
    told = []
    for code, value in ASKED:
        for sort in (code, f"-{code}"):
            try:
                page = records.page(person.viewer, "customer", ListQuery(sort=sort, columns=("source",)))
            except Refused:
                continue
            told += [value for row in page.rows if row.id == world.customer]
    return "\n".join(told)
