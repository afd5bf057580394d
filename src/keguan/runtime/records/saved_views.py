"""A person's saved views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.records.list_query import ListQuery, from_json
from keguan.runtime.records.models import SavedView

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


_PLACE = crypto.place("saved_view", "query")


@dataclass(frozen=True, slots=True)
class View:
    """A list query under a name."""

    id: int
    name: str
    query: ListQuery


def saved_views(viewer: Viewer, record_type: str) -> tuple[View, ...]:
    """The viewer's own views of a record type, by name. One query."""
    rows = SavedView.objects.filter(staff_id=viewer.staff_id or 0, record_type=record_type).order_by("name")
    return tuple(View(row.pk, row.name, _opened(row)) for row in rows)


def sealed(staff_id: int, query: ListQuery) -> bytes:
    """The query as it is kept: bound to whose view it is."""
    return crypto.seal(_PLACE, staff_id, query.to_json())


def _opened(row: SavedView) -> ListQuery:
    return from_json(crypto.open_sealed(_PLACE, row.staff_id, bytes(row.query)))


SEALED = SealedColumn("records_savedview", "query", lambda _id, reads: (_PLACE, reads[0]), reads=("staff_id",))
"""Where saved views lie."""
