"""Reading who is appointed to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from keguan.runtime import clock
from keguan.runtime.org.models import Appointment, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

_UNIT = ("unit_id", "unit__name", "unit__path")


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
    """Their cards. Only what stands on them is read: everybody's are, at every request."""
    found = held.values_list("id", "staff_id", "role", "since", "until", *_UNIT, *(f"staff__{each}" for each in _UNIT))
    rows = [(*own, *(unit if unit[0] is not None else home)) for own, unit, home in map(_parted, found)]
    if not rows:
        return ()
    paths = dict(Unit.objects.values_list("id", "path"))
    return tuple(
        AppointmentCard(
            id_,
            staff_id,
            role,
            unit_id,
            name,
            frozenset(below for below, path in paths.items() if path.startswith(of_unit)),
            since,
            until,
        )
        for id_, staff_id, role, since, until, unit_id, name, of_unit in rows
    )


def _parted(row: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]:
    """What an appointment says itself, its unit, and the unit of the person, which it is for when it names none."""
    return row[:5], row[5:8], row[8:]
