"""Reading the organisation: plain cards, never the stored objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.org.models import Appointment, Staff, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit of the company; ``depth`` is 1 at the top."""

    id: int
    name: str
    parent_id: int | None
    path: str

    @property
    def depth(self) -> int:
        """How far down the tree it stands."""
        return self.path.count("/") - 1


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A person of the company."""

    id: int
    username: str
    name: str
    unit_id: int
    unit_name: str
    unit_path: str
    is_active: bool
    language: str
    locked_until: datetime | None
    signed_in_at: datetime | None

    @property
    def locked(self) -> bool:
        """Whether sign-in is refused now because of failed attempts."""
        return self.locked_until is not None and self.locked_until > clock.now()


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """A role held by a person for a unit; ``unit_ids`` are that unit and all below it."""

    id: int
    staff_id: int
    role: str
    unit_id: int
    unit_name: str
    unit_ids: frozenset[int]
    since: date
    until: date | None


def staff_by_id(staff_id: int) -> StaffCard | None:
    """The person with this id, None when there is none. One query."""
    return next(map(_staff, _people().filter(pk=staff_id)), None)


def staff_by_username(username: str) -> StaffCard | None:
    """The person with this sign-in name, None when there is none. One query."""
    return next(map(_staff, _people().filter(username=username)), None)


def staff(unit_id: int | None = None) -> tuple[StaffCard, ...]:
    """Everybody, or everybody in a unit and below it, by unit and name. At most two queries."""
    people = _people().order_by("unit__path", "name", "id")
    if unit_id is not None:
        people = people.filter(unit__path__startswith=_path(unit_id))
    return tuple(map(_staff, people))


def names(staff_ids: Iterable[int]) -> dict[int, str]:
    """The names of these people by id. One query."""
    return dict(Staff.objects.filter(pk__in=set(staff_ids)).values_list("id", "name"))


def unit_by_id(unit_id: int) -> UnitCard | None:
    """The unit with this id, None when there is none. One query."""
    return next(map(_unit, Unit.objects.filter(pk=unit_id)), None)


def unit_by_name(name: str) -> UnitCard | None:
    """The unit with this name, None when there is none or more than one. One query."""
    found = [_unit(unit) for unit in Unit.objects.filter(name=name)[:2]]
    return found[0] if len(found) == 1 else None


def units() -> tuple[UnitCard, ...]:
    """All units, each after the one above it. One query."""
    return tuple(sorted(map(_unit, Unit.objects.all()), key=_place))


def subtree(unit_id: int) -> frozenset[int]:
    """The ids of the unit and of all units below it; empty for an unknown unit. Two queries."""
    return frozenset(Unit.objects.filter(path__startswith=_path(unit_id)).values_list("id", flat=True))


def active_staff(staff_id: int) -> StaffCard:
    """The person with this id. Raises ``Refused`` when there is none or the account is closed. One query."""
    person = staff_by_id(staff_id)
    if person is None or not person.is_active:
        raise Refused("org.no_account", _("这个账号不存在或已停用，请重新登录或联系系统管理员。"))
    return person


def appointments_of(staff_id: int, on: date | None = None) -> tuple[AppointmentCard, ...]:
    """The roles that a person holds on a day (today). Two queries, or one when there are none."""
    return _appointments(_held(on).filter(staff_id=staff_id))


def appointments_of_all(on: date | None = None) -> dict[int, tuple[AppointmentCard, ...]]:
    """The roles that everybody holds on a day (today), by person. At most two queries."""
    found: dict[int, list[AppointmentCard]] = {}
    for card in _appointments(_held(on)):
        found.setdefault(card.staff_id, []).append(card)
    return {staff_id: tuple(cards) for staff_id, cards in found.items()}


def holders_of(roles: Iterable[str], on: date | None = None) -> frozenset[int]:
    """The ids of the people, with open accounts, who hold one of these roles on a day (today). One query."""
    held = _held(on).filter(role__in=set(roles), staff__is_active=True)
    return frozenset(held.values_list("staff_id", flat=True))


def _people() -> QuerySet[Staff]:
    return Staff.objects.select_related("unit")


def _held(on: date | None) -> QuerySet[Appointment]:
    day = on or clock.today()
    current = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    return Appointment.objects.filter(current).select_related("unit", "staff__unit").order_by("id")


def _appointments(held: QuerySet[Appointment]) -> tuple[AppointmentCard, ...]:
    found = [(each, each.unit or each.staff.unit) for each in held]
    if not found:
        return ()
    paths = dict(Unit.objects.values_list("id", "path"))
    return tuple(
        AppointmentCard(
            each.pk,
            each.staff_id,
            each.role,
            unit.pk,
            unit.name,
            frozenset(unit_id for unit_id, path in paths.items() if path.startswith(unit.path)),
            each.since,
            each.until,
        )
        for each, unit in found
    )


def _path(unit_id: int) -> str:
    """The path of a unit; of an unknown one a path that nothing starts with."""
    return Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or "-"


def _place(unit: UnitCard) -> tuple[int, ...]:
    return tuple(int(step) for step in unit.path.strip("/").split("/"))


def _unit(unit: Unit) -> UnitCard:
    return UnitCard(unit.pk, unit.name, unit.parent_id, unit.path)


def _staff(person: Staff) -> StaffCard:
    return StaffCard(
        person.pk,
        person.username,
        person.name,
        person.unit_id,
        person.unit.name,
        person.unit.path,
        person.is_active,
        person.language,
        person.locked_until,
        person.signed_in_at,
    )
