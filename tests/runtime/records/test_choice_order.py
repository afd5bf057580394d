"""A list ordered by a choice follows the order in which the policy names the choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.language.model.naming import record_table
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import ListQuery
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.cast import Cast

SOURCES = ("业主", "来电", None, "活动", "来电", "来访", "来电")
"""Where 林晓's seven customers came from, in the order of filing; the policy names 来电, 来访, 活动, 业主, 特殊途径."""


def walked(company: Cast, sort: str, size: int) -> tuple[list[int], int]:
    """The places of filing in the order of the list, page by page, and the most queries that a page took."""
    viewer, after, found, most = viewer_for(company.lin_xiao.id), "", [], 0
    while True:
        with CaptureQueriesContext(connection) as captured:
            page = records.page(viewer, "customer", ListQuery(sort=sort, size=size, after=after))
        found += [int(row.title.text[2:]) for row in page.rows]
        most, after = max(most, len(captured)), page.next
        if not after:
            return found, most


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_a_list_by_a_choice_is_in_the_order_of_the_policy(company: Cast, size: int) -> None:
    """Up and down, whatever the size of a page; what has no value comes last; a page takes a query a choice at most."""
    for place, source in enumerate(SOURCES):
        values = {} if source is None else {"source": source}
        customer(company.lin_xiao, f"客户{place}", f"1390000000{place}", **values)
    up, most = walked(company, "source", size)
    assert up == [1, 4, 6, 5, 3, 0, 2]
    assert most <= 12
    down, _ = walked(company, "-source", size)
    assert down == [0, 3, 5, 6, 4, 1, 2]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record_table('customer')} SET source = '转介' WHERE name = '客户3'")
    assert walked(company, "source", size)[0] == [1, 4, 6, 5, 0, 3, 2]
    assert walked(company, "-source", size)[0] == [0, 5, 6, 4, 1, 3, 2]
