"""Ending sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.sessions.models import Session

if TYPE_CHECKING:
    from collections.abc import Iterable


def end_all(staff_id: int, ending: str, but: int | None = None) -> int:
    """End every session of a person, except ``but``, inside the running transaction; return how many. One query."""
    live = Session.objects.filter(staff=staff_id, ended_at=None)
    others = live if but is None else live.exclude(pk=but)
    return others.update(ended_at=clock.now(), ending=ending)


def end(session_id: int, ending: str) -> bool:
    """End one session, and say whether it was still live. One query."""
    return Session.objects.filter(pk=session_id, ended_at=None).update(ended_at=clock.now(), ending=ending) == 1


@dataclass(frozen=True, kw_only=True)
class EndSession(Action[None]):
    """End one session at once: one's own, or anybody's with the permission to manage staff."""

    name: ClassVar[str] = "org.end_session"
    session_id: int

    def check(self) -> None:
        """Refuse one that is unknown or over, and somebody else's without permission: with the same answer."""
        whose = Session.objects.filter(pk=self.session_id, ended_at=None).values_list("staff_id", flat=True).first()
        if whose is None:
            raise Refused("org.no_session", _("没有这次登录，或者它已经结束。"))
        if whose != self.actor.staff_id:
            permission.require(self.actor, "manage_staff")

    def do(self) -> None:
        """End it: the browser is out at its next request."""
        end(self.session_id, "ended")

    def log(self, result: None) -> Iterable[Record]:
        """Whose, and which."""
        whose = Session.objects.values_list("staff_id", flat=True).get(pk=self.session_id)
        return [Record(self.name, "staff", whose, data={"session": self.session_id})]


@dataclass(frozen=True, kw_only=True)
class EndSessions(Action[int]):
    """End all sessions of a person but one (``but``; None: all), and return how many: one's own, or with permission."""

    name: ClassVar[str] = "org.end_sessions"
    staff_id: int
    but: int | None = None

    def check(self) -> None:
        """Refuse somebody else's without permission."""
        if self.staff_id != self.actor.staff_id:
            permission.require(self.actor, "manage_staff")

    def do(self) -> int:
        """End them."""
        return end_all(self.staff_id, "ended", self.but)

    def log(self, result: int) -> Iterable[Record]:
        """Whose, and how many."""
        return [Record(self.name, "staff", self.staff_id, data={"ended": result})]
