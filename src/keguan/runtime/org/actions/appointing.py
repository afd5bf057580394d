"""Appointing people to roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Action, Actor, Record, Refused
from keguan.runtime.org.actions.named import person_of, unit_of
from keguan.runtime.org.models import Appointment
from keguan.runtime.org.role_rules import rules
from keguan.runtime.org.separating import one_at_a_time, refuse_post, separate
from keguan.runtime.org.sessions.ending import end_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class Appoint(Action[int]):
    """Give a person a role, for a unit (None: their own), from a day (today), and return the appointment's id.

    ``role`` is a role's code in the policy; whether the policy has it is for ``runtime.access`` to say. Where a role of
    the policy has the operation ``grant_roles``, no person appoints alone: ``ProposeAppointment`` is for them.
    """

    name: ClassVar[str] = "org.appoint"
    operation: ClassVar[str | None] = "manage_staff"
    staff_id: int
    role: str
    unit_id: int | None = None
    since: date | None = None
    until: date | None = None

    def check(self) -> None:
        """Refuse an unknown person or unit, an end before the beginning, appointing oneself, what takes two people, and
        what nobody may hold together.
        """
        possible(self.actor, self.staff_id, self.unit_id, self.since, self.until)
        if not alone(self.actor) and rules().confirmed:
            raise Refused("org.two_people", _("按现行制度授予角色要两个人：请提出任命，由安全管理员确认。"))
        one_at_a_time()
        refuse_post(self.staff_id, self.role, self.since or clock.today(), self.until)

    def do(self) -> int:
        """Add the appointment."""
        return Appointment.objects.create(
            staff_id=self.staff_id,
            role=self.role,
            unit_id=self.unit_id,
            since=self.since or clock.today(),
            until=self.until,
        ).pk

    def log(self, result: int) -> Iterable[Record]:
        """Who, to what, for which unit, from when to when."""
        data = {"appointment": result, "role": self.role, "unit": self.unit_id}
        days = {"since": self.since or clock.today(), "until": self.until}
        return [Record(self.name, "staff", self.staff_id, data={**data, **days})]


@dataclass(frozen=True, kw_only=True)
class EndAppointment(Action[None]):
    """End an appointment with a day (today): that day is its last. By whoever may manage staff or give roles."""

    name: ClassVar[str] = "org.end_appointment"
    appointment_id: int
    until: date | None = None

    def check(self) -> None:
        """Refuse an unknown appointment, one that is over, and making one longer: that would be giving it."""
        require_either(self.actor, "manage_staff", "grant_roles")
        one_at_a_time()
        found = Appointment.objects.filter(pk=self.appointment_id).first()
        if found is None:
            raise Refused("org.no_appointment", _("没有这项任命。"))
        if found.until is not None and found.until < min(self.until or clock.today(), clock.today()):
            raise Refused("org.appointment_over", _("这项任命已经结束了。"))
        if found.until is not None and found.until < (self.until or clock.today()):
            sentence = _("这项任命到%(until)s为止，不能改得更晚；要延长，请重新任命。") % {"until": found.until}
            raise Refused("org.longer", sentence, {"until": sentence})

    def do(self) -> None:
        """Set its last day; what it kept from taking effect may do so now."""
        row = Appointment.objects.get(pk=self.appointment_id)
        row.until = self.until or clock.today()
        row.save(update_fields=["until"])
        if row.until <= clock.today():
            end_all(row.staff_id, "role")
        separate()

    def log(self, result: None) -> Iterable[Record]:
        """Which appointment, and its last day."""
        data = {"appointment": self.appointment_id, "until": self.until or clock.today()}
        return [Record(self.name, "appointment", self.appointment_id, data=data)]


def alone(actor: Actor) -> bool:
    """Whether the actor is the system or the command line, which need nobody's confirmation."""
    return actor.staff_id is None and actor.via in {"system", "cli"}


def require_either(actor: Actor, *operations: str) -> None:
    """Raise ``Refused`` (``not_permitted``) unless the actor may do one of these operations."""
    for operation in operations[:-1]:
        try:
            permission.require(actor, operation)
        except Refused:
            continue
        return
    permission.require(actor, operations[-1])


def possible(actor: Actor, staff_id: int, unit_id: int | None, since: date | None, until: date | None) -> None:
    """Refuse an unknown person or unit, an end before the beginning, and appointing oneself."""
    person_of(staff_id)
    if staff_id == actor.staff_id:
        raise Refused("org.own_appointment", _("不能给自己任命角色，请由另一位管理员办理。"))
    if unit_id is not None:
        unit_of(unit_id)
    if until is not None and until < (since or clock.today()):
        raise Refused("org.until", _("截止日早于开始日。"), {"until": _("截止日早于开始日。")})
