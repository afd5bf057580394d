"""Questions that must not be answered, and requests made to break something."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.language.model.model import RowScope
from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.viewer import Grant, Viewer, viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import CreateMany, NewRecord, Update
from keguan.runtime.records.list_query import Cursor
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.runtime.records.filing import contract, customer

if TYPE_CHECKING:
    from tests.cast import Cast, Member


def two_grants(member: Member) -> Viewer:
    """Somebody who may see names and phones of all customers, but grades of their own ones only."""
    everywhere = Grant(RowScope.ALL, RowScope.NONE, frozenset({"身份", "联系"}), frozenset(), member.id, frozenset())
    own = Grant(RowScope.OWN, RowScope.NONE, frozenset({"等级", "身份"}), frozenset(), member.id, frozenset())
    return Viewer(member.id, member.name, "zh", "web", (), (everywhere, own))


def test_the_incomplete_do_not_tell_hidden_grades(company: Cast) -> None:
    """Of another's customer without a phone 方明 may know that, but not, by a filter, which grade they have."""
    keeper = viewer_for(company.xu_ke.id)
    CreateMany(viewer=keeper, record_type="customer", rows=[NewRecord({"name": "无电话"})]).run()
    viewer = two_grants(company.fang_ming)
    assert records.incomplete(viewer, "customer", ()).count == 1
    assert records.incomplete(viewer, "customer", (Filter("grade", Operator.IS, ("E",)),)).count == 0


def made_up(*parts: object) -> str:
    """A cursor that no page ever gave."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("sort", "after"),
    [
        ("", made_up(None, 2**63)),
        ("", made_up(None, -(2**70))),
        ("total_purchase", made_up("x", 1)),
        ("total_purchase", made_up(True, 1)),
        ("total_purchase", made_up(2**70, 1)),
        ("first_contact", made_up("昨天", 1)),
        ("first_contact", made_up(20261121, 1)),
        ("name", made_up(5, 1)),
        ("name", made_up("a\0b", 1)),
        ("name", made_up("\ud800", 1)),
        ("name", base64.urlsafe_b64encode(b"[" * 100_000).decode()),
        ("name", "é"),
    ],
)
def test_a_made_up_place_is_refused(company: Cast, sort: str, after: str) -> None:
    """A cursor whose value is no value of the sorted column is refused in a sentence, on either engine."""
    record_id = customer(company.lin_xiao)
    contract(company.xu_ke, record_id)
    with pytest.raises(Refused) as caught:
        records.page(viewer_for(company.xu_ke.id), "customer", ListQuery(sort=sort, after=after))
    assert caught.value.code == "records.place"


def test_real_places_still_lead_on(company: Cast) -> None:
    """A text, a number and a day as the last row's value are taken."""
    record_id = customer(company.lin_xiao, first_contact="2026-11-01")
    contract(company.xu_ke, record_id)
    for sort, value in (("name", "张伟"), ("total_purchase", 5_000_000_000), ("first_contact", "2026-11-01")):
        asked = ListQuery(sort=sort, after=str(Cursor(value, 0)))
        assert [row.id for row in records.page(viewer_for(company.xu_ke.id), "customer", asked).rows] == [record_id]


def test_a_filter_with_a_nul_is_refused(company: Cast) -> None:
    """PostgreSQL takes no NUL in a text: the filter says so before it does."""
    for code, operator in (("name", Operator.CONTAINS), ("grade", Operator.IS), ("customer_kind", Operator.NOT)):
        asked = ListQuery(filters=(Filter(code, operator, ("a\0b",)),))
        with pytest.raises(Refused) as caught:
            records.page(viewer_for(company.xu_ke.id), "customer", asked)
        assert caught.value.code == "records.filter"


def test_a_long_search_with_a_nul_finds_nothing(company: Cast) -> None:
    """Beyond the characters that are indexed the text itself is compared: a NUL there is no error either."""
    name = "云岭" * 30
    customer(company.lin_xiao, name[:50])
    found = records.page(viewer_for(company.xu_ke.id), "customer", ListQuery(search=f"{name}\0x"))
    assert found.rows == ()


def test_nobody_reveals_what_they_do_not_know_of(company: Cast) -> None:
    """Who sees no class of a record type gets one answer for a record that is there and for one that is not."""
    record_id = customer(company.lin_xiao)
    nothing = Grant(RowScope.ALL, RowScope.ALL, frozenset(), frozenset(), company.guan_li.id, frozenset())
    viewer = Viewer(company.guan_li.id, "管理", "zh", "web", (), (nothing,))
    codes = set()
    for wanted in (record_id, record_id + 1, 10**30):
        with pytest.raises(Refused) as caught:
            Reveal(viewer=viewer, record_type="customer", id=wanted, field="phone", reason="核对号码").run()
        codes.add(caught.value.code)
    assert codes == {"records.not_found"}


def test_two_changes_to_one_phone_wait_for_each_other(company: Cast) -> None:
    """A change of a field that must be unique holds other writers back before it reads anything, as creating does:
    else two people could give two customers one phone at the same moment.
    """
    record_id = customer(company.lin_xiao)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Update(
            viewer=viewer_for(company.lin_xiao.id), record_type="customer", id=record_id, version=1,
            values={"phone": "13900009999"},
        ).run()  # fmt: skip
    statements = [each["sql"] for each in asked]
    lock = next(place for place, sql in enumerate(statements) if "records_sequence" in sql)
    read = next(place for place, sql in enumerate(statements) if 'FROM "rec_customer"' in sql)
    assert lock < read


def test_a_change_of_another_field_waits_for_nobody(company: Cast) -> None:
    """Only fields that are looked up for duplicates need the lock."""
    record_id = customer(company.lin_xiao)
    with CaptureQueriesContext(connection) as asked:
        Update(
            viewer=viewer_for(company.lin_xiao.id), record_type="customer", id=record_id, version=1,
            values={"name": "张伟民"},
        ).run()  # fmt: skip
    assert not any("records_sequence" in each["sql"] for each in asked)
