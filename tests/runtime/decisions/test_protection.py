"""Decisions under a policy that changed: what was public once, and what another process published meanwhile."""

from __future__ import annotations

from contextvars import Context

import pytest

from keguan.runtime.decisions.queries import explanation
from keguan.runtime.policies.queries import current, pinned
from tests.cast import Cast
from tests.runtime.decisions.editions import SIX_MILLION, edition, publish
from tests.runtime.decisions.filing import as_seen_by, contract, customer, graded

OPEN = "| 累计购买额 | total_purchase | Total purchase | 金额 | 来往 |"
CLOSED = "| 累计购买额 | total_purchase | Total purchase | 金额 | 交易 |"


@pytest.mark.usefixtures("afternoon")
def test_a_figure_made_more_secret_is_hidden_in_old_reasons_too(company: Cast) -> None:
    """Decided while the amount was of a class that 林晓 sees, explained after it became one that she does not."""
    publish(edition("1.1.0", (CLOSED, OPEN)))
    keeper, seller = as_seen_by(company.xu_ke.id), company.lin_xiao
    record_id = customer(as_seen_by(seller.id), "林知远")
    contract(keeper, record_id, "8123456.78")
    told = explanation(as_seen_by(seller.id), "customer", record_id, "customer_grade")
    assert "8,123,456.78" in str(told)
    publish(edition("1.2.0", (OPEN, CLOSED)))
    told = explanation(as_seen_by(seller.id), "customer", record_id, "customer_grade")
    assert told is not None
    assert "8,123,456.78" not in str(told)
    assert told.lines[0].value.state == "hidden"


@pytest.mark.usefixtures("afternoon")
def test_a_request_that_began_before_a_publication_decides_by_it(company: Cast) -> None:
    """Another process publishes between the beginning of a request and its change: the new version decides, since
    nothing would decide these records again before the next day.
    """
    keeper = as_seen_by(company.xu_ke.id)
    record_id = customer(keeper, "林知远")
    with pinned():
        current()
        Context().run(publish, edition("1.1.0", SIX_MILLION))
        contract(keeper, record_id, "7000000")
    assert graded(record_id) == ("B", "铂金卡", 5)
