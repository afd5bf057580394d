"""Records that tests file, each with what it must have and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.records.actions import Create

if TYPE_CHECKING:
    from keguan.runtime.records.validation import Typed
    from tests.cast import Member


def customer(member: Member, name: str = "张伟", phone: str = "13800135612", **more: Typed) -> int:
    """A person as a customer, filed by this member of the cast."""
    values = {"name": name, "customer_kind": "个人", "phone": phone, **more}
    return Create(viewer=viewer_for(member.id), record_type="customer", values=values).run()


def contract(member: Member, customer_id: int, number: str = "HT-2026-001", **more: Typed) -> int:
    """A purchase contract of a customer."""
    values: dict[str, Typed] = {
        "contract_number": number,
        "customer": customer_id,
        "amount": "5000万",
        "signed_on": "2026-03-02",
        "contract_status": "履行中",
        "property_kind": "洋房",
        "unit_sold": "1-101",
        "discount": "95%",
        **more,
    }
    return Create(viewer=viewer_for(member.id), record_type="purchase_contract", values=values).run()


def reception(member: Member, customer_id: int, on: str = "2026-11-20", **more: Typed) -> int:
    """A reception of a customer on a day."""
    values = {"customer": customer_id, "channel": "来访", "received_on": on, "summary": "看房", **more}
    return Create(viewer=viewer_for(member.id), record_type="reception", values=values).run()
