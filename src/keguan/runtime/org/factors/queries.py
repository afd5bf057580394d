"""What somebody proves themselves with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.org.factors.models import Authenticator, Passkey, RecoveryCode

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PasskeyCard:
    """A passkey as its owner sees it."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """A person's second factors: since when codes of an app, which passkeys, how many recovery codes are left."""

    totp_since: datetime | None
    passkeys: tuple[PasskeyCard, ...]
    recovery_left: int

    @property
    def any(self) -> bool:
        """Whether there is one: recovery codes alone are none."""
        return self.totp_since is not None or bool(self.passkeys)


def factors_of(staff_id: int) -> Factors:
    """What a person has. Three queries."""
    confirmed = Authenticator.objects.filter(staff=staff_id).values_list("confirmed_at", flat=True).first()
    keys = tuple(
        PasskeyCard(row.pk, row.name, row.added_at, row.used_at)
        for row in Passkey.objects.filter(staff=staff_id).order_by("added_at", "id")
    )
    return Factors(confirmed, keys, RecoveryCode.objects.filter(staff=staff_id).count())


def has_factor(staff_id: int) -> bool:
    """Whether a person is asked for a second factor. At most two queries."""
    return (
        Authenticator.objects.filter(staff=staff_id, confirmed_at__isnull=False).exists()
        or Passkey.objects.filter(staff=staff_id).exists()
    )
