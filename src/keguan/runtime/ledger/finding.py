"""Which entries a page shows, however long the ledger is: by an index, newest first, without counting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from keguan.runtime.ledger.digest import microseconds
from keguan.runtime.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

WINDOW = 100_000
"""Ids that one page of a search by text looks through at most; the next page goes on where it ended."""

REFUSED = "ledger.refused"
"""The action of an entry about something that was asked for and refused."""

_SLACK = 1_000
_NAMES = """
    WITH RECURSIVE names(name) AS (
        SELECT MIN(action) FROM ledger_entry
        UNION ALL
        SELECT (SELECT MIN(action) FROM ledger_entry WHERE action > name) FROM names WHERE name IS NOT NULL
    )
    SELECT name FROM names WHERE name IS NOT NULL
"""
_NEWEST = "SELECT * FROM (SELECT id FROM ledger_entry WHERE action = %s AND id < %s ORDER BY id DESC LIMIT %s) part"
_ENDLESS = 2**63 - 1


@dataclass(frozen=True, slots=True)
class EntryFilters:
    """Which entries. An empty value does not filter; ``action`` matches by its beginning (``records.``); ``since`` is
    inclusive, ``until`` exclusive. ``text`` is looked for in who, what, about what, by which clause; never in what
    was said. ``named``: actions whose name in words holds that text too.
    """

    actor_id: int | None = None
    action: str = ""
    subject_type: str = ""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    clause: str = ""
    text: str = ""
    named: tuple[str, ...] = ()

    @property
    def by_action_alone(self) -> bool:
        """Whether nothing but the action narrows the search."""
        others = (self.actor_id, self.subject_type, self.subject_id, self.since, self.until, self.clause, self.text)
        return bool(self.action) and not any(others)

    @property
    def by_time(self) -> bool:
        """Whether a time narrows the search."""
        return self.since is not None or self.until is not None


def found(filters: EntryFilters, after: int | None, size: int) -> tuple[QuerySet[Entry], int | None]:
    """At most ``size`` entries below the id ``after``, newest first, and the id down to which was looked where that
    was not the whole ledger. At most two queries besides the entries' own.
    """
    if filters.by_action_alone:
        return Entry.objects.filter(pk__in=_newest_of(filters.action, after, size)).order_by("-id"), None
    entries = _filtered(filters)
    if filters.text:
        return _by_text(entries, filters, after, size)
    if filters.by_time:
        if after is not None:
            at = Entry.objects.filter(pk=after).values_list("at", flat=True).first()
            entries = entries.filter(Q(at__lt=at) | Q(at=at, id__lt=after)) if at is not None else entries.none()
        return entries.order_by("-at", "-id")[:size], None
    if after is not None:
        entries = entries.filter(id__lt=after)
    return entries.order_by("-id")[:size], None


def more_below(filters: EntryFilters, reached: int) -> bool:
    """Whether there is anything below this id that a search by text could still look through. One query."""
    below = Entry.objects.filter(id__lt=reached)
    if filters.since is not None:
        below = below.filter(at__gte=microseconds(filters.since))
    return below.exists()


def _by_text(
    entries: QuerySet[Entry], filters: EntryFilters, after: int | None, size: int
) -> tuple[QuerySet[Entry], int]:
    top = _top(filters) if after is None else after
    reached = max(top - WINDOW, 0)
    words = Q(action__in=filters.named)
    for column in ("actor_name", "action", "subject_type", "subject_id", "clause"):
        words |= Q(**{f"{column}__contains": filters.text})
    return entries.filter(words, id__lt=top, id__gte=reached).order_by("-id")[:size], reached


def _top(filters: EntryFilters) -> int:
    """Just above the newest entry that a search can find. Ids and times may differ in order by a hair."""
    newest = Entry.objects.all()
    if filters.until is not None:
        newest = newest.filter(at__lt=microseconds(filters.until)).order_by("-at", "-id")
    else:
        newest = newest.order_by("-id")
    last = newest.values_list("id", flat=True).first()
    return 0 if last is None else last + _SLACK


def _filtered(filters: EntryFilters) -> QuerySet[Entry]:
    exact = {"actor_id": filters.actor_id, "subject_type": filters.subject_type, "subject_id": filters.subject_id}
    entries = Entry.objects.filter(**{name: value for name, value in exact.items() if value not in (None, "")})
    if filters.action:
        entries = entries.filter(action__startswith=filters.action)
    if filters.clause:
        entries = entries.exclude(clause="").filter(clause=filters.clause)
    if filters.since is not None:
        entries = entries.filter(at__gte=microseconds(filters.since))
    if filters.until is not None:
        entries = entries.filter(at__lt=microseconds(filters.until))
    return entries


def _newest_of(beginning: str, after: int | None, size: int) -> Sequence[int]:
    """Ids of the newest entries whose action begins so: the newest of each such action, each by the index."""
    below = _ENDLESS if after is None else after
    with connection.cursor() as cursor:
        cursor.execute(_NAMES)
        names = [name for (name,) in cursor.fetchall() if name.startswith(beginning)]
        if not names:
            return ()
        values = [value for name in names for value in (name, below, size)]
        cursor.execute(" UNION ALL ".join([_NEWEST] * len(names)), values)
        return sorted((row[0] for row in cursor.fetchall()), reverse=True)[:size]
