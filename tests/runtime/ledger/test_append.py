"""Entries can be added and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from keguan.runtime.ledger.actions import SYSTEM, Actor, Record, append, seal
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from tests.runtime.ledger.tampering import execute, write_entries

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_entries_carry_the_held_time_to_the_microsecond(afternoon: datetime) -> None:
    """The time of an entry is the clock's, exactly."""
    append(SYSTEM, [Record("tests.wrote")])
    assert entries_page().entries[0].at == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def test_many_entries_have_ascending_ids() -> None:
    """Entries written together have ids in the order in which they were given."""
    ids = write_entries(7)
    assert ids == sorted(set(ids))
    assert [entry.subject_id for entry in reversed(entries_page(size=7).entries)] == list("0123456")


def test_nothing_to_write_writes_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """An empty list costs no statement."""
    with django_assert_num_queries(0):
        assert append(SYSTEM, []) == []


def test_data_that_is_not_json_is_an_error() -> None:
    """What could not be read back is not written."""
    before = Entry.objects.count()
    with pytest.raises(TypeError):
        append(SYSTEM, [Record("tests.wrote", data={"value": object()})])
    assert Entry.objects.count() == before


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_block"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {table} SET key_id = 9", "DELETE FROM {table}", "UPDATE {table} SET id = id + 1000000 WHERE id = {id}"],
)
def test_the_database_refuses_to_change_or_delete(table: str, statement: str) -> None:
    """Plain SQL cannot change the ledger either, and nothing has changed after the attempt."""
    write_entries(3)
    seal()
    rows = rows_of(table)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement.format(table=table, id=rows[0][0]))
    assert rows_of(table) == rows


@pytest.mark.sqlite_only
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_block"])
def test_sqlite_refuses_to_replace(table: str) -> None:
    """INSERT OR REPLACE, which deletes without a delete trigger, is refused as well."""
    write_entries(3)
    seal()
    rows = rows_of(table)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = %s", rows[0][0])
    assert rows_of(table) == rows


def test_postgresql_refuses_to_truncate() -> None:
    """TRUNCATE is refused on PostgreSQL; SQLite has no such statement."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    write_entries(3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute("TRUNCATE ledger_entry")


def test_a_page_is_one_query_and_pages_meet(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Pages of entries come newest first, without gap or overlap, one query each."""
    ids = write_entries(5)
    with django_assert_num_queries(1):
        first = entries_page(size=2)
    second = entries_page(after=first.next, size=2)
    assert [entry.id for entry in (*first.entries, *second.entries)] == [ids[4], ids[3], ids[2], ids[1]]
    assert second.next == ids[1]


def test_entries_are_found_by_what_they_say(afternoon: datetime) -> None:
    """Filters combine: who, what, about what, when."""
    lin_xiao = Actor(4001, "林晓", "web")
    append(lin_xiao, [Record("records.create", "customer", 12), Record("records.edit", "customer", 13)])
    append(Actor(4002, "方明", "api"), [Record("records.create", "customer", 14)])

    def found(filters: EntryFilters) -> list[str]:
        return [entry.subject_id for entry in entries_page(filters=filters).entries if entry.subject_type == "customer"]

    assert found(EntryFilters(actor_id=4001)) == ["13", "12"]
    assert found(EntryFilters(action="records.create")) == ["14", "12"]
    assert found(EntryFilters(action="records.", actor_id=4002)) == ["14"]
    assert found(EntryFilters(subject_type="customer", subject_id="13")) == ["13"]
    assert found(EntryFilters(until=afternoon)) == []
    assert found(EntryFilters(since=afternoon)) == ["14", "13", "12"]


def rows_of(table: str) -> list[tuple[object, ...]]:
    """Every row of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()]
