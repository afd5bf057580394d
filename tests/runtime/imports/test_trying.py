"""The dry run and the mapping screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.imports import queries, working
from keguan.runtime.imports.actions import Remap
from keguan.runtime.imports.models import Rejection
from keguan.runtime.ledger.actions import Refused
from tests.cast import Cast
from tests.runtime.imports.journey import CUSTOMER, bring_in, customer, start, stored, try_out, upload, viewer

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

ROWS = [
    CUSTOMER,
    customer("林知远", 1),
    customer("林志远", 1),
    customer("周小舟", 2, 来源="朋友圈"),
    customer("单琳", 3),
]


def test_a_trial_counts_and_explains_and_writes_no_record(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """New, changed and rejected rows are counted over all batches; no record is made."""
    monkeypatch.setattr(working, "BATCH", 1)
    bring_in(company.xu_ke, [CUSTOMER, customer("单琳", 3)])
    before = stored("customer", "id", "name", "version")
    import_id = upload(company.xu_ke, ROWS)
    card = try_out(company.xu_ke, import_id)
    assert (card.state, card.trial) == ("checked", {"create": 1, "update": 0, "reject": 3})
    assert try_out(company.xu_ke, import_id, "update").trial == {"create": 1, "update": 1, "reject": 2}
    assert stored("customer", "id", "name", "version") == before
    rows = queries.rejections(viewer(company.xu_ke), import_id, trial=True).rows
    assert [(row.number, row.problems[0].column) for row in rows] == [(3, "手机"), (4, "来源")]


def test_reasons_are_summed_up_with_their_first_row(company: Cast) -> None:
    """The report says how often each reason occurs and where first."""
    rows = [CUSTOMER, *(customer(f"客户{n}", n, 来源="朋友圈") for n in range(3)), customer("", 9)]
    import_id = upload(company.xu_ke, rows)
    try_out(company.xu_ke, import_id)
    found = queries.reasons(viewer(company.xu_ke), import_id, trial=True)
    assert [(each.column, each.count, each.first_row) for each in found] == [("来源", 3, 2), ("姓名", 1, 5)]


def test_the_import_after_a_trial_keeps_only_its_own_report(company: Cast) -> None:
    """Rows given back by the trial are not given back twice."""
    import_id = upload(company.xu_ke, ROWS)
    try_out(company.xu_ke, import_id)
    card = start(company.xu_ke, import_id)
    assert (card.created, card.rejected) == (2, 2)
    assert list(Rejection.objects.values_list("row", "trial").order_by("row")) == [(3, False), (4, False)]


def test_the_mapping_can_be_corrected_before_the_start(company: Cast) -> None:
    """A column the guess did not know is mapped by hand, and an earlier trial no longer counts."""
    rows = [["称呼", "类别", "手机"], ["林知远", "个人", "13900000001"]]
    import_id = upload(company.xu_ke, rows)
    card = queries.one(viewer(company.xu_ke), import_id)
    assert card.mapping.columns == (None, None, "phone")
    with pytest.raises(Refused) as caught:
        start(company.xu_ke, import_id)
    assert caught.value.code == "imports.mapping_missing"
    Remap(viewer=viewer(company.xu_ke), import_id=import_id, columns=("name", "customer_kind", "phone")).run()
    assert start(company.xu_ke, import_id).created == 1
    with pytest.raises(Refused) as caught:
        Remap(viewer=viewer(company.xu_ke), import_id=import_id, columns=("phone", "customer_kind", "name")).run()
    assert caught.value.code == "imports.started"


def test_the_preview_masks_what_is_sensitive(company: Cast) -> None:
    """Beside the mapping stand the first rows; phones are masked even for who uploaded them."""
    import_id = upload(company.xu_ke, [CUSTOMER, customer("林知远", 1)])
    shown = queries.preview(viewer(company.xu_ke), import_id)
    assert shown.headings == CUSTOMER
    assert shown.rows[0][:3] == ("林知远", "个人", "139****0001")


def test_lists_and_reports_take_a_fixed_number_of_queries(
    company: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """However many imports and rejected rows there are."""
    for _ in range(3):
        import_id = upload(company.xu_ke, ROWS)
        start(company.xu_ke, import_id, again=True)
    watcher = viewer(company.zhou_min)
    with django_assert_num_queries(2):
        assert len(queries.imports(watcher)) == 3
    with django_assert_num_queries(2):
        queries.one(watcher, import_id)
    with django_assert_num_queries(3):
        assert len(queries.rejections(watcher, import_id).rows) > 0
    with django_assert_num_queries(2):
        queries.reasons(watcher, import_id)
