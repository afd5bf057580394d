"""Saved views: everybody's own, and what they search for stays sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.actions import DeleteView, SaveView
from keguan.runtime.records.models import SavedView
from keguan.runtime.records.queries import Filter, ListQuery, Operator, saved_views

if TYPE_CHECKING:
    from tests.cast import Cast

QUERY = ListQuery(search="13900006789", filters=(Filter("grade", Operator.IS, ("A", "B")),), sort="-first_contact")


def test_a_view_comes_back_as_it_was_saved(company: Cast) -> None:
    """林晓's view has its search, filters and order; 方明 has no views."""
    view = SaveView(viewer=viewer_for(company.lin_xiao.id), record_type="customer", title="重点", query=QUERY).run()
    (found,) = saved_views(viewer_for(company.lin_xiao.id), "customer")
    assert (found.id, found.name, found.query) == (view, "重点", QUERY)
    assert saved_views(viewer_for(company.fang_ming.id), "customer") == ()


def test_a_searched_number_is_not_kept_in_clear(company: Cast) -> None:
    """Neither the stored view nor the ledger holds the phone number that the view searches for."""
    SaveView(viewer=viewer_for(company.lin_xiao.id), record_type="customer", title="重点", query=QUERY).run()
    (kept,) = SavedView.objects.values_list("query", flat=True)
    assert b"13900006789" not in bytes(kept)
    assert "13900006789" not in str(ledger.entries_page().entries[0])


def test_nobody_deletes_somebody_elses_view(company: Cast) -> None:
    """方明 cannot delete 林晓's view; it stays."""
    view = SaveView(viewer=viewer_for(company.lin_xiao.id), record_type="customer", title="重点", query=QUERY).run()
    with pytest.raises(Refused) as refusal:
        DeleteView(viewer=viewer_for(company.fang_ming.id), id=view).run()
    assert refusal.value.code == "records.view"
    assert SavedView.objects.count() == 1
