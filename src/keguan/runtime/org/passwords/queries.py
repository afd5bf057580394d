"""How things stand with somebody's password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.org.federation.doors import DIRECTORY
from keguan.runtime.org.models import Identity, Staff
from keguan.runtime.org.passwords.storing import has_to_change, holds_until

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PasswordState:
    """Since when a password is in use, until when it holds (None: for ever), whether it has to be changed now, whether
    somebody else gave it, and whether it is the directory's instead.
    """

    since: datetime
    until: datetime | None
    owed: bool
    given: bool
    elsewhere: bool


def password_of(staff_id: int) -> PasswordState:
    """The state of a person's password. Two queries."""
    person = Staff.objects.get(pk=staff_id)
    elsewhere = Identity.objects.filter(staff=person, door=DIRECTORY).exists()
    return PasswordState(
        person.password_set_at or person.added_at,
        holds_until(person),
        has_to_change(person),
        person.password_given,
        elsewhere,
    )
