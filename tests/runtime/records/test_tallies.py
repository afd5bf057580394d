"""Counting by a value, and finding what is incomplete: as far as the viewer may ask."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.actions import Create
from keguan.runtime.records.queries import Filter, Operator, incomplete, tally
from tests.cast import Cast


def _customer(cast: Cast, number: int, **more: str) -> int:
    values = {"name": f"客户{number}", "customer_kind": "个人", "phone": f"139300000{number:02d}", **more}
    return Create(viewer=viewer_for(cast.lin_xiao.id), record_type="customer", values=values).run()


def _contract(cast: Cast, customer: int) -> None:
    values = {
        "contract_number": f"HT-{customer}",
        "customer": str(customer),
        "amount": "100万",
        "signed_on": "2026-03-02",
        "contract_status": "履行中",
        "property_kind": "公寓",
        "unit_sold": "1-101",
        "discount": "98%",
    }
    Create(viewer=viewer_for(cast.xu_ke.id), record_type="purchase_contract", values=values).run()


def test_records_are_counted_by_value_in_one_query(company: Cast) -> None:
    """Two who only called and one who intends to buy: E twice and D once, for those who reach them."""
    for number, more in enumerate(({}, {}, {"intends": "是"})):
        _customer(company, number, **more)
    viewer = viewer_for(company.lin_xiao.id)
    mine = Filter("@owner", Operator.IS, (str(viewer.staff_id),))
    with CaptureQueriesContext(connection) as queries:
        found = tally(viewer, "customer", "grade", (mine,))
    assert (found.counts, found.capped) == ({"D": 1, "E": 2}, False)
    assert len(queries) <= 2  # the policy in force, and the count
    assert tally(viewer_for(company.fang_ming.id), "customer", "grade", ()).counts == {}


def test_values_out_of_sight_are_not_counted_by(company: Cast) -> None:
    """Counting by purchases is asking about purchases: refused to a salesperson, whatever there is."""
    with pytest.raises(Refused) as refused:
        tally(viewer_for(company.lin_xiao.id), "customer", "purchases", ())
    assert refused.value.code == "records.filter"


def test_what_has_come_to_be_required_is_found(company: Cast) -> None:
    """A first purchase asks for the owner's address; those without a purchase lack nothing."""
    owner, _other = _customer(company, 1), _customer(company, 2)
    _contract(company, owner)
    found = incomplete(viewer_for(company.zhou_min.id), "customer", ())
    assert [(row.id, [each.code for each in told]) for row, told in found.rows] == [(owner, ["owner_address"])]
    assert (found.count, found.looked_at, found.all_looked_at) == (1, 2, True)


def test_nobody_is_told_by_what_is_missing(company: Cast) -> None:
    """That an address is wanted would tell a salesperson of the purchase that she may not see."""
    _contract(company, _customer(company, 1))
    assert incomplete(viewer_for(company.lin_xiao.id), "customer", ()).rows == ()
