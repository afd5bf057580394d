"""Beginning a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from keguan.runtime import clock
from keguan.runtime.org.passwords.figures import figures
from keguan.runtime.org.sessions.ending import end
from keguan.runtime.org.sessions.models import Session

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from keguan.runtime.org.sessions.origin import Origin

REMEMBERED = timedelta(days=90)
"""So long a place is known after it was last signed in from."""

_MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class Begun:
    """A new session, and whether the person never came from there before."""

    session_id: int
    new_place: bool
    surplus: tuple[int, ...]
    """Older sessions that ended because there may not be so many at once."""


def begin(staff_id: int, origin: Origin, means: str, *, strong: bool) -> Begun:
    """Begin a session inside the running transaction. The first one ever comes from no new place."""
    now = clock.now()
    new_place = _is_new(staff_id, origin, now)
    surplus = _make_room(staff_id)
    row = Session.objects.create(
        staff_id=staff_id,
        address=origin.address,
        device=origin.device,
        means=means,
        strong=strong,
        begun_at=now,
        seen_at=now,
        confirmed_at=now,
    )
    return Begun(row.pk, new_place, surplus)


def live(now: datetime) -> QuerySet[Session]:
    """The sessions that are neither ended nor out of time."""
    return Session.objects.filter(
        ended_at=None,
        seen_at__gt=now - timedelta(minutes=figures().idle_minutes),
        begun_at__gt=now - timedelta(hours=settings.SIGN_IN_SESSION_HOURS),
    )


def _is_new(staff_id: int, origin: Origin, now: datetime) -> bool:
    known = set(
        Session.objects.filter(staff=staff_id, seen_at__gt=now - REMEMBERED)
        .order_by()
        .values_list("device", "address")
        .distinct()[:_MOST_PLACES]
    )
    if not known:
        return Session.objects.filter(staff=staff_id).exists()
    return origin.device not in {device for device, _ in known} or origin.address not in {at for _, at in known}


def _make_room(staff_id: int) -> tuple[int, ...]:
    most = settings.SIGN_IN_SESSIONS
    if not most:
        return ()
    newest = live(clock.now()).filter(staff=staff_id).order_by("-seen_at", "-id").values_list("id", flat=True)
    surplus = tuple(newest[most - 1 :])
    for session_id in surplus:
        end(session_id, "surplus")
    return surplus
