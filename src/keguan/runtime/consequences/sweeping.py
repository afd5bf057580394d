"""What the clock does to proposals: those that should have been decided by now are late, and approvers are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min

from keguan.runtime import clock
from keguan.runtime.consequences.models import Proposal, ProposalState
from keguan.runtime.consequences.recipients import approvers
from keguan.runtime.consequences.telling import undecided
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.notifications import actions as notifications

if TYPE_CHECKING:
    from datetime import datetime

LIMIT = 1_000


def sweep(limit: int = LIMIT) -> int:
    """Do what is due by now to at most ``limit`` proposals, each in its own transaction; how many. Reads only those."""
    done = 0
    due = Proposal.objects.filter(next_at__lte=clock.now()).order_by("next_at", "id")
    for proposal in list(due[:limit]):
        with transaction.atomic():
            mine = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.PROPOSED, next_at=proposal.next_at)
            if mine.update(next_at=None, late=True):
                notifications.tell(undecided(proposal, approvers(proposal)))
                facts = {"due": proposal.due_at.isoformat() if proposal.due_at else ""}
                append(SYSTEM, [Record("consequences.late", "consequence", proposal.pk, proposal.clause, facts)])
                done += 1
    return done


def next_moment() -> datetime | None:
    """When a proposal should have been decided next; None when none waits. One query."""
    found: datetime | None = Proposal.objects.filter(next_at__isnull=False).aggregate(at=Min("next_at"))["at"]
    return found
