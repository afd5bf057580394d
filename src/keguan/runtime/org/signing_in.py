"""Signing in and out, with a lock after repeated failures (docs/adr/0005-sign-in.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Actor, Record, Refused
from keguan.runtime.ledger.append import append
from keguan.runtime.org.models import Staff

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The outcome of an attempt: who came in (None: nobody), and since when or until when the account is locked."""

    staff_id: int | None
    name: str
    failure: str = ""  # "" | unknown | inactive | locked | password
    locked_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SignIn(Action[SignedIn]):
    """Sign in with name and password. A failure is written down too, and then refused (``org.sign_in``).

    The refusal never tells which of the two was wrong, nor whether the account exists or is locked. ``actor`` is
    whoever asks: nobody yet, so ``Actor(None, "", "web")``.
    """

    name: ClassVar[str] = "org.sign_in"
    username: str
    password: str = field(repr=False)

    def run(self) -> SignedIn:
        """Return who signed in. Raises ``Refused``, after the failed attempt has been counted and logged."""
        fits = self.password_fits  # hashing is slow on purpose: done before the transaction takes the write lock
        outcome = super().run()
        if outcome.staff_id is None or fits is None:
            raise refusal()
        return outcome

    @cached_property
    def password_fits(self) -> str | None:
        """The stored hash that the password fits, else None. Takes the same time for an unknown name."""
        stored = self._claimed.values_list("password", flat=True).first()
        if stored is None:
            make_password(self.password)
            return None
        return stored if check_password(self.password, stored) else None

    def do(self) -> SignedIn:
        """Count the attempt."""
        staff = self._claimed.select_for_update().first()
        if staff is None:
            return SignedIn(None, _masked(self.username), "unknown")
        now = clock.now()
        if staff.locked_until is not None and staff.locked_until > now:
            return SignedIn(None, staff.username, "locked", staff.locked_until)
        if self.password_fits != staff.password:
            return self._failed(staff, now)
        if not staff.is_active:
            return SignedIn(None, staff.username, "inactive")
        staff.failed_attempts, staff.locked_until, staff.signed_in_at = 0, None, now
        staff.save(update_fields=["failed_attempts", "locked_until", "signed_in_at"])
        return SignedIn(staff.pk, staff.name)

    @property
    def _claimed(self) -> QuerySet[Staff]:
        """Whoever has the name; nobody where it holds a NUL, which PostgreSQL would not even look for."""
        return Staff.objects.none() if "\0" in self.username else Staff.objects.filter(username=self.username)

    def _failed(self, staff: Staff, now: datetime) -> SignedIn:
        staff.failed_attempts += 1
        locked = staff.failed_attempts >= settings.SIGN_IN_FAILURES
        staff.locked_until = now + timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES) if locked else None
        if locked:
            staff.failed_attempts = 0  # after the lock there are as many attempts again
        staff.save(update_fields=["failed_attempts", "locked_until"])
        return SignedIn(None, staff.username, "password", staff.locked_until)

    def log(self, result: SignedIn) -> Iterable[Record]:
        """Success or failure, and a lock; never the password."""
        if result.staff_id is not None:
            append(Actor(result.staff_id, result.name, self.actor.via), [Record(self.name, "staff", result.staff_id)])
            return []
        data = {"username": result.name, "failure": result.failure}
        failed = Record("org.sign_in_failed", "staff", None, data=data)
        if result.failure == "password" and result.locked_until is not None:
            until = result.locked_until.isoformat(timespec="seconds")
            return [failed, Record("org.locked", "staff", None, data={"username": result.name, "until": until})]
        return [failed]


@dataclass(frozen=True, kw_only=True)
class SignOut(Action[None]):
    """Leave. The session itself is ended by ``org.sessions``."""

    name: ClassVar[str] = "org.sign_out"

    def do(self) -> None:
        """Nothing but the entry: sessions are Django's."""

    def log(self, result: None) -> Iterable[Record]:
        """Who left."""
        return [Record(self.name, "staff", self.actor.staff_id)]


def refusal() -> Refused:
    """The one answer to every failed attempt."""
    sentence = _(
        "用户名或密码不正确，或者账号正锁定着。连续输错%(times)s次，账号锁定%(minutes)s分钟；忘记密码请联系系统管理员。"
    )
    return Refused(
        "org.sign_in", sentence % {"times": settings.SIGN_IN_FAILURES, "minutes": settings.SIGN_IN_LOCK_MINUTES}
    )


def _masked(username: str) -> str:
    """An unknown name is not written down in full: people type their password there."""
    return f"{username[:1]}***"
