"""Filing customers and contracts the way people do, for tests of what is decided about them."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db import connection

from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.records.actions import Create, Update

_PHONES = count(13_900_000_000)
_CONTRACTS = count(1)


def as_seen_by(staff_id: int) -> Viewer:
    """The viewer behind one of the cast."""
    return viewer_for(staff_id, "web")


def customer(viewer: Viewer, name: str, **values: str) -> int:
    """File a customer and return their id."""
    typed = {"name": name, "customer_kind": "个人", "phone": str(next(_PHONES)), **values}
    return Create(viewer=viewer, record_type="customer", values=typed).run()


def contract(viewer: Viewer, customer_id: int, amount: str, kind: str = "洋房", **values: str) -> int:
    """File a purchase contract in force and return its id."""
    typed = {
        "contract_number": f"HT-{next(_CONTRACTS)}",
        "customer": str(customer_id),
        "amount": amount,
        "signed_on": "2026-03-02",
        "contract_status": "履行中",
        "property_kind": kind,
        "unit_sold": "1-101",
        "discount": "2%",
        **values,
    }
    return Create(viewer=viewer, record_type="purchase_contract", values=typed).run()


def change(viewer: Viewer, record_type: str, record_id: int, **values: str) -> None:
    """Change some fields of a record."""
    version = stored(record_type, record_id, "version")[0]
    Update(viewer=viewer, record_type=record_type, id=record_id, version=version, values=values).run()


def stored(record_type: str, record_id: int, *columns: str) -> tuple[Any, ...]:
    """Columns of a record as they are stored."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM rec_{record_type} WHERE id = %s", [record_id])
        return tuple(cursor.fetchone())


def graded(customer_id: int) -> tuple[str, str | None, int]:
    """A customer's grade, card and the rule that gave them."""
    grade, card, rule = stored("customer", customer_id, "grade", "card", "customer_grade_rule")
    return grade, card, rule


def outcomes_kept(customer_id: int) -> list[tuple[str | None, str, int]]:
    """The history of a customer's grade, oldest first: was, is, rule."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT was_grade, out_grade, rule FROM his_customer_grade WHERE record_id = %s ORDER BY id", [customer_id]
        )
        return [tuple(row) for row in cursor.fetchall()]
