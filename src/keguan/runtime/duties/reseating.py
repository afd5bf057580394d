"""Open duties of people who have left, and of roles that nobody holds at their seat any more, find somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keguan.runtime import clock
from keguan.runtime.access.viewer import Place
from keguan.runtime.duties.lines import line_of
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.parties import Seating
from keguan.runtime.duties.persons import persons_of
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from django.db.models import QuerySet


LIMIT = 1_000


def reseat(limit: int = LIMIT) -> int:
    """Give up to ``limit`` duties of people who left and up to as many of each role at empty seats to whoever is
    responsible now. Gives how many changed hands. Called every minute; when all is well it costs the same however many
    duties are open: five queries, and one for each role.
    """
    if not Duty.objects.filter(state=DutyState.OPEN).exists() or policies.in_force_on(clock.today()) is None:
        return 0
    seating = Seating()
    moved = 0
    with policies.pinned():
        for rows in (_left(), *_empty()):
            moved += sum(_again(duty, seating) for duty in rows.order_by("due_at", "id")[:limit])
    return moved


def _left() -> QuerySet[Duty]:
    """The open duties of people without an open account."""
    gone = [card.id for card in org.staff() if not card.is_active]
    return Duty.objects.filter(state=DutyState.OPEN, staff_id__in=gone)


def _empty() -> list[QuerySet[Duty]]:
    """The open duties of each role at seats where nobody holds it."""
    open_accounts = {card.id for card in org.staff() if card.is_active}
    held = {
        (each.role, each.unit_id)
        for staff_id, cards in org.appointments_of_all().items()
        if staff_id in open_accounts
        for each in cards
    }
    roles = policies.current().model.roles
    units = [unit.id for unit in org.units()]
    waiting = Duty.objects.filter(state=DutyState.OPEN, staff_id__isnull=True)
    empty = {role: [unit for unit in units if (role, unit) not in held] for role in roles}
    return [waiting.filter(role=role, seat_id__in=without) for role, without in empty.items() if without]


def _again(duty: Duty, seating: Seating) -> bool:
    """Find out anew who owes one duty. False when that is who owes it already, or somebody was quicker."""
    now = responsible_now(duty, seating)
    before = (duty.staff_id, duty.role, duty.seat_id)
    if now == before and not duty.claimed:
        return False
    with transaction.atomic():
        mine = Duty.objects.filter(pk=duty.pk, state=DutyState.OPEN, staff_id=duty.staff_id)
        if not mine.update(staff_id=now[0], role=now[1], seat_id=now[2], claimed=False):
            return False
        facts = {"from": _told(before), "to": _told(now)}
        append(SYSTEM, [Record("duties.reseat", "duty", duty.pk, duty.clause, facts)])
    return True


def responsible_now(duty: Duty, seating: Seating) -> tuple[int | None, str, int | None]:
    """Who owes a duty as its row and the organisation have it today: the person, the role and its seat."""
    model = policies.at(duty.publication_id).model
    line = line_of(model, duty.duty, duty.row)
    place = Place(duty.owner_id, duty.unit_id)
    holders = seating.holders(line.obligation.responsible, place, persons_of(model, line, duty.record_id))
    person = next((each.staff_id for each in holders if each.staff_id is not None), None)
    role = next((each for each in holders if each.staff_id is None and each.role), None)
    return person, "" if role is None else role.role, None if role is None else role.seat_id


def _told(seat: tuple[int | None, str, int | None]) -> dict[str, int | str | None]:
    return {"staff": seat[0], "role": seat[1], "seat": seat[2]}
