"""Calling an import off."""

from __future__ import annotations

from typing import Any

import pytest

from keguan.runtime.imports import queries, working
from keguan.runtime.imports.actions import Cancel, Start
from keguan.runtime.jobs import progress
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import Refused
from tests.cast import Cast
from tests.runtime.imports.journey import CUSTOMER, customer, start, stored, upload, viewer

ROWS = [CUSTOMER, *(customer(f"客户{n}", n) for n in range(6))]


def test_what_is_in_stays_in_and_the_summary_says_so(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancelled while the second batch runs, the import ends after it with four of six customers."""
    monkeypatch.setattr(working, "BATCH", 2)
    monkeypatch.setattr(progress, "INTERVAL", 0)
    import_id = upload(company.xu_ke, ROWS)
    job = Start(viewer=viewer(company.xu_ke), import_id=import_id, wake=False).run()

    def watch(done: int, _total: int) -> None:
        if done == 4:
            Cancel(viewer=viewer(company.xu_ke), import_id=import_id).run()

    run_now(job, watch)
    card = queries.one(viewer(company.xu_ke), import_id)
    assert (card.state, card.created, card.position) == ("cancelled", 4, 4)
    assert card.summary == "已取消。前 4 行（共 6 行）已经处理，导入的保留：新建 4 条，更新 0 条，退回 0 条。"
    assert card.job is not None
    assert (card.job.state, card.job.message) == ("cancelled", card.summary)
    assert len(stored("customer", "id")) == 4


def test_before_a_worker_has_it_nothing_is_brought_in(company: Cast) -> None:
    """A waiting import is over at once, and its job never begins."""
    import_id = upload(company.xu_ke, ROWS)
    job = Start(viewer=viewer(company.xu_ke), import_id=import_id, wake=False).run()
    Cancel(viewer=viewer(company.xu_ke), import_id=import_id).run()
    assert run_now(job) is False
    assert queries.one(viewer(company.xu_ke), import_id).state == "cancelled"
    assert stored("customer", "id") == []


def test_one_that_is_over_can_be_neither_cancelled_nor_started(company: Cast) -> None:
    """Both are refused, and the records stay."""
    import_id = upload(company.xu_ke, ROWS)
    start(company.xu_ke, import_id)
    for attempt in (Cancel, Start):
        action: Any = attempt(viewer=viewer(company.xu_ke), import_id=import_id)
        with pytest.raises(Refused) as caught:
            action.run()
        assert caught.value.code == "imports.over"
    assert len(stored("customer", "id")) == 6


def test_somebody_elses_is_not_called_off(company: Cast) -> None:
    """Only who uploaded the file cancels its import."""
    import_id = upload(company.xu_ke, ROWS)
    with pytest.raises(Refused) as caught:
        Cancel(viewer=viewer(company.zhou_min), import_id=import_id).run()
    assert caught.value.code == "imports.not_found"
    assert queries.one(viewer(company.xu_ke), import_id).state == "ready"
