"""What happens when a proposal is decided, by a person or by a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.consequences.amounts import told_amount
from keguan.runtime.consequences.events import ConsequenceInForce
from keguan.runtime.consequences.models import Proposal, ProposalState
from keguan.runtime.consequences.telling import in_force, rejected
from keguan.runtime.ledger import events
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.processes.models import CaseState

if TYPE_CHECKING:
    from keguan.runtime.ledger.events import Event

AGREED = frozenset({CaseState.ARCHIVED, CaseState.COMPLETED})
"""How a case ends that agrees to what it was begun for."""


def decided(proposal: Proposal, state: ProposalState, by_id: int | None, by_name: str, **more: object) -> bool:
    """Note the decision on a proposal that is still open and is what it was. False, and nothing changed, when it is
    not. Tells the person on whom it falls. Inside a transaction.
    """
    changed = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.PROPOSED, version=proposal.version).update(
        state=state,
        decided_at=clock.now(),
        decided_by_id=by_id,
        decided_by_name=by_name,
        next_at=None,
        version=proposal.version + 1,
        **more,
    )
    if not changed:
        return False
    proposal.refresh_from_db()
    notifications.tell(in_force(proposal) if state == ProposalState.APPROVED else rejected(proposal))
    return True


def announced(proposal: Proposal) -> tuple[Event, ...]:
    """What others may react to."""
    if proposal.state != ProposalState.APPROVED:
        return ()
    return (
        ConsequenceInForce(
            proposal.pk,
            proposal.measure,
            proposal.amount,
            proposal.staff_id,
            proposal.record_type,
            proposal.record_id,
        ),
    )


def entry(proposal: Proposal, action: str, **facts: object) -> Record:
    """What the ledger says of a decision."""
    about = {
        "staff": proposal.staff_id,
        "record": [proposal.record_type, proposal.record_id],
        "measure": proposal.measure,
        "amount": told_amount(proposal),
        "reference": proposal.reference,
    }
    return Record(action, "consequence", proposal.pk, proposal.clause, about | facts)


def decide_by_case(case_id: int, state: str) -> None:
    """The case that decides is over: what it agreed to is in force, anything else is rejected."""
    for proposal in Proposal.objects.filter(case_id=case_id, state=ProposalState.PROPOSED):
        agreed = state in AGREED
        outcome = ProposalState.APPROVED if agreed else ProposalState.REJECTED
        if decided(proposal, outcome, None, ""):
            action = "consequences.approve" if agreed else "consequences.reject"
            append(SYSTEM, [entry(proposal, action, case=case_id)])
            for event in announced(proposal):
                events.announce(event)
