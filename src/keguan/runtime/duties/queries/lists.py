"""Duties of a record, and the late ones of a unit or a person, for those who may know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime import clock
from keguan.runtime.access.rights import reaches, sees, visible
from keguan.runtime.access.viewer import Place, place_of
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.queries.boxes import LARGEST, SIZE, Page
from keguan.runtime.duties.queries.cursors import Cursor, cursor_from
from keguan.runtime.duties.queries.rows import DutyRow, rows
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.about import about_reached
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

NEWEST = 100


def duties_of(viewer: Viewer, record_type: str, record_id: int, limit: int = NEWEST) -> tuple[DutyRow, ...]:
    """What is and was owed about one record, the open ones first, then the newest; of the classes that the viewer sees.

    Five queries. Raises ``Refused`` (``records.not_found``) for a record that is out of sight.
    """
    model = policies.current().model
    place = _place(viewer, model, record_type, record_id)
    about = Duty.objects.filter(record_type=record_type, record_id=record_id)
    open_ = list(about.filter(state=DutyState.OPEN).order_by("due_at", "id")[:limit])
    closed = list(about.exclude(state=DutyState.OPEN).order_by("-id")[: max(0, limit - len(open_))])
    known = [duty for duty in (*open_, *closed) if _sees(viewer, duty, place)]
    return rows(viewer, known)


def overdue(
    viewer: Viewer, unit_id: int | None = None, staff_id: int | None = None, cursor: str = "", size: int = SIZE
) -> Page:
    """Open duties that are late, the longest first, about records within the viewer's reach: all of them, those of a
    unit and below it, or those that a person owes. A page may hold fewer rows than asked for although another follows.

    A fixed number of queries. Raises ``Refused`` (``duties.place``) for a damaged cursor.
    """
    start, size = cursor_from(cursor), max(1, min(size, LARGEST))
    model = policies.current().model
    late = Duty.objects.filter(_within(viewer, model), state=DutyState.OPEN, due_at__lt=clock.now())
    if unit_id is not None:
        late = late.filter(unit_id__in=org.subtree(unit_id))
    if staff_id is not None:
        late = late.filter(staff_id=staff_id)
    if start is not None and start.at is not None:
        late = late.filter(due_at__gte=start.at).exclude(due_at=start.at, id__lte=start.id)
    found = list(late.order_by("due_at", "id")[: size + 1])
    page = found[:size]
    following = str(Cursor(page[-1].due_at, page[-1].pk)) if len(found) > size else ""
    known = [duty for duty in page if _sees(viewer, duty, Place(duty.owner_id, duty.unit_id))]
    return Page(rows(viewer, known), following)


def _within(viewer: Viewer, model: Model) -> Q:
    """Duties about records of every type as far as the viewer reaches them."""
    about: Iterable[str] = dict.fromkeys(duty.record_type for duty in model.blocks.duties.values())
    found = Q(pk__in=())
    for record_type in about:
        if visible(viewer, record_type, model):
            found |= Q(record_type=record_type) & about_reached(viewer, model, record_type)
    return found


def _place(viewer: Viewer, model: Model, record_type: str, record_id: int) -> Place:
    rows_ = []
    if record_type in model.record_types and 0 < record_id <= LARGEST_ID:
        rows_ = rows_by_id(model, record_type, (record_id,), ())
    place = place_of(rows_[0]) if rows_ else None
    if place is None or not reaches(viewer, record_type, place, model):
        raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
    return place


def _sees(viewer: Viewer, duty: Duty, place: Place) -> bool:
    return not duty.information_class or sees(viewer, (duty.information_class,), place)
