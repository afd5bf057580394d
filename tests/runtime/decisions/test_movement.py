"""How many moved from which grade to which, within what a viewer may see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.decisions.queries import movement
from tests.runtime.decisions.filing import as_seen_by, contract, customer

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast


@pytest.fixture
def moved(company: Cast, afternoon: datetime) -> Cast:
    """方明 filed a customer who stayed E; 许可 one who became C an hour later."""
    customer(as_seen_by(company.fang_ming.id), "周望")
    xu_ke = as_seen_by(company.xu_ke.id)
    buyer = customer(xu_ke, "林知远")
    clock.advance(timedelta(hours=1))
    contract(xu_ke, buyer, "3000000")
    return company


def moves(viewer_id: int, since: datetime, until: datetime) -> list[tuple[object, object, int]]:
    """The movement as plain tuples."""
    found = movement(as_seen_by(viewer_id), "customer_grade", since, until)
    return [(each.before, each.after, each.count) for each in found]


def test_moves_are_counted_from_outcome_to_outcome(moved: Cast, afternoon: datetime) -> None:
    """许可, who sees everybody, counts two first grades and one rise."""
    later = afternoon + timedelta(days=1)
    assert moves(moved.xu_ke.id, afternoon, later) == [(None, "E", 2), ("E", "C", 1)]


def test_only_the_stretch_asked_for_counts(moved: Cast, afternoon: datetime) -> None:
    """The end of the stretch is not part of it."""
    rise = afternoon + timedelta(hours=1)
    assert moves(moved.xu_ke.id, afternoon, rise) == [(None, "E", 2)]
    assert moves(moved.xu_ke.id, rise, rise + timedelta(seconds=1)) == [("E", "C", 1)]


def test_everybody_counts_what_they_may_see(moved: Cast, afternoon: datetime) -> None:
    """方明 counts his branch's customer only, and 管理, who sees no customer, counts none."""
    later = afternoon + timedelta(days=1)
    assert moves(moved.fang_ming.id, afternoon, later) == [(None, "E", 1)]
    assert moves(moved.guan_li.id, afternoon, later) == []
