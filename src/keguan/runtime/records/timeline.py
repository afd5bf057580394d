"""What happened with a record, newest first: the records of types that the policy puts on the timeline (时间线)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import day
from keguan.runtime.access.rights import reaches, readable, scope
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.shown_rows import Row, ShownRow, physical_columns, rows_by_id, shown_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.shown_rows import Names

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on the timeline: its day, the record it comes from and what may be seen of it."""

    day: date
    day_text: str
    record_type: str
    row: ShownRow


def timeline(viewer: Viewer, record_type: str, record_id: int, limit: int = NEWEST) -> tuple[Event, ...]:
    """The newest events of a record, at most ``limit``. At most four queries for each type on the timeline.

    A type stays out when its date or its reference is of a class that the viewer may not see. Raises ``Refused``
    (``records.not_found``).
    """
    model = policies.current().model
    require_visible(viewer, model, record_type)
    found = rows_by_id(model, record_type, (record_id,), ())
    if not found or not reaches(viewer, record_type, place_of(found[0]), model):
        raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
    events = [
        event
        for child, via in sources(viewer, model, record_type)
        for event in told(viewer, model, child, via, newest(viewer, model, child, via, record_id, limit))
    ]
    return in_order(events, limit)


def in_order(events: Iterable[Event], limit: int = NEWEST) -> tuple[Event, ...]:
    """The newest of these events, newest first."""
    return tuple(sorted(events, key=lambda each: (each.day, each.record_type, each.row.id), reverse=True)[:limit])


def sources(viewer: Viewer, model: Model, record_type: str) -> Iterator[tuple[RecordType, Field]]:
    """The types on this type's timeline as far as the viewer may know, each with the reference by which it is there."""
    for child in model.record_types.values():
        if not child.timeline or child.timeline_date is None:
            continue
        allowed = readable(viewer, child, Exit.TIMELINE, model)
        for field in child.fields:
            if field.target == record_type and {field.code, child.timeline_date} <= allowed:
                yield child, field


def told_codes(viewer: Viewer, model: Model, child: RecordType, via: Field) -> tuple[str, ...]:
    """What is told of an event: the columns of its type's list, without the record whose timeline it is."""
    allowed = readable(viewer, child, Exit.TIMELINE, model)
    every = child.columns or tuple(columns(model, child.code))
    return tuple(code for code in every if code in allowed and code != via.code)


def told(
    viewer: Viewer,
    model: Model,
    child: RecordType,
    via: Field,
    stored: Sequence[Row],
    names: Names | None = None,
) -> Iterator[Event]:
    """Stored rows of a type as events. Queries as ``shown_rows``."""
    assert child.timeline_date is not None  # noqa: S101 - only such types come here
    codes, physical = told_codes(viewer, model, child, via), columns(model, child.code)[child.timeline_date].physical
    rows = shown_rows(viewer, model, child.code, stored, codes, Exit.TIMELINE, names)
    for raw, shown in zip(stored, rows, strict=True):
        yield Event(raw[physical], day(raw[physical], viewer.language), child.code, shown)


def newest(
    viewer: Viewer, model: Model, child: RecordType, via: Field, record_id: int, limit: int = NEWEST
) -> list[Row]:
    """The stored rows of a type that refer to the record and have a date, the newest first. One query."""
    assert child.timeline_date is not None  # noqa: S101 - only such types come here
    known = columns(model, child.code)
    dated = attribute(known[child.timeline_date].physical)
    names = physical_columns(model, child.code, (*told_codes(viewer, model, child, via), child.timeline_date))
    rows = (
        rows_of(model, child.code)
        .filter(
            scope(viewer, child, (via.code, child.timeline_date), model),
            **{attribute(known[via.code].physical): record_id, f"{dated}__isnull": False},
        )
        .order_by(f"-{dated}", "-id")
        .values_list(*map(attribute, names))[:limit]
    )
    return [dict(zip(names, row, strict=True)) for row in rows]
