"""The search box. Finding by the last four digits is allowed to whoever sees them masked, so it counts as masked."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import ListQuery
from tests.leaks.world import ID_NUMBER, PHONE, SECRETS, Person, World

TYPED = (
    ("秦未央", "秦未央"),
    ("qwy", "秦未央"),
    (PHONE[-4:], "139****5678"),
    (PHONE, "139****5678"),
    (ID_NUMBER, ID_NUMBER),
    (ID_NUMBER[-4:], ID_NUMBER),
    ("暗号", "暗号龙井"),
    ("钻石卡", "钻石卡"),
    ("HT-秘-77", "HT-秘-77"),
)


def drive(world: World, person: Person) -> str:
    """What could be found the customer by."""
    told = []
    for typed, value in TYPED:
        for record_type, wanted in (("customer", world.customer), ("purchase_contract", world.contract)):
            try:
                page = records.page(person.viewer, record_type, ListQuery(search=typed))
            except Refused:
                continue
            if any(row.id == wanted for row in page.rows):
                told.append(value)
            shown = repr([row.cells for row in page.rows])
            told += [form for secret in SECRETS for form in (*secret.clear, secret.masked) if form and form in shown]
    return "\n".join(told)
