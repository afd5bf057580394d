"""Proving again who one is, before something that weighs much."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.attempt import Attempt, SignedIn
from keguan.runtime.org.factors.presenting import Assertion, take_factor
from keguan.runtime.org.federation.doors import DIRECTORY, directory_door
from keguan.runtime.org.models import Identity, Session, Staff
from keguan.runtime.org.passwords.figures import figures


@dataclass(frozen=True, kw_only=True)
class ConfirmIdentity(Attempt):
    """Prove again who one is, in one's own session: by the password, a code, or a passkey.

    Afterwards the session counts as recently authenticated. Failures count as at sign-in.
    """

    name: ClassVar[str] = "org.confirm_identity"
    staff_id: int
    session_id: int
    password: str = field(repr=False, default="")
    code: str = field(repr=False, default="")
    assertion: Assertion | None = None

    def run(self) -> SignedIn:
        """Return who it is. Raises ``Refused`` (``org.confirm``), after the failed attempt has been counted."""
        self.password_fits  # noqa: B018 - hashing is slow: done before the transaction takes the write lock
        return super().run()

    @cached_property
    def password_fits(self) -> bool:
        """Whether the password is the person's, here or at the directory they are bound to."""
        if not self.password:
            return False
        person = Staff.objects.get(pk=self.staff_id)
        bound = Identity.objects.filter(staff=person, door=DIRECTORY).values_list("subject", flat=True).first()
        if bound is None:
            return check_password(self.password, person.password)
        door = directory_door()
        return door is not None and door.subject(person.username, self.password) == bound

    def do(self) -> SignedIn:
        """Count the attempt, and stamp the session."""
        staff = Staff.objects.select_for_update().get(pk=self.staff_id)
        if staff.locked_until is not None and staff.locked_until > clock.now():
            return SignedIn(None, staff.username, "locked", staff.locked_until, whose=staff.pk)
        fits = self.password_fits or (not self.password and bool(take_factor(staff.pk, self.code, self.assertion)))
        if not fits:
            return self.failed(staff)
        Session.objects.filter(pk=self.session_id, staff=staff).update(confirmed_at=clock.now())
        return SignedIn(staff.pk, staff.name, means="password" if self.password_fits else "factor")

    def refusal(self) -> Refused:
        """One answer to everything that fails."""
        limits = figures()
        sentence = _("没有通过验证，请重试。连续输错%(times)s次，账号锁定%(minutes)s分钟。")
        return Refused("org.confirm", sentence % {"times": limits.lock_failures, "minutes": limits.lock_minutes})
