"""Appointments and proposals as the API gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.api.people import schemas
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.runtime.org.queries import HeldCard, ProposalCard


def label(role: str, language: str) -> str:
    """What a role is called; its code when the policy does not know it any more."""
    found = policies.current().model.roles.get(role)
    return role if found is None else found.label.text(language)


def appointment(card: HeldCard, language: str) -> schemas.Appointment:
    """The API's form of an appointment."""
    return schemas.Appointment(
        id=card.id,
        code=card.role,
        label=label(card.role, language),
        unit=card.unit_name,
        since=card.since,
        until=card.until,
        over=card.over,
        barred=card.barred,
    )


def proposal(card: ProposalCard, language: str) -> schemas.Proposal:
    """The API's form of a proposal."""
    return schemas.Proposal(
        id=card.id,
        staff_id=card.staff_id,
        name=card.staff_name,
        code=card.role,
        label=label(card.role, language),
        unit=card.unit_name,
        since=card.since,
        until=card.until,
        reason=card.reason,
        state=card.state,
        proposed_by=card.proposed_by_name,
        proposed_at=card.proposed_at,
        decided_by=card.decided_by_name,
        decided_at=card.decided_at,
        answer=card.answer,
    )
