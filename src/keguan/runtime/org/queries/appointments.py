"""Reading who is appointed to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.runtime import clock
from keguan.runtime.org.models import Appointment, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


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


def appointments_of(staff_id: int, on: date | None = None) -> tuple[AppointmentCard, ...]:
    """The roles that a person holds on a day (today). Two queries, or one when there are none."""
    return _appointments(held(on).filter(staff_id=staff_id))


def appointments_of_all(on: date | None = None) -> dict[int, tuple[AppointmentCard, ...]]:
    """The roles that everybody holds on a day (today), by person. At most two queries."""
    found: dict[int, list[AppointmentCard]] = {}
    for card in _appointments(held(on)):
        found.setdefault(card.staff_id, []).append(card)
    return {staff_id: tuple(cards) for staff_id, cards in found.items()}


def holders_of(roles: Iterable[str], on: date | None = None) -> frozenset[int]:
    """The ids of the people, with open accounts, who hold one of these roles on a day (today). One query."""
    found = held(on).filter(role__in=set(roles), staff__is_active=True)
    return frozenset(found.values_list("staff_id", flat=True))


def held(on: date | None) -> QuerySet[Appointment]:
    """The appointments that are in force on a day (today); not those without effect."""
    day = on or clock.today()
    current = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    return Appointment.objects.filter(current, barred=False).select_related("unit", "staff__unit").order_by("id")


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
