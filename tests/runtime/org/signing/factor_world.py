"""林晓 with an authenticator app, and what she types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org.actions import SignIn
from keguan.runtime.org.factors.enrolling import BeginAuthenticator, ConfirmAuthenticator
from keguan.runtime.org.factors.presenting import Assertion, PresentFactor
from keguan.runtime.org.factors.totp import code_at, step_at
from keguan.runtime.org.models import Staff
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from tests.cast import Member

NOBODY = Actor(None, "", "web")
CONSOLE = Actor(None, "root", "cli")


def code_now(secret: bytes, steps: int = 0) -> str:
    """What her telephone shows now, or so many steps away."""
    return code_at(secret, step_at(clock.now()) + steps)


def enrol(member: Member) -> tuple[bytes, tuple[str, ...]]:
    """Bind an app; the code of this step is used up by it. The secret and the recovery codes."""
    secret = BeginAuthenticator(actor=member.actor).run()
    codes = ConfirmAuthenticator(actor=member.actor, code=code_now(secret)).run()
    assert isinstance(secret, bytes)
    return secret, codes


def first_step(username: str, password: str = PASSWORD) -> str:
    """``in``, ``pending`` or the refusal's code."""
    try:
        return "pending" if SignIn(actor=NOBODY, username=username, password=password).run().pending else "in"
    except Refused as refusal:
        return refusal.code


def second_step(member: Member, code: str = "", assertion: Assertion | None = None) -> str:
    """``in`` or the refusal's code."""
    proven = Staff.objects.get(pk=member.id).get_session_auth_hash()
    try:
        PresentFactor(
            actor=NOBODY, staff_id=member.id, first="password", proven=proven, code=code, assertion=assertion
        ).run()
    except Refused as refusal:
        return refusal.code
    return "in"


def logged(action: str) -> list[dict[str, object]]:
    """The data of the entries of one action, newest first."""
    return [dict(entry.data) for entry in entries_page(filters=EntryFilters(action=action)).entries]
