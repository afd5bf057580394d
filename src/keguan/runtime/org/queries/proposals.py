"""Reading what is proposed, and everything that somebody was ever appointed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.org.models import Appointment, Proposal, ProposalState
from keguan.runtime.org.queries.called import learn_names

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

MOST = 50
"""Proposals, or appointments of one person, that a list shows."""


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposed appointment; ``unit_name`` is empty where it is for the person's own unit."""

    id: int
    staff_id: int
    staff_name: str
    role: str
    unit_name: str
    since: date
    until: date | None
    reason: str
    state: ProposalState
    proposed_by: int | None
    proposed_by_name: str
    proposed_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class HeldCard:
    """An appointment as it is stored: also one that is over, to come, or without effect (``barred``)."""

    id: int
    role: str
    unit_name: str
    since: date
    until: date | None
    barred: bool

    @property
    def over(self) -> bool:
        """Whether its last day is past."""
        return self.until is not None and self.until < clock.today()

    @property
    def to_come(self) -> bool:
        """Whether its first day is not there yet."""
        return self.since > clock.today()


def waiting_proposals() -> tuple[ProposalCard, ...]:
    """Those that nobody has decided, the oldest first. Two queries."""
    return _cards(Proposal.objects.filter(state=ProposalState.WAITING).order_by("id"))


def proposals_of(staff_id: int) -> tuple[ProposalCard, ...]:
    """Those for one person, the newest first. Two queries."""
    return _cards(Proposal.objects.filter(staff_id=staff_id).order_by("-id"))


def everything_held(staff_id: int) -> tuple[HeldCard, ...]:
    """All appointments of a person, those that go on first. One query."""
    rows = Appointment.objects.filter(staff_id=staff_id).select_related("unit", "staff__unit").order_by("-id")[:MOST]
    cards = [
        HeldCard(row.pk, row.role, (row.unit or row.staff.unit).name, row.since, row.until, row.barred) for row in rows
    ]
    return tuple(sorted(cards, key=lambda card: card.over))


def _cards(rows: QuerySet[Proposal]) -> tuple[ProposalCard, ...]:
    found = list(rows.select_related("staff", "unit")[:MOST])
    people = {each for row in found for each in (row.proposed_by_id, row.decided_by_id) if each is not None}
    names = learn_names(people) if people else {}
    return tuple(
        ProposalCard(
            row.pk,
            row.staff_id,
            row.staff.name,
            row.role,
            "" if row.unit is None else row.unit.name,
            row.since,
            row.until,
            row.reason,
            ProposalState(row.state),
            row.proposed_by_id,
            names.get(row.proposed_by_id or 0, ""),
            row.proposed_at,
            names.get(row.decided_by_id or 0, ""),
            row.decided_at,
            row.answer,
        )
        for row in found
    )
