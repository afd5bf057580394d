"""Reading sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.org.sessions.beginning import live

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.org.sessions.models import Session

MOST = 100
"""Sessions shown at once."""


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One live session."""

    id: int
    staff_id: int
    staff_name: str
    device: str
    address: str
    means: tuple[str, ...]
    strong: bool
    begun_at: datetime
    seen_at: datetime


def sessions_of(staff_id: int) -> tuple[SessionCard, ...]:
    """A person's live sessions, the last used first; at most 100. One query."""
    rows = live(clock.now()).filter(staff=staff_id).select_related("staff").order_by("-seen_at", "-id")[:MOST]
    return tuple(map(_card, rows))


def live_sessions() -> tuple[SessionCard, ...]:
    """Everybody's live sessions, the last used first; at most 100. One query."""
    return tuple(map(_card, live(clock.now()).select_related("staff").order_by("-seen_at", "-id")[:MOST]))


def _card(row: Session) -> SessionCard:
    return SessionCard(
        row.pk,
        row.staff_id,
        row.staff.name,
        row.device,
        row.address,
        tuple(row.means.split("+")),
        row.strong,
        row.begun_at,
        row.seen_at,
    )
