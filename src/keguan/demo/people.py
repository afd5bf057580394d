"""The offices and people of 云岭置地, added through the same actions as everybody. Run again, it adds what lacks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from keguan.demo.company import (
    BRANCHES,
    COMPANY,
    ESTATES,
    ESTATES_OFFICE,
    HEAD_OFFICE,
    HEADS,
    PASSWORD,
    STAFF,
    Person,
)
from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint, NameHead

if TYPE_CHECKING:
    from collections.abc import Mapping

_YEARS = timedelta(days=3 * 365)
"""So long ago everybody took up their post: before the first contract of the demo."""


def settle_in() -> None:
    """Make sure that every office with its head, and every person with their appointments, is there."""
    units = _offices()
    # Deriving a key from a password takes half a second, and all of them share one password: derive it once.
    encoded = "" if all(org.staff_by_username(person.username) for person in STAFF) else make_password(PASSWORD)
    people = {person.username: _hire(person, units, encoded) for person in STAFF}
    for person in STAFF:
        _appoint(person, people[person.username])
    heads = org.heads()
    for name, username in HEADS.items():
        if units[name] not in heads:
            NameHead(actor=SYSTEM, unit_id=units[name], staff_id=people[username]).run()


def _offices() -> dict[str, int]:
    top = _unit(COMPANY, None)
    offices = {name: _unit(name, top) for name in (HEAD_OFFICE, *BRANCHES, ESTATES_OFFICE)}
    return {COMPANY: top, **offices, **{name: _unit(name, offices[ESTATES_OFFICE]) for name in ESTATES}}


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
    known = {held.role for held in org.appointments_of(staff_id)}
    for role in person.roles:
        if role not in known:
            Appoint(actor=SYSTEM, staff_id=staff_id, role=role, since=clock.today() - _YEARS).run()
