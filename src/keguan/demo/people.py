"""The offices and people of 云岭置地, added through the same actions as everybody. Run again, it adds what lacks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from keguan.demo.company import BRANCHES, COMPANY, HEAD_OFFICE, PASSWORD, STAFF, Person
from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint

if TYPE_CHECKING:
    from collections.abc import Mapping

_YEARS = timedelta(days=3 * 365)
"""So long ago everybody took up their post: before the first contract of the demo."""


def settle_in() -> None:
    """Make sure that every office, person and appointment is there."""
    units = _offices()
    # Deriving a key from a password takes half a second, and all twenty share one password: derive it once.
    encoded = "" if all(org.staff_by_username(person.username) for person in STAFF) else make_password(PASSWORD)
    for person in STAFF:
        _appoint(person, _hire(person, units, encoded))


def _offices() -> dict[str, int]:
    top = _unit(COMPANY, None)
    return {name: _unit(name, top) for name in (HEAD_OFFICE, *BRANCHES)}


def _unit(name: str, parent_id: int | None) -> int:
    found = org.unit_by_name(name)
    return found.id if found else AddUnit(actor=SYSTEM, unit_name=name, parent_id=parent_id).run()


def _hire(person: Person, units: Mapping[str, int], encoded: str) -> int:
    found = org.staff_by_username(person.username)
    if found is not None:
        return found.id
    return AddStaff(
        actor=SYSTEM,
        username=person.username,
        staff_name=person.name,
        unit_id=units[person.office],
        encoded=encoded,
    ).run()


def _appoint(person: Person, staff_id: int) -> None:
    if not any(held.role == person.role for held in org.appointments_of(staff_id)):
        Appoint(actor=SYSTEM, staff_id=staff_id, role=person.role, since=clock.today() - _YEARS).run()
