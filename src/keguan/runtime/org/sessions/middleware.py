"""Who is there: the person of a live session, in one query."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from keguan.runtime import clock
from keguan.runtime.org.models import Session, Staff
from keguan.runtime.org.passwords.figures import figures
from keguan.runtime.org.sessions.browser import ROW
from keguan.runtime.org.sessions.ending import end

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

_SEEN = timedelta(minutes=1)
"""So often a session is stamped: a page must not write at each request."""


class LiveSession:
    """Makes ``request.user`` the person of the session, and ends sessions that rest too long or have lasted too long.

    Stands behind Django's own middleware and takes its place: that one would know neither our clock nor our rows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; who is there is looked up only when somebody asks."""
        request.user = SimpleLazyObject(lambda: person(request))  # type: ignore[assignment]
        return self.get_response(request)


def person(request: HttpRequest) -> Staff | AnonymousUser:
    """Whose live session the request belongs to; a dead one is emptied. One query, and a second once a minute."""
    session_id = request.session.get(ROW)
    if session_id is None:
        return AnonymousUser()
    row = Session.objects.select_related("staff__unit").filter(pk=session_id).first()
    now = clock.now()
    ending = "" if row is None else _ending(row, now)
    if row is None or ending or not _is_of_this_password(request, row.staff):
        if row is not None and row.ended_at is None:
            end(row.pk, ending or "password")
        request.session.flush()
        return AnonymousUser()
    if row.seen_at + _SEEN <= now:
        Session.objects.filter(pk=row.pk).update(seen_at=now)
    return row.staff


def _ending(row: Session, now: datetime) -> str:
    """Why the session does not hold any more; nothing when it does."""
    if row.ended_at is not None:
        return row.ending
    if not row.staff.is_active:
        return "closed"
    if row.seen_at + timedelta(minutes=figures().idle_minutes) <= now:
        return "idle"
    return "length" if row.begun_at + timedelta(hours=settings.SIGN_IN_SESSION_HOURS) <= now else ""


def _is_of_this_password(request: HttpRequest, staff: Staff) -> bool:
    """Whether the session was begun under the password that the person has now, whichever of our keys signed it."""
    given = request.session.get(HASH_SESSION_KEY, "")
    current = [staff.get_session_auth_hash(), *staff.get_session_auth_fallback_hash()]
    return any(constant_time_compare(given, each) for each in current)
