"""Appointing people to roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.actions.named import person_of, unit_of
from keguan.runtime.org.models import Appointment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class Appoint(Action[int]):
    """Give a person a role, for a unit (None: their own), from a day (today), and return the appointment's id.

    ``role`` is a role's code in the policy; whether the policy has it is for ``runtime.access`` to say.
    """

    name: ClassVar[str] = "org.appoint"
    operation: ClassVar[str | None] = "manage_staff"
    staff_id: int
    role: str
    unit_id: int | None = None
    since: date | None = None
    until: date | None = None

    def check(self) -> None:
        """Refuse an unknown person or unit, an end before the beginning, and appointing oneself."""
        person_of(self.staff_id)
        if self.staff_id == self.actor.staff_id:
            raise Refused("org.own_appointment", _("不能给自己任命角色，请由另一位管理员办理。"))
        if self.unit_id is not None:
            unit_of(self.unit_id)
        if self.until is not None and self.until < (self.since or clock.today()):
            raise Refused("org.until", _("截止日早于开始日。"), {"until": _("截止日早于开始日。")})

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
    """End an appointment with a day (today): that day is its last."""

    name: ClassVar[str] = "org.end_appointment"
    operation: ClassVar[str | None] = "manage_staff"
    appointment_id: int
    until: date | None = None

    def check(self) -> None:
        """Refuse an unknown appointment."""
        if not Appointment.objects.filter(pk=self.appointment_id).exists():
            raise Refused("org.no_appointment", _("没有这项任命。"))

    def do(self) -> None:
        """Set its last day."""
        Appointment.objects.filter(pk=self.appointment_id).update(until=self.until or clock.today())

    def log(self, result: None) -> Iterable[Record]:
        """Which appointment, and its last day."""
        data = {"appointment": self.appointment_id, "until": self.until or clock.today()}
        return [Record(self.name, "appointment", self.appointment_id, data=data)]
