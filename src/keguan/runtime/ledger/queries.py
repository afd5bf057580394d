"""Reading the ledger. What it says is for auditors; who may read it is decided by ``runtime.access``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.runtime.ledger.digest import microseconds, moment
from keguan.runtime.ledger.models import Block, Entry
from keguan.runtime.ledger.verifying import Fault, Report, verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

__all__ = [
    "EntryCard",
    "EntryFilters",
    "EntryPage",
    "Fault",
    "Report",
    "Seals",
    "doers",
    "entries_page",
    "seals",
    "verify",
]

PAGE_SIZE = 50
_PART = 500
_FIELDS = ("id", "at", "actor_id", "actor_name", "via", "action", "subject_type", "subject_id", "clause", "data")


@dataclass(frozen=True, slots=True)
class EntryFilters:
    """Which entries. An empty value does not filter; ``action`` matches by its beginning (``records.``);
    ``since`` is inclusive, ``until`` exclusive.
    """

    actor_id: int | None = None
    action: str = ""
    subject_type: str = ""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One entry for reading."""

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


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries, newest first; ``next`` is the ``after`` of the following page, None on the last."""

    entries: tuple[EntryCard, ...]
    next: int | None


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
    found: dict[int, int | None] = {}
    listed = [str(each) for each in subject_ids]
    for first in range(0, len(listed), _PART):
        part = listed[first : first + _PART]
        rows = Entry.objects.filter(subject_type=subject_type, subject_id__in=part, action=action).order_by("id")
        found |= {int(subject): actor for subject, actor in rows.values_list("subject_id", "actor_id")}
    return found


def entries_page(after: int | None = None, filters: EntryFilters | None = None, size: int = PAGE_SIZE) -> EntryPage:
    """A page of entries, newest first, below the id ``after``. One query."""
    found = _filtered(filters or EntryFilters()).order_by("-id")
    if after is not None:
        found = found.filter(id__lt=after)
    rows = list(found.values_list(*_FIELDS)[: size + 1])
    cards = tuple(_card(row) for row in rows[:size])
    return EntryPage(cards, cards[-1].id if len(rows) > size else None)


def in_use() -> bool:
    """Whether anything was ever written; also asked of a database without tables."""
    return "ledger_entry" in connection.introspection.table_names() and Entry.objects.exists()


def seals() -> Seals:
    """How far the ledger is sealed. One query."""
    last = Block.objects.order_by("-id").values_list("id", "last", "sealed_at").first()
    return Seals(last[0], last[1], moment(last[2])) if last else Seals(0, 0, None)


def _filtered(filters: EntryFilters) -> QuerySet[Entry]:
    found = Entry.objects.all()
    if filters.actor_id is not None:
        found = found.filter(actor_id=filters.actor_id)
    if filters.action:
        found = found.filter(action__startswith=filters.action)
    if filters.subject_type:
        found = found.filter(subject_type=filters.subject_type)
    if filters.subject_id:
        found = found.filter(subject_id=filters.subject_id)
    if filters.since is not None:
        found = found.filter(at__gte=microseconds(filters.since))
    if filters.until is not None:
        found = found.filter(at__lt=microseconds(filters.until))
    return found


def _card(row: tuple[Any, ...]) -> EntryCard:
    entry_id, at, actor_id, actor_name, via, action, subject_type, subject_id, clause, data = row
    return EntryCard(
        entry_id, moment(at), actor_id, actor_name, via, action, subject_type, subject_id, clause, _read(data)
    )


def _read(data: str) -> Mapping[str, Any]:
    """The data of an entry; of a damaged one its text, so that the page still opens and ``verify`` can name it."""
    try:
        found = json.loads(data)
    except ValueError:
        return {"?": data}
    return found if isinstance(found, dict) else {"?": data}
