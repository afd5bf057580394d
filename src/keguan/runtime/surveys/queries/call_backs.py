"""Call-backs that are due: for those who make them, the longest waiting first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.runtime import clock
from keguan.runtime.surveys.models import Invitation
from keguan.runtime.surveys.queries.invitations import rows
from keguan.runtime.surveys.sight import callable_surveys, reach

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.surveys.queries.invitations import InvitationRow

PAGE_SIZE = 50
LONGEST_NUMBER = 19
"""Digits of an id that no column holds."""


@dataclass(frozen=True, slots=True)
class CallBackPage:
    """Call-backs, the first due first; ``next`` is the ``after`` of the following page, "" on the last."""

    rows: tuple[InvitationRow, ...]
    next: str


def due_call_backs(viewer: Viewer, after: str = "", size: int = PAGE_SIZE) -> CallBackPage:
    """Whom the viewer is to call back. One query, and one for each publication that is not pinned; none for those who
    never call back.
    """
    mine = callable_surveys(viewer)
    if not mine:
        return CallBackPage((), "")
    found = Invitation.objects.filter(reach(viewer), survey__in=sorted(mine), call_from__lte=clock.now())
    found = found.exclude(handler_id=viewer.staff_id) if viewer.staff_id is not None else found
    cursor = _cursor(after)
    if cursor is not None:
        at, pk = cursor
        found = found.filter(Q(call_from__gt=at) | Q(call_from=at, pk__gt=pk))
    listed = list(found.order_by("call_from", "id")[: size + 1])
    last = listed[size - 1] if len(listed) > size else None
    more = "" if last is None or last.call_from is None else f"{last.call_from.isoformat()}~{last.pk}"
    return CallBackPage(rows(viewer, listed[:size]), more)


def _cursor(text: str) -> tuple[datetime, int] | None:
    """The last row of the page before; None for the first page and for a cursor that is none."""
    at, _mark, pk = text.partition("~")
    if not (pk.isascii() and pk.isdigit() and len(pk) < LONGEST_NUMBER):
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, int(pk)) if moment.tzinfo is not None else None
