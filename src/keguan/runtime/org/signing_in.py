"""Signing in and out, with a lock after repeated failures (docs/adr/0005-sign-in.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.hashers import check_password, make_password

from keguan.runtime.ledger.actions import Action, Record
from keguan.runtime.org.attempt import Attempt, SignedIn, masked, refusal
from keguan.runtime.org.federation.doors import DIRECTORY, directory_door
from keguan.runtime.org.models import Identity, Staff
from keguan.runtime.org.sessions.ending import end

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

__all__ = ["SignIn", "SignOut", "SignedIn", "refusal"]


@dataclass(frozen=True, slots=True)
class _Proof:
    """What fitted: the stored hash, or the subject that the directory vouches for; nothing when neither did."""

    encoded: str = ""
    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class SignIn(Attempt):
    """Sign in with name and password. A failure is written down too, and then refused (``org.sign_in``).

    The refusal never tells which of the two was wrong, nor whether the account exists or is locked. Whoever has a
    second factor is not in yet (``SignedIn.pending``). ``actor`` is whoever asks: nobody yet, so ``Actor(None, "",
    "web")``.
    """

    username: str
    password: str = field(repr=False)

    def run(self) -> SignedIn:
        """Return who signed in. Raises ``Refused``, after the failed attempt has been counted and logged."""
        self.proof  # noqa: B018 - hashing and asking are slow: done before the transaction takes the write lock
        return super().run()

    @cached_property
    def proof(self) -> _Proof:
        """What the password fits. Takes the same hash for an unknown name and for somebody whom a directory checks."""
        row = self._claimed.values_list("id", "password").first()
        if row is None:
            make_password(self.password)
            return _Proof()
        fits = check_password(self.password, row[1])
        if not Identity.objects.filter(staff=row[0], door=DIRECTORY).exists():
            return _Proof(encoded=row[1] if fits else "")
        door = directory_door()
        return _Proof(subject="" if door is None else door.subject(self.username, self.password) or "")

    def do(self) -> SignedIn:
        """Count the attempt."""
        staff = self._claimed.select_for_update().first()
        if staff is None:
            return SignedIn(None, masked(self.username), "unknown")
        return self.judge(staff, fits=self._fits(staff), means=DIRECTORY if self.proof.subject else "password")

    def _fits(self, staff: Staff) -> bool:
        """Asked again inside the transaction: the password or the binding may have changed while it was hashed."""
        bound = Identity.objects.filter(staff=staff, door=DIRECTORY).values_list("subject", flat=True).first()
        if bound is not None:
            return self.proof.subject == bound
        return bool(self.proof.encoded) and self.proof.encoded == staff.password

    @property
    def _claimed(self) -> QuerySet[Staff]:
        """Whoever has the name; nobody where it holds a NUL, which PostgreSQL would not even look for."""
        return Staff.objects.none() if "\0" in self.username else Staff.objects.filter(username=self.username)


@dataclass(frozen=True, kw_only=True)
class SignOut(Action[None]):
    """Leave, and end the session."""

    name: ClassVar[str] = "org.sign_out"
    session_id: int | None = None

    def do(self) -> None:
        """End the session that was left."""
        if self.session_id is not None:
            end(self.session_id, "left")

    def log(self, result: None) -> Iterable[Record]:
        """Who left."""
        return [Record(self.name, "staff", self.actor.staff_id)]
