"""Telling people what happens to their account: so that somebody who did not do it can say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.notifications.telling import Notice, tell
from keguan.runtime.org.events import (
    AccountLocked,
    FactorChanged,
    PasswordChanged,
    SignedInFromNewPlace,
)
from keguan.runtime.org.queries import names

if TYPE_CHECKING:
    from datetime import datetime


def register() -> None:
    """Subscribe to what happens to accounts."""
    subscribe(SignedInFromNewPlace, new_place)
    subscribe(AccountLocked, locked)
    subscribe(PasswordChanged, password_changed)
    subscribe(FactorChanged, factor_changed)


def new_place(event: SignedInFromNewPlace) -> None:
    """Somebody came in from a place that this account never came from."""
    place = " ".join(part for part in (event.device, event.address) if part) or "?"
    _tell(event.staff_id, "sign_in.new_place", f"session-{event.session_id}", at=_iso(clock.now()), place=place)


def locked(event: AccountLocked) -> None:
    """Too many failures: the owner may not have been the one who tried."""
    _tell(event.staff_id, "sign_in.locked", _iso(event.until), until=_iso(event.until))


def password_changed(event: PasswordChanged) -> None:
    """There is another password."""
    now = clock.now()
    _tell(event.staff_id, "sign_in.password", now.isoformat(), at=_iso(now), by=_name(event.by_id))


def factor_changed(event: FactorChanged) -> None:
    """What the account is proven with has changed."""
    now = clock.now()
    key = f"{event.what}-{now.isoformat()}"
    _tell(event.staff_id, f"sign_in.{event.what}", key, at=_iso(now), by=_name(event.by_id))


def _tell(staff_id: int, kind: str, key: str, **facts: str) -> None:
    tell([Notice(staff_id, kind, f"{kind}:{staff_id}:{key}", subject="", facts=facts, urgent=True)])


def _name(staff_id: int | None) -> str:
    """Who did it; a dash for the console of the server."""
    return "—" if staff_id is None else names([staff_id])[staff_id]


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
