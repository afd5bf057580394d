"""What may be asked about departures, by whoever may manage them or look at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.rights import may
from keguan.runtime.departures.held import CAP, CaseHeld, DutyHeld, Held, Owned, held_by, owned_ids
from keguan.runtime.departures.models import Attempt, Departure, DepartureState, HeldRecords
from keguan.runtime.departures.orphans import Orphans, orphans
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from keguan.runtime.access.viewer import Viewer

__all__ = [
    "CAP",
    "CaseHeld",
    "DepartureCard",
    "DepartureState",
    "DutyHeld",
    "Held",
    "Orphans",
    "Owned",
    "Page",
    "departure",
    "departures",
    "frozen_ids",
    "held",
    "looks",
    "orphan_scan",
    "require_looking",
    "standing_departure",
    "still_held",
]

MOST = 50
"""Departures on one page."""

LOOKING = ("offboard", "manage_staff", "audit", "review_access")
"""Whoever has one of these operations may see who leaves and what is left behind: counts and names, no values."""


@dataclass(frozen=True, slots=True)
class DepartureCard:
    """One departure. ``closed`` counts what ended with the account; ``kept`` what they owned then, by record type."""

    id: int
    staff_id: int
    name: str
    username: str
    unit_name: str
    on: date
    reason: str
    state: DepartureState
    planned_by_name: str
    planned_at: datetime
    closed_at: datetime | None
    closed: Mapping[str, object]
    ended_by_name: str
    ended_at: datetime | None
    ended_reason: str
    attempts: int = 0

    @property
    def kept(self) -> dict[str, int]:
        """How many records of each type they owned on the day."""
        found = self.closed.get("records", {})
        return dict(found) if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Page:
    """Departures, the newest first; ``before`` continues the list, None at its end."""

    cards: tuple[DepartureCard, ...]
    before: int | None


def departures(viewer: Viewer, before: int | None = None) -> Page:
    """All departures, the newest first. Two queries. Raises ``Refused``."""
    require_looking(viewer)
    rows = Departure.objects.select_related("staff__unit").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: MOST + 1])
    shown = found[:MOST]
    attempts = _attempts([row.pk for row in shown])
    return Page(
        tuple(_card(row, attempts.get(row.pk, 0)) for row in shown), shown[-1].pk if len(found) > MOST else None
    )


def departure(viewer: Viewer, departure_id: int) -> DepartureCard:
    """One departure. Two queries. Raises ``Refused`` (``departures.not_found``)."""
    require_looking(viewer)
    row = Departure.objects.select_related("staff__unit").filter(pk=departure_id).first()
    if row is None:
        raise Refused("departures.not_found", _("没有这次离职。"))
    return _card(row, _attempts([row.pk]).get(row.pk, 0))


def standing_departure(viewer: Viewer, staff_id: int) -> DepartureCard | None:
    """The departure of somebody who leaves or has left, None for everybody else. Raises ``Refused``."""
    require_looking(viewer)
    states = [DepartureState.PLANNED, DepartureState.LEFT]
    row = Departure.objects.select_related("staff__unit").filter(staff_id=staff_id, state__in=states).first()
    return None if row is None else _card(row, 0)


def held(viewer: Viewer, staff_id: int) -> Held:
    """What somebody has in hand now (``held.held_by``). Raises ``Refused``."""
    require_looking(viewer)
    return held_by(staff_id)


def frozen_ids(viewer: Viewer, departure_id: int, record_type: str) -> tuple[int, ...]:
    """The records of one type that they owned on the day they left, as written down then. Raises ``Refused``."""
    require_looking(viewer)
    rows = HeldRecords.objects.filter(departure=departure_id, record_type=record_type).order_by("id")
    return tuple(each for ids in rows.values_list("ids", flat=True) for each in ids)


def still_held(viewer: Viewer, staff_id: int, record_type: str, most: int) -> tuple[int, ...]:
    """The first so many records of one type that somebody owns now. Raises ``Refused``."""
    require_looking(viewer)
    return owned_ids(staff_id, record_type, most)


def orphan_scan(viewer: Viewer) -> Orphans:
    """What belongs to nobody who is here (``orphans.orphans``). Raises ``Refused``."""
    require_looking(viewer)
    return orphans()


def looks(viewer: Viewer) -> bool:
    """Whether the viewer may look at people and departures."""
    return any(may(viewer, operation) for operation in LOOKING)


def require_looking(viewer: Viewer) -> None:
    """Raise ``Refused`` (``not_permitted``) unless the viewer may look at people and departures."""
    if not looks(viewer):
        raise Refused("not_permitted", _("您的角色没有办理此事的权限；如确有需要，请联系系统管理员。"))


def _attempts(departure_ids: list[int]) -> dict[int, int]:
    rows = Attempt.objects.filter(departure_id__in=departure_ids).values("departure_id").annotate(sum=Sum("times"))
    return {row["departure_id"]: row["sum"] for row in rows}


def _card(row: Departure, attempts: int) -> DepartureCard:
    return DepartureCard(
        row.pk,
        row.staff_id,
        row.staff.name,
        row.staff.username,
        row.staff.unit.name,
        row.on,
        row.reason,
        DepartureState(row.state),
        row.planned_by_name,
        row.planned_at,
        row.closed_at,
        row.closed,
        row.ended_by_name,
        row.ended_at,
        row.ended_reason,
        attempts,
    )
