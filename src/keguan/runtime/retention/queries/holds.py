"""What is held, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import may, readable
from keguan.runtime.policies.queries import current
from keguan.runtime.records.shown_rows import shown_rows
from keguan.runtime.retention.aside import stored
from keguan.runtime.retention.models import Hold, HoldKind
from keguan.runtime.retention.sight import cursor, require_sight

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

SIZE = 50


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold. ``active`` until it is lifted or its last day is over; ``may_lift``: this viewer may lift it."""

    id: int
    record_type: str
    record_id: int
    label: str
    title: str
    everything: bool
    reason: str
    since: date
    until: date | None
    by: str
    active: bool
    lifted_by: str
    lifted_reason: str
    may_lift: bool


def holds(viewer: Viewer, after: str = "", size: int = SIZE) -> tuple[tuple[HoldRow, ...], str]:
    """All holds, newest first, and the cursor of the next page. Two queries, and those of the names of each record type
    among them. Raises ``Refused``.
    """
    require_sight(viewer)
    found = Hold.objects.filter(kind=HoldKind.HELD).order_by("-id")
    start = cursor(after)
    if start is not None:
        found = found.filter(id__lt=start)
    page = list(found[: size + 1])
    following = str(page[size - 1].pk) if len(page) > size else ""
    model, today, lifts = current().model, clock.today(), may(viewer, "hold")
    titles = _titles(viewer, model, page[:size])
    rows = []
    for each in page[:size]:
        declared = model.record_types.get(each.record_type)
        active = each.lifted_at is None and (each.until is None or each.until >= today)
        rows.append(
            HoldRow(
                each.pk,
                each.record_type,
                each.record_id,
                declared.label.text(viewer.language) if declared else each.record_type,
                titles.get((each.record_type, each.record_id), f"#{each.record_id}"),
                each.everything,
                each.reason,
                each.since,
                each.until,
                each.by_name,
                active,
                each.lifted_by_name,
                each.lifted_reason,
                active and lifts and each.by_id != viewer.staff_id,
            )
        )
    return tuple(rows), following


def _titles(viewer: Viewer, model: Model, page: list[Hold]) -> dict[tuple[str, int], str]:
    found = {}
    for record_type in {each.record_type for each in page} & model.record_types.keys():
        declared = model.record_types[record_type]
        if declared.title not in readable(viewer, declared, Exit.DISPOSAL, model):
            continue
        ids = {each.record_id for each in page if each.record_type == record_type}
        rows = [dict(each) for each in stored(model, record_type, ids)]
        for shown in shown_rows(viewer, model, record_type, rows, (), Exit.DISPOSAL):
            found[record_type, shown.id] = shown.title.text
    return found
