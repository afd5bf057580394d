"""Telling those who give roles that one is proposed, and whoever proposed it what became of it."""

from __future__ import annotations

from keguan.runtime import clock
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.notifications.telling import Notice, tell
from keguan.runtime.org import queries as org
from keguan.runtime.org.events import AppointmentProposed, ProposalDecided
from keguan.runtime.policies import queries as policies

GRANTS = "grant_roles"
"""The operation of those who confirm."""


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(AppointmentProposed, proposed)
    subscribe(ProposalDecided, decided)


def proposed(event: AppointmentProposed) -> None:
    """Everybody who may confirm it, but not whoever proposed it or is to get it."""
    policy = policies.in_force_on(clock.today())
    if policy is None:
        return
    givers = org.holders_of(code for code, role in policy.model.roles.items() if GRANTS in role.operations)
    by = "" if event.proposed_by is None else org.name_of(event.proposed_by)
    facts = {"by": by, "role": _label(event.role)}
    tell(
        Notice(
            giver,
            "org.proposed",
            f"org.proposed:{event.proposal_id}:{giver}",
            org.name_of(event.staff_id),
            facts,
        )
        for giver in sorted(givers - {event.proposed_by, event.staff_id})
    )


def decided(event: ProposalDecided) -> None:
    """Whoever proposed it."""
    if event.proposed_by is None:
        return
    kind = f"org.proposal_{event.state}"
    key = f"{kind}:{event.proposal_id}"
    tell([Notice(event.proposed_by, kind, key, org.name_of(event.staff_id), {"role": _label(event.role)})])


def _label(role: str) -> str:
    policy = policies.in_force_on(clock.today())
    return role if policy is None or role not in policy.model.roles else policy.model.roles[role].label.zh
