"""What is owed between two moments, for a calendar: one's own, or what is owed about the records of one's people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.queries.boxes import Page, Span, ids_due
from keguan.runtime.duties.queries.cursors import Cursor
from keguan.runtime.duties.queries.hands import hands
from keguan.runtime.duties.queries.rows import rows
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.duties.queries.hands import Hands

MOST = 300
"""So many fit on one calendar; whoever has more is led to the box."""


def due_between(viewer: Viewer, since: datetime, until: datetime) -> Page:
    """What is open in the viewer's hands, and in those of whom they stand in for, due from ``since`` up to ``until``,
    soonest first; ``next`` is not empty where there are more than ``MOST``.

    Six queries where the duties are about one type of records, however many there are.
    """
    own = hands(viewer)
    if own is None:
        return Page((), "")
    found = [duty_id for duty_id, _due in ids_due(own, Span(since, until), None, MOST + 1, claimable=False)]
    by_id = Duty.objects.in_bulk(found)
    return _page(viewer, [by_id[duty_id] for duty_id in found if duty_id in by_id], own)


def due_below(viewer: Viewer, since: datetime, until: datetime) -> Page:
    """The same about the records of the units that the viewer heads and of those below them, whoever owes it; nothing
    for whoever heads none. Three queries, and those of the rows.
    """
    units = org.headed_by(viewer.staff_id)
    if not units:
        return Page((), "")
    below = Duty.objects.filter(state=DutyState.OPEN, unit_id__in=units, due_at__gte=since, due_at__lt=until)
    return _page(viewer, list(below.order_by("due_at", "id")[: MOST + 1]), None)


def _page(viewer: Viewer, found: Sequence[Duty], own: Hands | None) -> Page:
    shown = found[:MOST]
    following = str(Cursor(shown[-1].due_at, shown[-1].pk)) if len(found) > MOST else ""
    return Page(rows(viewer, shown, own), following)
