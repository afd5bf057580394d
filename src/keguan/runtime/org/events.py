"""What the organisation announces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.ledger.events import Event

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class HeadNamed(Event):
    """A unit has another head, or none any more."""

    unit_id: int
    staff_id: int | None


@dataclass(frozen=True, slots=True)
class DeputyAppointed(Event):
    """Somebody will act for somebody else, or does so from today."""

    deputyship_id: int
    staff_id: int
    deputy_id: int


@dataclass(frozen=True, slots=True)
class DeputyEnded(Event):
    """From now on the deputy does not act for the person any more."""

    deputyship_id: int
    staff_id: int
    deputy_id: int


@dataclass(frozen=True, slots=True)
class AppointmentProposed(Event):
    """A role is to be given to somebody and waits for a second administrator."""

    proposal_id: int
    staff_id: int
    role: str
    proposed_by: int | None


@dataclass(frozen=True, slots=True)
class ProposalDecided(Event):
    """A proposed appointment was confirmed or refused (``state``: ``confirmed``, ``refused``)."""

    proposal_id: int
    staff_id: int
    role: str
    state: str
    proposed_by: int | None


@dataclass(frozen=True, slots=True)
class Left(Event):
    """人员离职: a person has left, and their account is closed. ``on`` is their last day."""

    departure_id: int
    staff_id: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class DepartedAttempt(Event):
    """离职账号登录: somebody tried to sign in with the account of a person who has left. Raised where sign-in fails."""

    staff_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedInFromNewPlace(Event):
    """A person signed in from a device or an address that they never used before, or not for long."""

    staff_id: int
    session_id: int
    device: str
    address: str


@dataclass(frozen=True, slots=True)
class AccountLocked(Event):
    """Too many failed attempts in a row: nobody gets into the account until then."""

    staff_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """A person's password is another one now, by themselves or by somebody else."""

    staff_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class FactorChanged(Event):
    """What a person proves themselves with has changed.

    ``what`` is ``totp_on``, ``totp_off``, ``passkey_on``, ``passkey_off``, ``recovery``, ``reset``, ``bound`` or
    ``unbound``.
    """

    staff_id: int
    what: str
    by_id: int | None
