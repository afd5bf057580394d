"""Binding a person to their account elsewhere, and undoing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.actions.named import own_or_managed
from keguan.runtime.org.events import FactorChanged
from keguan.runtime.org.models import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from keguan.runtime.ledger.events import Event

_LONGEST = 255


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """An account elsewhere that a person is bound to."""

    id: int
    door: str
    bound_at: datetime


def identities_of(staff_id: int) -> tuple[IdentityCard, ...]:
    """Where a person is bound, by door. One query."""
    rows = Identity.objects.filter(staff=staff_id).order_by("door")
    return tuple(IdentityCard(row.pk, row.door, row.bound_at) for row in rows)


@dataclass(frozen=True, kw_only=True)
class BindIdentity(Action[int]):
    """Bind a person to a subject: their own, which they have just proven, or anybody's with permission to manage staff.

    From then on whoever is bound to the directory signs in with the directory's password, and with no other.
    """

    name: ClassVar[str] = "org.bind_identity"
    staff_id: int
    door: str
    subject: str

    def check(self) -> None:
        """Refuse a subject that is bound to somebody, a second one of the same door, and a missing one."""
        own_or_managed(self.actor, self.staff_id)
        if not 1 <= len(self.subject.strip()) <= _LONGEST:
            raise Refused("org.no_subject", _("没有取得外部账号的唯一标识，不能绑定。"))
        if Identity.objects.filter(door=self.door, subject=self.subject.strip()).exists():
            raise Refused("org.subject_bound", _("这个外部账号已经绑定了别的账号，请先解除。"))
        if Identity.objects.filter(door=self.door, staff=self.staff_id).exists():
            raise Refused("org.staff_bound", _("已经绑定过了；要换一个，请先解除。"))

    def do(self) -> int:
        """Add the row."""
        return Identity.objects.create(
            staff_id=self.staff_id, door=self.door, subject=self.subject.strip(), bound_at=clock.now()
        ).pk

    def log(self, result: int) -> Iterable[Record]:
        """Who, at which door; the subject as it is: it opens nothing by itself."""
        return [Record(self.name, "staff", self.staff_id, data={"door": self.door, "subject": self.subject.strip()})]

    def announce(self, result: int) -> Iterable[Event]:
        """That there is another way in."""
        return [FactorChanged(self.staff_id, "bound", self.actor.staff_id)]


@dataclass(frozen=True, kw_only=True)
class UnbindIdentity(Action[Identity]):
    """Undo a binding: one's own, or anybody's with permission to manage staff."""

    name: ClassVar[str] = "org.unbind_identity"
    identity_id: int

    def check(self) -> None:
        """Refuse an unknown one, and somebody else's without permission."""
        own_or_managed(self.actor, self._row().staff_id)

    def do(self) -> Identity:
        """Delete it, and return what it was."""
        row = self._row()
        row.delete()
        return row

    def log(self, result: Identity) -> Iterable[Record]:
        """Who, at which door."""
        return [Record(self.name, "staff", result.staff_id, data={"door": result.door})]

    def announce(self, result: Identity) -> Iterable[Event]:
        """That a way in is gone."""
        return [FactorChanged(result.staff_id, "unbound", self.actor.staff_id)]

    def _row(self) -> Identity:
        row = Identity.objects.filter(pk=self.identity_id).first()
        if row is None:
            raise Refused("org.no_identity", _("没有这项绑定。"))
        return row
