"""Batches of the importer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import current
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import CreateMany, NewRecord, UpdateMany
from keguan.runtime.records.draft import Draft
from keguan.runtime.records.inserting import insert
from keguan.runtime.records.queries import ListQuery
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.cast import Cast


def people(count: int, start: int = 0) -> list[NewRecord]:
    """Parsed rows of a sheet."""
    return [
        NewRecord(
            {"name": f"张伟{number}", "customer_kind": "个人", "phone": f"139{number:08d}", "source": "来电"},
            import_row=number + 2,
        )
        for number in range(start, start + count)
    ]


def test_a_batch_is_one_entry(company: Cast) -> None:
    """Three rows are filed, found by name and phone, and stand as one entry in the ledger."""
    viewer = viewer_for(company.xu_ke.id)
    ids = CreateMany(viewer=viewer, record_type="customer", rows=people(3), import_id=9).run()
    entry = ledger.entries_page(filters=ledger.EntryFilters(action="records.create_many")).entries[0]
    assert entry.data == {"count": 3, "first": ids[0], "last": ids[2], "import": 9}
    page = records.page(viewer, "customer", ListQuery(search="0002"))
    assert [row.id for row in page.rows] == [ids[2]]


def test_the_statements_of_a_batch_do_not_grow(company: Cast) -> None:
    """Ten rows and fifty take the same number of statements to insert."""
    model, taken = current().model, []
    for start, count in ((0, 10), (10, 50)):
        drafts = [
            Draft(1000 + start + at, 1, 1, values=dict(row.values)) for at, row in enumerate(people(count, start))
        ]
        with CaptureQueriesContext(connection) as captured:
            insert(model, "customer", drafts)
        taken.append(sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in captured))
    assert taken[0] == taken[1] <= 2


def test_one_bad_reference_refuses_the_batch(company: Cast) -> None:
    """A row that refers to nothing leaves no row behind."""
    good = customer(company.lin_xiao)
    rows = [
        NewRecord({"customer": good, "visited_on": None, "purpose": "看房"}),
        NewRecord({"customer": good + 999, "visited_on": None, "purpose": "看房"}),
    ]
    viewer = viewer_for(company.xu_ke.id)
    with pytest.raises(Refused) as caught:
        CreateMany(viewer=viewer, record_type="visit", rows=rows).run()
    assert (caught.value.code, list(caught.value.fields)) == ("records.invalid", ["customer"])
    assert records.page(viewer, "visit", ListQuery()).rows == ()


def test_a_batch_beyond_ones_reach_is_refused(company: Cast) -> None:
    """林晓 of 江南 cannot file customers as those of 滨海."""
    row = NewRecord(people(1)[0].values, company.fang_ming.id, company.fang_ming.unit_id)
    with pytest.raises(Refused) as caught:
        CreateMany(viewer=viewer_for(company.lin_xiao.id), record_type="customer", rows=[row]).run()
    assert caught.value.code == "records.not_permitted"


def test_updating_many_changes_what_differs(company: Cast) -> None:
    """Of two records one differs: it gets a new version, and the entry names it and the field."""
    viewer = viewer_for(company.xu_ke.id)
    first, second = CreateMany(viewer=viewer, record_type="customer", rows=people(2)).run()
    changed = UpdateMany(
        viewer=viewer,
        record_type="customer",
        rows={first: {"phone": "13900000000"}, second: {"phone": "13700000000", "name": "张伟1"}},
    ).run()
    assert changed == 1
    entry = ledger.entries_page(filters=ledger.EntryFilters(action="records.update_many")).entries[0]
    assert entry.data == {"count": 1, "ids": [second], "fields": ["phone"], "import": None}
    versions = [records.get(viewer, "customer", each).version for each in (first, second)]
    assert versions == [1, 2]
