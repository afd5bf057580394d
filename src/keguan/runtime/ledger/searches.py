"""Searches that an auditor keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.runtime.ledger.models import Search


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """One search: its name and the query string of the page."""

    id: int
    title: str
    query: str


def searches(owner_id: int) -> tuple[SavedSearch, ...]:
    """The searches of a person, by name. One query."""
    rows = Search.objects.filter(owner_id=owner_id).order_by("title", "id").values_list("id", "title", "query")
    return tuple(SavedSearch(*row) for row in rows)
