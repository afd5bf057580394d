"""Two records side by side before they are merged, and the merges that a record has behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.access.columns import Source, columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.editing import stored_rows
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.merging.choosing import differing, usual_choice
from keguan.runtime.records.merging.repointing import count
from keguan.runtime.records.merging.sight import require_both
from keguan.runtime.records.models import Merge
from keguan.runtime.records.shown_rows import shown_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.shown_rows import ShownRow


@dataclass(frozen=True, slots=True)
class Sides:
    """Two records as shown, their fields, those in which they differ, what is usually taken from ``gone``, and how much
    points to each: by record type, the rest together under the empty name.
    """

    kept: ShownRow
    gone: ShownRow
    fields: tuple[Column, ...]
    differ: frozenset[str]
    take: frozenset[str]
    kept_counts: Mapping[str, int]
    gone_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MergeCard:
    """A merge that a record has behind it."""

    id: int
    gone_id: int
    at: datetime
    by_name: str
    reason: str
    undone_at: datetime | None
    undone_by_name: str
    left: tuple[str, ...]


def sides(viewer: Viewer, record_type: str, kept_id: int, gone_id: int) -> Sides:
    """The two for a merge. Raises ``Refused`` unless the viewer may merge them. Queries: one for every reference and
    table that points to the type, for each record, and those of a list.
    """
    model = policies.current().model
    require_visible(viewer, model, record_type)
    rows = stored_rows(model, record_type, (kept_id, gone_id))
    require_both(viewer, model, record_type, (rows.get(kept_id), rows.get(gone_id)))
    fields = tuple(
        column
        for column in columns(model, record_type).values()
        if column.source is Source.FIELD and model.record_types[record_type].field(column.code).typed
    )
    codes = [column.code for column in fields]
    both = [rows[kept_id], rows[gone_id]]
    kept, gone = shown_rows(viewer, model, record_type, both, codes, Exit.PROFILE)
    return Sides(
        kept,
        gone,
        fields,
        frozenset(differing(model, record_type, *both)),
        usual_choice(model, record_type, *both),
        _counts(model.record_types, count(model, record_type, kept_id)),
        _counts(model.record_types, count(model, record_type, gone_id)),
    )


def merges_of(record_type: str, record_id: int) -> tuple[MergeCard, ...]:
    """What was merged into a record, newest first; it holds no value of any record. One query."""
    found = Merge.objects.filter(record_type=record_type, kept_id=record_id).order_by("-id").defer("gone", "taken")
    return tuple(
        MergeCard(
            each.pk,
            each.gone_id,
            each.at,
            each.by_name,
            each.reason,
            each.undone_at,
            each.undone_by_name,
            tuple(each.left),
        )
        for each in found
    )


def _counts(types: Mapping[str, object], found: Mapping[str, int]) -> dict[str, int]:
    told = {code: number for code, number in found.items() if code in types}
    rest = sum(number for name, number in found.items() if name not in types)
    return {**told, "": rest} if rest else told
