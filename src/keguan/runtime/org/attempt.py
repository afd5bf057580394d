"""What every way of signing in has in common: the count of failures, the lock, the second factor, the session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Actor, Record, Refused
from keguan.runtime.ledger.append import append
from keguan.runtime.org.events import AccountLocked, DepartedAttempt, SignedInFromNewPlace
from keguan.runtime.org.factors.queries import has_factor
from keguan.runtime.org.passwords.figures import figures
from keguan.runtime.org.sessions.beginning import begin
from keguan.runtime.org.sessions.origin import NOWHERE, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from keguan.runtime.ledger.events import Event
    from keguan.runtime.org.models import Staff


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The outcome of an attempt: who came in (None: nobody), and since when or until when the account is locked.

    ``pending``: the first step was right and the second factor is awaited; nobody is in yet.
    """

    staff_id: int | None
    name: str
    failure: str = ""  # "" | unknown | inactive | locked | password | factor | cloned
    locked_until: datetime | None = None
    pending: bool = False
    means: str = ""
    session_id: int | None = None
    new_place: bool = False
    whose: int | None = None
    """The account that was tried, where there is one."""


@dataclass(frozen=True, kw_only=True)
class Attempt(Action[SignedIn]):
    """One attempt to sign in, from ``origin``. What fails is counted and written down, and then refused."""

    name: ClassVar[str] = "org.sign_in"
    failing: ClassVar[str] = "password"
    origin: Origin = NOWHERE

    def run(self) -> SignedIn:
        """Return who signed in, or whose second factor is awaited. Raises ``Refused`` (``org.sign_in``)."""
        outcome = super().run()
        if outcome.failure:
            raise self.refusal()
        return outcome

    def refusal(self) -> Refused:
        """What a failed attempt is answered."""
        return refusal()

    def judge(
        self, staff: Staff, *, fits: bool, means: str, strong: bool = False, final: bool = False, unlocks: bool = False
    ) -> SignedIn:
        """The outcome for this person: in, awaited with the second factor, or failed.

        ``final``: no further step is asked for. ``unlocks`` is for what nobody can guess: a lock against guessing does
        not hold it up.
        """
        now = clock.now()
        if not staff.is_active:
            return SignedIn(None, staff.username, "inactive", whose=staff.pk)
        if staff.locked_until is not None and staff.locked_until > now and not unlocks:
            return SignedIn(None, staff.username, "locked", staff.locked_until, whose=staff.pk)
        if not fits:
            return self.failed(staff)
        if not (strong or final) and has_factor(staff.pk):
            return SignedIn(staff.pk, staff.name, pending=True, means=means, whose=staff.pk)
        staff.failed_attempts, staff.locked_until, staff.signed_in_at = 0, None, now
        staff.save(update_fields=["failed_attempts", "locked_until", "signed_in_at"])
        begun = begin(staff.pk, self.origin, means, strong=strong)
        return SignedIn(
            staff.pk,
            staff.name,
            means=means,
            session_id=begun.session_id,
            new_place=begun.new_place,
            whose=staff.pk,
        )

    def failed(self, staff: Staff) -> SignedIn:
        """Count a failure of this person; the last one of a row locks."""
        limits = figures()
        staff.failed_attempts += 1
        locked = staff.failed_attempts >= limits.lock_failures
        staff.locked_until = clock.now() + timedelta(minutes=limits.lock_minutes) if locked else None
        if locked:
            staff.failed_attempts = 0  # after the lock there are as many attempts again
        staff.save(update_fields=["failed_attempts", "locked_until"])
        return SignedIn(None, staff.username, self.failing, staff.locked_until, whose=staff.pk)

    def log(self, result: SignedIn) -> Iterable[Record]:
        """Success or failure, and a lock; never what was typed."""
        place = {"address": self.origin.address, "device": self.origin.device} if self.origin != NOWHERE else {}
        if not result.failure:
            action = "org.first_step" if result.pending else self.name
            data = {"means": result.means, **place} | ({"session": result.session_id} if result.session_id else {})
            actor = Actor(result.staff_id, result.name, self.actor.via)
            append(actor, [Record(action, "staff", result.staff_id, data=data)])
            return []
        data = {"username": result.name, "failure": result.failure, **place}
        failed = Record("org.sign_in_failed", "staff", None, data=data)
        if _locks(result):
            until = result.locked_until.isoformat(timespec="seconds") if result.locked_until else ""
            return [failed, Record("org.locked", "staff", None, data={"username": result.name, "until": until})]
        return [failed]

    def announce(self, result: SignedIn) -> Iterable[Event]:
        """A new place, a lock, an attempt on a closed account."""
        if result.new_place and result.staff_id is not None and result.session_id is not None:
            yield SignedInFromNewPlace(result.staff_id, result.session_id, self.origin.device, self.origin.address)
        if result.failure == "inactive" and result.whose is not None:
            yield DepartedAttempt(result.whose, clock.now())
        if _locks(result) and result.whose is not None and result.locked_until is not None:
            yield AccountLocked(result.whose, result.locked_until)


def refusal() -> Refused:
    """The one answer to every failed attempt."""
    sentence = _(
        "用户名或密码不正确，或者账号正锁定着。连续输错%(times)s次，账号锁定%(minutes)s分钟；忘记密码请联系系统管理员。"
    )
    limits = figures()
    return Refused("org.sign_in", sentence % {"times": limits.lock_failures, "minutes": limits.lock_minutes})


def masked(username: str) -> str:
    """An unknown name is not written down in full: people type their password there."""
    return f"{username[:1]}***"


def _locks(result: SignedIn) -> bool:
    return result.failure not in {"", "locked"} and result.locked_until is not None
