"""申诉: whoever is concerned by a consequence in force objects, and it is decided again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.consequences.actions.held import ProposalAction
from keguan.runtime.consequences.deciding import entry
from keguan.runtime.consequences.events import ConsequenceLifted
from keguan.runtime.consequences.models import Proposal, ProposalState
from keguan.runtime.consequences.recipients import approvers
from keguan.runtime.consequences.telling import proposed
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications import actions as notifications

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.actions import Record
    from keguan.runtime.ledger.events import Event

SHORTEST_REASON = 4
"""Characters that an objection must have at least."""


@dataclass(frozen=True, kw_only=True)
class ObjectToConsequence(ProposalAction[None]):
    """Object to a consequence that fell on the viewer: it is not in force until it has been decided again. Once."""

    name: ClassVar[str] = "consequences.object"
    reason: str

    def check(self) -> None:
        """Refuse anyone else, what is not in force, a second objection and a missing reason."""
        proposal = self._proposal
        if self.viewer.staff_id is None or self.viewer.staff_id != proposal.staff_id:
            raise Refused("consequences.not_yours", _("只有当事人可以申诉。"))
        if proposal.state != ProposalState.APPROVED:
            raise Refused("consequences.not_in_force", _("这项奖惩没有生效，不用申诉。"))
        if proposal.round > 1 or proposal.case_id is not None:
            raise Refused("consequences.final", _("这项奖惩已经复核过，或由流程决定，不能再申诉。"))
        if proposal.version != self.version:
            raise Refused("consequences.stale", _("没有办成：这项奖惩已有变化。请看最新情况，再办一次。"))
        if len(self.reason.strip()) < SHORTEST_REASON:
            message = _("请写明申诉的理由，至少%(count)s个字。") % {"count": SHORTEST_REASON}
            raise Refused("consequences.reason", message, {"reason": message})

    def do(self) -> None:
        """Open it again for those who decide."""
        proposal, now = self._proposal, clock.now()
        due = None if self._row.deadline is None else calendars.due(self._row.deadline, now)
        again = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.APPROVED, version=self.version).update(
            state=ProposalState.PROPOSED,
            round=proposal.round + 1,
            objection=self.reason.strip()[:1000],
            objected_at=now,
            due_at=due,
            next_at=due,
            late=False,
            version=self.version + 1,
        )
        if not again:
            raise Refused("consequences.stale", _("没有办成：这项奖惩已有变化。请看最新情况，再办一次。"))
        proposal.refresh_from_db()
        notifications.tell(proposed(proposal, approvers(proposal)))

    def log(self, result: None) -> Iterable[Record]:
        """That it was objected to; the words stand with it."""
        yield entry(self._proposal, self.name, round=self._proposal.round)

    def announce(self, result: None) -> Iterable[Event]:
        """It is not in force for now."""
        yield ConsequenceLifted(self.proposal_id)
