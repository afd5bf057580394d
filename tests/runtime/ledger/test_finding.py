"""Pages of a long ledger: every search by an index, newest first, without a gap."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.runtime import clock
from keguan.runtime.ledger import finding
from keguan.runtime.ledger.actions import Actor, Record, append
from keguan.runtime.ledger.queries import EntryFilters, entries_page

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LIN_XIAO, ZHOU_MIN = Actor(4001, "林晓", "web"), Actor(4002, "周敏", "api")


@pytest.fixture
def days(afternoon: datetime) -> list[int]:
    """Ten days with three entries each; the ids."""
    ids = []
    for day in range(10):
        ids += append(LIN_XIAO, [Record("tests.made", "thing", day, "core#t1"), Record("tests.made_too", "thing", day)])
        ids += append(ZHOU_MIN, [Record("tests.read", "thing", day, "core#t2")])
        clock.advance(timedelta(days=1))
    return ids


def through(filters: EntryFilters, size: int = 4) -> list[int]:
    """All ids that a search finds, page by page."""
    ids, after = [], None
    while True:
        page = entries_page(after, filters, size)
        ids += [entry.id for entry in page.entries]
        if page.next is None:
            return ids
        after = page.next


def test_every_search_meets_its_entries_once_and_in_order(days: list[int], afternoon: datetime) -> None:
    """By action's beginning, by time, by clause, by person, by text and by several at once."""
    since, until = afternoon + timedelta(days=2), afternoon + timedelta(days=5)
    newest_first = days[::-1]
    assert through(EntryFilters(action="tests.")) == newest_first
    assert through(EntryFilters(action="tests.made")) == [each for each in newest_first if (each - days[0]) % 3 != 2]
    assert through(EntryFilters(since=since, until=until)) == days[6:15][::-1]
    assert through(EntryFilters(since=since, until=until, actor_id=4002)) == days[8:15:3][::-1]
    assert through(EntryFilters(clause="core#t2")) == days[2::3][::-1]
    assert through(EntryFilters(text="周敏")) == days[2::3][::-1]
    assert through(EntryFilters(text="made_too", since=since)) == days[7::3][::-1]
    assert through(EntryFilters(text="核对", named=("tests.read",), until=until)) == days[2:15:3][::-1]
    assert through(EntryFilters(action="tests.none")) == []


def test_a_page_takes_few_queries(days: list[int], django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """One, and at most three more, and none of them counts."""
    searches = [
        EntryFilters(),
        EntryFilters(action="tests."),
        EntryFilters(clause="core#t1"),
        EntryFilters(since=clock.now() - timedelta(days=3)),
        EntryFilters(text="林"),
        EntryFilters(subject_type="thing", subject_id="3"),
    ]
    for filters in searches:
        with django_assert_max_num_queries(3) as context:
            entries_page(days[-2], filters, 3)
        assert not any("COUNT(" in query["sql"] for query in context.captured_queries)


def test_a_search_by_text_goes_on_where_it_ended(days: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks through so many entries at a time; a page may come up empty and says that there is more below."""
    monkeypatch.setattr(finding, "WINDOW", 6)
    monkeypatch.setattr(finding, "_SLACK", 1)
    page = entries_page(None, EntryFilters(text="thing", named=("none",)), 3)
    assert len(page.entries) == 3
    page = entries_page(None, EntryFilters(text="nowhere"), 3)
    assert (page.entries, page.unfinished) == ((), True)
    assert through(EntryFilters(text="周敏")) == days[2::3][::-1]


def test_text_is_never_looked_for_in_what_was_said(days: list[int]) -> None:
    """What entries say has classes of its own."""
    append(LIN_XIAO, [Record("tests.said", "unit", 4, data={"reason": "秘密的事"})])
    assert through(EntryFilters(text="秘密")) == []


def test_searches_use_an_index(days: list[int]) -> None:
    """On SQLite the plan of every search names one; by text a range of ids is read."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans a table of thirty rows by reading it")
    searches = {
        "ledger_entry_subject": EntryFilters(subject_type="thing", subject_id="3"),
        "ledger_entry_actor": EntryFilters(actor_id=4001),
        "ledger_entry_clause": EntryFilters(clause="core#t1"),
        "ledger_entry_at": EntryFilters(since=clock.now()),
        "INTEGER PRIMARY KEY": EntryFilters(text="x"),
    }
    for index, filters in searches.items():
        entries, _reached = finding.found(filters, None, 51)
        assert index in entries.explain(), index
