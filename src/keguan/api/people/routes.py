"""People over HTTP: a list, one with everything they hold, and their account closed for the time being."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.people import schemas
from keguan.api.people.shown import appointment, label, proposal
from keguan.runtime.departures import queries as departures
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import SetActive
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.org.queries import AppointmentCard, StaffCard

router = Router()


@router.get("/", response={200: schemas.PeoplePage, **PROBLEMS}, summary="People, by name")
def people(request: HttpRequest, asked: Query[schemas.PeopleQuery]) -> schemas.PeoplePage:
    """Fifty at a time, with the roles that each holds today; for those who manage, take out or review people."""
    caller = viewer(request, Scope.PEOPLE_READ)
    departures.require_looking(caller)
    found = org.staff_page(asked.text, asked.unit_id, active=asked.active, after=_after(asked.after))
    held = org.appointments_of_all()
    rows = [_row(card, held.get(card.id, ()), caller.language) for card in found.cards]
    return schemas.PeoplePage(rows=rows, next="" if found.after is None else f"{found.after[1]}:{found.after[0]}")


@router.get("/{staff_id}", response={200: schemas.Person, **PROBLEMS}, summary="One person")
def person(request: HttpRequest, staff_id: int) -> schemas.Person:
    """With every appointment, what is proposed for them, and whether they leave."""
    caller = viewer(request, Scope.PEOPLE_READ)
    departures.require_looking(caller)
    card = org.staff_by_id(staff_id) if 0 < staff_id <= schemas.LARGEST_ID else None
    if card is None:
        raise Refused("org.no_staff", _("没有这个人员。"))
    leaving = departures.standing_departure(caller, staff_id)
    return schemas.Person(
        row=_row(card, org.appointments_of(staff_id), caller.language),
        appointments=[appointment(each, caller.language) for each in org.everything_held(staff_id)],
        proposals=[proposal(each, caller.language) for each in org.proposals_of(staff_id)],
        departure_id=None if leaving is None else leaving.id,
    )


@router.post("/{staff_id}/account", response={204: None, **PROBLEMS}, summary="Close an account, or open it again")
def account(request: HttpRequest, staff_id: int, given: schemas.ActiveIn) -> tuple[int, None]:
    """For the time being: a closed one is signed out at once and keeps its roles. Whoever leaves is taken out by a
    departure instead.
    """
    caller = viewer(request, Scope.PEOPLE_WRITE)
    known = staff_id if 0 < staff_id <= schemas.LARGEST_ID else 0
    SetActive(actor=caller.actor, staff_id=known, active=given.active).run()
    return 204, None


def _row(card: StaffCard, held: Iterable[AppointmentCard], language: str) -> schemas.PersonRow:
    return schemas.PersonRow(
        id=card.id,
        username=card.username,
        name=card.name,
        unit_id=card.unit_id,
        unit=card.unit_name,
        active=card.is_active,
        signed_in_at=card.signed_in_at,
        roles=[schemas.Role(code=each.role, label=label(each.role, language), unit=each.unit_name) for each in held],
    )


def _after(text: str) -> tuple[str, int] | None:
    number, mark, name = text.partition(":")
    if not mark or not number.isascii() or not number.isdigit() or int(number) > schemas.LARGEST_ID or "\0" in name:
        return None
    return name, int(number)
