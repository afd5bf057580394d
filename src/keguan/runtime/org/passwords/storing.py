"""Storing a password, and whether it is time for another."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from keguan.runtime import clock
from keguan.runtime.org.federation.models import Identity
from keguan.runtime.org.models import FormerPassword, Staff
from keguan.runtime.org.passwords.figures import figures
from keguan.runtime.org.sessions.ending import end_all

if TYPE_CHECKING:
    from datetime import datetime


def store(staff_id: int, encoded: str, *, given: bool) -> None:
    """Make this hash the person's password, inside the running transaction: their sessions end, a lock is lifted.

    ``given``: somebody else chose it, so the person has to choose another before anything else.
    """
    now = clock.now()
    person = Staff.objects.select_for_update().get(pk=staff_id)
    FormerPassword.objects.create(staff=person, encoded=person.password, replaced_at=now)
    kept = FormerPassword.objects.filter(staff=person).order_by("-replaced_at", "-id")
    kept_ids = kept.values_list("id", flat=True)[: settings.SIGN_IN_PASSWORD_HISTORY]
    FormerPassword.objects.filter(staff=person).exclude(id__in=list(kept_ids)).delete()
    person.password, person.password_set_at, person.password_given = encoded, now, given
    person.failed_attempts, person.locked_until = 0, None
    person.save(update_fields=["password", "password_set_at", "password_given", "failed_attempts", "locked_until"])
    end_all(staff_id, "password")


def holds_until(person: Staff) -> datetime | None:
    """When the person's password has to be changed; None: never."""
    days = figures().password_days
    return None if not days else (person.password_set_at or person.added_at) + timedelta(days=days)


def has_to_change(person: Staff) -> bool:
    """Whether the person may do nothing but choose another password: it was given to them, or its time is up.

    One query more where the time is up: whoever signs in at a directory has no password here to change.
    """
    until = holds_until(person)
    if not person.password_given and (until is None or until > clock.now()):
        return False
    return not Identity.objects.filter(staff=person, door="ldap").exists()
