"""Open duties follow the owner of their record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.actors import PartyKind
from keguan.runtime.duties.lines import line_of
from keguan.runtime.duties.models import Duty, DutyState, Further
from keguan.runtime.duties.parties import Seating
from keguan.runtime.duties.reseating import responsible_now
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.owners.history import former_owners
from keguan.runtime.records.owners.moving import moved_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from keguan.runtime.duties.lines import Line
    from keguan.runtime.records.events import HandedOver


def handed_over(event: HandedOver) -> None:
    """Whoever is responsible at the new place gets what is open; what somebody else has claimed stays with them.

    The duties of one row at one place have the same parties and move together, unless their row names a 人员 field.
    """
    seating, moved = Seating(), 0
    former = former_owners(event.transfer_id)
    for record_type in event.counts:
        waiting = Duty.objects.filter(
            state=DutyState.OPEN, record_type=record_type, record_id__in=moved_ids(event.transfer_id, record_type)
        )
        groups = waiting.order_by().values_list("publication_id", "duty", "row", "unit_id").distinct()
        for publication_id, duty, row, unit_id in list(groups):
            line = line_of(policies.at(publication_id).model, duty, row)
            mine = waiting.filter(publication_id=publication_id, duty=duty, row=row, unit_id=unit_id)
            free = mine.filter(claimed=False) | mine.filter(claimed=True, staff_id__in=former)
            moved += _again(line, free, seating)
            if _by_owner(line):
                Further.objects.filter(duty__in=mine.values("pk"), staff_id__in=former).update(staff_id=event.to_id)
    if moved:
        append(SYSTEM, [Record("duties.follow_owner", "transfer", event.transfer_id, data={"duties": moved})])


def _again(line: Line, rows: QuerySet[Duty], seating: Seating) -> int:
    named = any(party.kind is PartyKind.FIELD for party in line.obligation.responsible)
    samples: Iterable[Duty] = list(rows) if named else rows.order_by("pk")[:1]
    moved = 0
    for duty in samples:
        staff_id, role, seat_id = responsible_now(duty, seating)
        alike = Duty.objects.filter(pk=duty.pk) if named else rows
        moved += alike.update(staff_id=staff_id, role=role, seat_id=seat_id, claimed=False)
    return moved


def _by_owner(line: Line) -> bool:
    return any(party.kind is PartyKind.OWNER for party in line.obligation.responsible)
