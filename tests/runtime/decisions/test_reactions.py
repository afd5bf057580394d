"""What changes is decided again at once: the record, and every record that reads it."""

from __future__ import annotations

import pytest

from keguan.runtime.access.viewer import Viewer
from keguan.runtime.decisions.models import Run
from keguan.runtime.records.actions import Create
from tests.cast import Cast
from tests.runtime.decisions.filing import as_seen_by, change, contract, customer, graded, outcomes_kept, stored


@pytest.fixture
def xu_ke(company: Cast, afternoon: None) -> Viewer:
    """许可, who keeps the records of the whole company."""
    return as_seen_by(company.xu_ke.id)


def test_a_new_customer_is_graded(xu_ke: Viewer) -> None:
    """Who is merely filed is E by the last row; who intends to buy is D by row 8."""
    assert graded(customer(xu_ke, "林知远")) == ("E", None, 10)
    assert graded(customer(xu_ke, "周望", intends="是")) == ("D", None, 8)


def test_a_contract_grades_its_customer(xu_ke: Viewer) -> None:
    """The first contract makes an E customer C, the one that brings the total to 8,000,000 makes them B."""
    buyer = customer(xu_ke, "林知远")
    contract(xu_ke, buyer, "3000000")
    assert graded(buyer) == ("C", "金卡", 7)
    contract(xu_ke, buyer, "5000000")
    assert graded(buyer) == ("B", "铂金卡", 5)
    assert outcomes_kept(buyer) == [(None, "E", 10), ("E", "C", 7), ("C", "B", 5)]
    assert stored("customer", buyer, "total_purchase", "purchases") == (800_000_000, 2)


def test_a_contract_that_moves_grades_both_customers(xu_ke: Viewer) -> None:
    """When a contract goes over to another customer, the old one falls to E and the new one rises."""
    first, second = customer(xu_ke, "林知远"), customer(xu_ke, "周望")
    moved = contract(xu_ke, first, "8000000")
    assert (graded(first)[0], graded(second)[0]) == ("B", "E")
    change(xu_ke, "purchase_contract", moved, customer=str(second))
    assert (graded(first)[0], graded(second)[0]) == ("E", "B")


def test_a_dissolved_contract_counts_no_more(xu_ke: Viewer) -> None:
    """A contract that is dissolved takes its amount and the villa out of the facts."""
    buyer = customer(xu_ke, "林知远")
    villa = contract(xu_ke, buyer, "9000000", kind="独立别墅")
    assert graded(buyer) == ("B", "铂金卡", 4)
    change(xu_ke, "purchase_contract", villa, contract_status="已解除")
    assert graded(buyer) == ("E", None, 10)


def test_what_changes_nothing_is_not_written(xu_ke: Viewer) -> None:
    """A change that leaves every fact and outcome as it is adds no history, and its run counts no change."""
    buyer = customer(xu_ke, "林知远")
    before = outcomes_kept(buyer)
    change(xu_ke, "customer", buyer, living_area="江南")
    newest = Run.objects.order_by("-id")[0]
    assert outcomes_kept(buyer) == before
    assert (newest.record_type, newest.whole, newest.examined, newest.changed) == ("customer", False, 1, 0)


def test_the_week_and_the_month_follow_a_reception(xu_ke: Viewer) -> None:
    """A reception is counted in its week's report and, through it, in its month's."""
    visitor = customer(xu_ke, "林知远")
    for day in ("2026-11-16", "2026-11-20"):
        typed = {"customer": str(visitor), "channel": "来访", "received_on": day, "summary": "看样板间"}
        made = Create(viewer=xu_ke, record_type="reception", values=typed).run()
    week = stored("reception", made, "weekly_report_id")[0]
    month = stored("weekly_report", week, "monthly_report_id")[0]
    assert stored("weekly_report", week, "entries", "visits_in") == (2, 2)
    assert stored("monthly_report", month, "month_entries", "weeks") == (2, 1)
