"""A record changes hands because the policy says so, and people are entered only where they hold the right post."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions import Create, HandOverByPolicy
from keguan.runtime.records.models import Ownership, Transfer
from tests.cast import BINHAI
from tests.runtime.decisions.editions import edition, publish
from tests.runtime.records.filing import contract, customer
from tests.runtime.records.test_hand_over import placed

if TYPE_CHECKING:
    from tests.cast import Cast

FIELD = "| 可接受价格 | price_limit | Acceptable price | 金额 | | 来往 | 一般 |\n"
POST = "| 对接人 | contact_person | Contact person | 人员(销售员) | | 来往 | 一般 |\n"


def given(company: Cast, record_id: int, to: int) -> HandOverByPolicy:
    """What a form of 周敏's case carries: the customer is to go to somebody."""
    return HandOverByPolicy(
        viewer=viewer_for(company.zhou_min.id),
        record_type="customer",
        id=record_id,
        to_staff_id=to,
        reason="定类 DL-202603-0001：归销售",
        clause=policies.current().model.record_types["customer"].clause,
        cause={"case": 7},
    )


def test_the_policy_hands_over_in_the_systems_name(company: Cast) -> None:
    """The record and its owner's children go; the history names who brought it about and why, the ledger the clause."""
    mine = customer(company.lin_xiao)
    contract_id = contract(company.xu_ke, mine)
    handed = given(company, mine, company.fang_ming.id).run()
    there = (company.fang_ming.id, company.units[BINHAI])
    assert handed is not None
    assert (placed("customer")[mine], placed("purchase_contract")[contract_id]) == (there, there)
    transfer = Transfer.objects.get()
    assert (transfer.by_id, transfer.reason) == (company.zhou_min.id, "定类 DL-202603-0001：归销售")
    assert sorted(Ownership.objects.values_list("record_type", "owner_id")) == [
        ("customer", company.lin_xiao.id),
        ("purchase_contract", company.lin_xiao.id),
    ]
    (entry,) = [each for each in ledger.entries_page().entries if each.action == "records.hand_over_by_policy"]
    assert entry.data["by"] == company.zhou_min.id
    assert entry.data["case"] == 7
    assert entry.clause == "core#customer"


def test_whose_it_is_already_stays_theirs(company: Cast) -> None:
    """Nothing is moved and nothing is written down."""
    mine = customer(company.lin_xiao)
    assert given(company, mine, company.lin_xiao.id).run() is None
    assert not Transfer.objects.exists()


def test_a_receiver_who_could_not_see_it_is_refused(company: Cast) -> None:
    """Somebody whose role shows them no customers does not become the owner of one."""
    mine = customer(company.lin_xiao)
    before = placed("customer")
    with pytest.raises(Refused) as refused:
        given(company, mine, company.guan_li.id).run()
    assert refused.value.code == "hand_over.receiver"
    assert (placed("customer"), Transfer.objects.count()) == (before, 0)


def test_only_a_holder_of_the_post_stands_in_the_field(company: Cast) -> None:
    """A salesperson may be entered where the policy asks for one; somebody else is refused, by name or by id, and
    nothing is filed.
    """
    publish(edition("2.0.0", (FIELD, FIELD + POST)))
    viewer = viewer_for(company.lin_xiao.id)
    values = {"name": "张伟", "customer_kind": "个人", "phone": "13800135612"}
    for other in ("赵启", company.zhao_qi.id):
        with pytest.raises(Refused) as refused:
            Create(viewer=viewer, record_type="customer", values={**values, "contact_person": other}).run()
        assert refused.value.fields == {"contact_person": "这里只能填担任“销售员”的人员。"}
    assert placed("customer") == {}
    filed = Create(viewer=viewer, record_type="customer", values={**values, "contact_person": "林晓"}).run()
    assert list(placed("customer")) == [filed]
