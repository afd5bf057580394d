"""Questions to the list: whoever is told "yes" has seen the value."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.leaks.world import ID_NUMBER, PHONE, Person, World

ASKED = (
    ("name", "秦未央"),
    ("id_number", ID_NUMBER),
    ("phone", PHONE),
    ("traits", "暗号龙井"),
    ("total_purchase", "61234567"),
    ("card", "钻石卡"),
)


def drive(world: World, person: Person) -> str:
    """The values that some operator confirmed of the customer."""
    confirmed = []
    for code, value in ASKED:
        for operator in Operator:
            only = Filter(code, operator, (value,))
            try:
                page = records.page(person.viewer, "customer", ListQuery(filters=(only,), columns=("source",)))
            except Refused as refused:
                confirmed.append("" if value in refused.message else refused.message)
                continue
            if any(row.id == world.customer for row in page.rows):
                confirmed.append(value)
    return "\n".join(confirmed)
