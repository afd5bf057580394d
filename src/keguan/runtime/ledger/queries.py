"""Reading the ledger. What it says is for auditors; who may read it is decided by ``runtime.access``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.runtime.ledger import subject_keys
from keguan.runtime.ledger.digest import moment
from keguan.runtime.ledger.finding import REFUSED, EntryFilters, found, more_below
from keguan.runtime.ledger.models import Block, Entry
from keguan.runtime.ledger.receipts import Receipt, public_pem
from keguan.runtime.ledger.receipts import read as receipt_of
from keguan.runtime.ledger.searches import SavedSearch, searches
from keguan.runtime.ledger.verifying import Fault, Report, verify
from keguan.runtime.ledger.watching import Watch, watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

__all__ = [
    "REFUSED",
    "EntryCard",
    "EntryFilters",
    "EntryPage",
    "Fault",
    "Receipt",
    "Report",
    "SavedSearch",
    "Seals",
    "Watch",
    "doers",
    "entries_page",
    "public_pem",
    "receipt_of",
    "seals",
    "seals_of",
    "searches",
    "verify",
    "watch",
]

PAGE_SIZE = 50
_PART = 500
_FIELDS = ("id", "at", "actor_id", "actor_name", "via", "action", "subject_type", "subject_id", "clause")


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One entry for reading. ``forgotten``: what it said of its subject was destroyed by rule."""

    id: int
    at: datetime
    actor_id: int | None
    actor_name: str
    via: str
    action: str
    subject_type: str
    subject_id: str
    clause: str
    data: Mapping[str, Any] = field(default_factory=dict)
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries, newest first; ``next`` is the ``after`` of the following page, None on the last. ``unfinished``: a
    search by text has not looked further down than ``next``.
    """

    entries: tuple[EntryCard, ...]
    next: int | None
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Seals:
    """How far the ledger is sealed: blocks, the last sealed entry and when."""

    blocks: int
    last_entry: int
    sealed_at: datetime | None


def doers(action: str, subject_type: str, subject_ids: Iterable[int]) -> dict[int, int | None]:
    """Who did something to each of these subjects, as far as there is an entry for the subject alone; the last time
    where it was done more often. One query for every 500.
    """
    known: dict[int, int | None] = {}
    listed = [str(each) for each in subject_ids]
    for first in range(0, len(listed), _PART):
        part = listed[first : first + _PART]
        rows = Entry.objects.filter(subject_type=subject_type, subject_id__in=part, action=action).order_by("id")
        known |= {int(subject): actor for subject, actor in rows.values_list("subject_id", "actor_id")}
    return known


def entries_page(after: int | None = None, filters: EntryFilters | None = None, size: int = PAGE_SIZE) -> EntryPage:
    """A page of entries, newest first, below the id ``after``. One query, and up to two more for searches by action
    alone, by text and by time.
    """
    asked = filters or EntryFilters()
    entries, reached = found(asked, after, size + 1)
    rows = list(subject_keys.with_keys(entries).values_list(*_FIELDS, "data", "wrapping", "wrapped"))
    cards = tuple(_card(row) for row in rows[:size])
    if len(rows) > size:
        return EntryPage(cards, cards[-1].id)
    if reached and more_below(asked, reached):
        return EntryPage(cards, reached, unfinished=True)
    return EntryPage(cards, None)


def in_use() -> bool:
    """Whether anything was ever written; also asked of a database without tables."""
    return "ledger_entry" in connection.introspection.table_names() and Entry.objects.exists()


def seals_of(watch: Watch) -> Seals:
    """How far the ledger is sealed, from what ``watch`` has asked. No query."""
    return Seals(watch.block, watch.last, watch.sealed_at)


def seals() -> Seals:
    """How far the ledger is sealed. One query."""
    last = Block.objects.order_by("-id").values_list("id", "last", "sealed_at").first()
    return Seals(last[0], last[1], moment(last[2])) if last else Seals(0, 0, None)


def _card(row: tuple[Any, ...]) -> EntryCard:
    entry_id, at, actor_id, name, via, action, kind, subject, clause, data, wrapping, wrapped = row
    told, forgotten = subject_keys.opened(_read(data), (kind, subject), wrapping, wrapped)
    return EntryCard(entry_id, moment(at), actor_id, name, via, action, kind, subject, clause, told, forgotten)


def _read(data: str) -> dict[str, Any]:
    """The data of an entry; of a damaged one its text, so that the page still opens and ``verify`` can name it."""
    try:
        found_ = json.loads(data)
    except ValueError:
        return {"?": data}
    return found_ if isinstance(found_, dict) else {"?": data}
