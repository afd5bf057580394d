"""What may happen to units, staff and appointments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.models import Appointment, Staff, Unit
from keguan.runtime.org.signing_in import SignedIn, SignIn, SignOut

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = [
    "AddStaff",
    "AddUnit",
    "Appoint",
    "ChooseLanguage",
    "EndAppointment",
    "SetActive",
    "SetPassword",
    "SignIn",
    "SignOut",
    "SignedIn",
    "Unlock",
]


@dataclass(frozen=True, kw_only=True)
class AddUnit(Action[int]):
    """Add a unit under another one (None: at the top) and return its id."""

    name: ClassVar[str] = "org.add_unit"
    operation: ClassVar[str | None] = "manage_staff"
    unit_name: str
    parent_id: int | None = None

    def check(self) -> None:
        """Refuse an empty name and an unknown unit above."""
        if not self.unit_name.strip():
            raise Refused("org.unit_name", _("请填写部门名称。"), {"unit_name": _("请填写部门名称。")})
        if self.parent_id is not None:
            _unit(self.parent_id)

    def do(self) -> int:
        """The path needs the id, so it is filled in second."""
        unit = Unit.objects.create(name=self.unit_name.strip(), parent_id=self.parent_id, path="")
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        return unit.pk

    def log(self, result: int) -> Iterable[Record]:
        """The unit and where it stands."""
        return [Record(self.name, "unit", result, data={"name": self.unit_name, "parent": self.parent_id})]


@dataclass(frozen=True, kw_only=True)
class AddStaff(Action[int]):
    """Add a person and return their id. They can do nothing until they are appointed to something.

    ``encoded``, for accounts brought over from elsewhere, is a password as Django stores it; then ``password`` is not
    looked at.
    """

    name: ClassVar[str] = "org.add_staff"
    operation: ClassVar[str | None] = "manage_staff"
    username: str
    staff_name: str
    unit_id: int
    password: str = field(repr=False, default="")
    encoded: str = field(repr=False, default="")
    language: str = "zh"

    def check(self) -> None:
        """Refuse an unknown unit, a name that is taken, and a weak password."""
        _unit(self.unit_id)
        if not self.username.strip() or not self.staff_name.strip():
            raise Refused("org.staff_name", _("请填写用户名和姓名。"))
        if Staff.objects.filter(username=self.username.strip()).exists():
            sentence = _("用户名 %(username)s 已经有人用了，请换一个。") % {"username": self.username}
            raise Refused("org.username_taken", sentence, {"username": sentence})
        if not self.encoded:
            _strong(self.password, Staff(username=self.username, name=self.staff_name))

    def do(self) -> int:
        """Add the row."""
        return Staff.objects.create(
            username=self.username.strip(),
            name=self.staff_name.strip(),
            unit_id=self.unit_id,
            language=self.language,
            password=self.encoded or make_password(self.password),
            added_at=clock.now(),
        ).pk

    def log(self, result: int) -> Iterable[Record]:
        """Who was added, where."""
        data = {"username": self.username, "name": self.staff_name, "unit": self.unit_id}
        return [Record(self.name, "staff", result, data=data)]


@dataclass(frozen=True, kw_only=True)
class SetPassword(Action[None]):
    """Set a person's password: one's own, or another's with the permission to manage staff.

    All their sessions end with it, and so does a lock.
    """

    name: ClassVar[str] = "org.set_password"
    staff_id: int
    password: str = field(repr=False)

    def check(self) -> None:
        """Refuse an unknown person, somebody else's password without permission, and a weak password."""
        _own_or_managed(self, self.staff_id)
        _strong(self.password, _person(self.staff_id))

    def do(self) -> None:
        """Store the hash."""
        Staff.objects.filter(pk=self.staff_id).update(
            password=make_password(self.password), failed_attempts=0, locked_until=None
        )

    def log(self, result: None) -> Iterable[Record]:
        """That it was set, not to what."""
        return [Record(self.name, "staff", self.staff_id)]


@dataclass(frozen=True, kw_only=True)
class Unlock(Action[None]):
    """Let a locked person try again at once."""

    name: ClassVar[str] = "org.unlock"
    operation: ClassVar[str | None] = "manage_staff"
    staff_id: int

    def check(self) -> None:
        """Refuse an unknown person."""
        _person(self.staff_id)

    def do(self) -> None:
        """Forget the failed attempts."""
        Staff.objects.filter(pk=self.staff_id).update(failed_attempts=0, locked_until=None)

    def log(self, result: None) -> Iterable[Record]:
        """Who was unlocked."""
        return [Record(self.name, "staff", self.staff_id)]


@dataclass(frozen=True, kw_only=True)
class SetActive(Action[None]):
    """Close a person's account, or open it again. A closed account is signed out at its next request."""

    name: ClassVar[str] = "org.set_active"
    operation: ClassVar[str | None] = "manage_staff"
    staff_id: int
    active: bool

    def check(self) -> None:
        """Refuse an unknown person, and closing one's own account."""
        _person(self.staff_id)
        if self.staff_id == self.actor.staff_id and not self.active:
            raise Refused("org.own_account", _("不能停用自己的账号，请由另一位管理员办理。"))

    def do(self) -> None:
        """Set it."""
        Staff.objects.filter(pk=self.staff_id).update(is_active=self.active)

    def log(self, result: None) -> Iterable[Record]:
        """Who, and which."""
        return [Record(self.name, "staff", self.staff_id, data={"active": self.active})]


@dataclass(frozen=True, kw_only=True)
class ChooseLanguage(Action[None]):
    """Choose the language of one's own pages: ``zh`` or ``en``."""

    name: ClassVar[str] = "org.choose_language"
    staff_id: int
    language: str

    def check(self) -> None:
        """Refuse an unknown language and an unknown person."""
        _own_or_managed(self, self.staff_id)
        if self.language not in {"zh", "en"}:
            raise Refused("org.language", _("只能选择中文或英文。"), {"language": _("只能选择中文或英文。")})

    def do(self) -> None:
        """Set it."""
        Staff.objects.filter(pk=self.staff_id).update(language=self.language)

    def log(self, result: None) -> Iterable[Record]:
        """Who, and which."""
        return [Record(self.name, "staff", self.staff_id, data={"language": self.language})]


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
        _person(self.staff_id)
        if self.staff_id == self.actor.staff_id:
            raise Refused("org.own_appointment", _("不能给自己任命角色，请由另一位管理员办理。"))
        if self.unit_id is not None:
            _unit(self.unit_id)
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


def _unit(unit_id: int) -> Unit:
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise Refused("org.no_unit", _("没有这个部门。"))
    return unit


def _person(staff_id: int) -> Staff:
    person = Staff.objects.filter(pk=staff_id).first()
    if person is None:
        raise Refused("org.no_staff", _("没有这个人员。"))
    return person


def _strong(password: str, person: Staff) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise Refused("org.weak_password", sentence, {"password": sentence}) from None


def _own_or_managed(action: Action[None], staff_id: int) -> None:
    _person(staff_id)
    if action.actor.staff_id != staff_id:
        permission.require(action.actor, "manage_staff")
