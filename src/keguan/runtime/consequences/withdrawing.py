"""撤回: what was proposed because of something that counts no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.calendars import queries as calendars
from keguan.runtime.consequences.deciding import decided, entry
from keguan.runtime.consequences.models import Occurrence, Proposal, ProposalState
from keguan.runtime.consequences.proposing import count_anew
from keguan.runtime.ledger.actions import SYSTEM, append
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.language.model.consequence import Consequence, ConsequenceRow
    from keguan.language.model.model import Model


def withdraw_for(source: str) -> int:
    """Withdraw what was proposed because of ``source`` and is not decided yet. Where so often in a period is counted,
    it counts no more, and what is then not often enough is withdrawn too. What is in force stays: whoever it falls on
    may object. Gives how many were withdrawn. Inside a transaction.
    """
    once = Proposal.objects.filter(state=ProposalState.PROPOSED, source=source, key__endswith=f":{source}")
    count = sum(_withdraw(proposal, source) for proposal in once.order_by("id"))
    for occurrence in Occurrence.objects.filter(source=source).order_by("id"):
        occurrence.delete()
        count += _not_so_often(occurrence)
    return count


def _not_so_often(gone: Occurrence) -> int:
    """Count again what was proposed to the same person for the period."""
    prefix = f"{gone.consequence}:{gone.row}:{gone.whom}:"[:200]
    open_ = Proposal.objects.filter(
        state=ProposalState.PROPOSED, consequence=gone.consequence, row=gone.row, key__startswith=prefix
    )
    count = 0
    for proposal in open_.order_by("id"):
        model = policies.at(proposal.publication_id).model
        block, row = _row(model, proposal)
        if row.repeated is None:
            continue
        slot = calendars.slots(row.repeated, gone.day)
        if proposal.key != f"{prefix}{slot.start}"[:200]:
            continue
        times = Occurrence.objects.filter(
            consequence=gone.consequence, row=gone.row, whom=gone.whom, day__gte=slot.start, day__lte=slot.end
        ).count()
        if times < row.repeated.at_least:
            count += _withdraw(proposal, gone.source)
        else:
            count_anew(model, block, row, proposal, times)
    return count


def _row(model: Model, proposal: Proposal) -> tuple[Consequence, ConsequenceRow]:
    block = model.blocks.consequences[proposal.consequence]
    return block, next(row for row in block.rows if row.number == proposal.row)


def _withdraw(proposal: Proposal, source: str) -> bool:
    done = decided(proposal, ProposalState.WITHDRAWN, None, "")
    if done:
        append(SYSTEM, [entry(proposal, "consequences.withdraw", source=source)])
    return done
