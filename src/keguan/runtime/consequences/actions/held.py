"""A proposal taken in hand by a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.formatting import moment
from keguan.runtime.consequences.models import Proposal, ProposalState
from keguan.runtime.consequences.recipients import approvers, concerned
from keguan.runtime.consequences.sight import knows
from keguan.runtime.consequences.words import STATES
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.language.model.consequence import Consequence, ConsequenceRow
    from keguan.language.model.model import Model

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ProposalAction(ViewerAction[T]):
    """Something that a viewer does about one proposal. ``version`` is the one that they saw."""

    proposal_id: int
    version: int

    @cached_property
    def _proposal(self) -> Proposal:
        rows = Proposal.objects.select_for_update()
        found = rows.filter(pk=self.proposal_id).first() if 0 < self.proposal_id <= LARGEST_ID else None
        if found is None or not knows(self.viewer, found):
            raise Refused("consequences.not_found", gettext_lazy("没有这项奖惩，或者它不在您的可见范围内。"))
        return found

    @cached_property
    def _model(self) -> Model:
        return policies.at(self._proposal.publication_id).model

    @property
    def _block(self) -> Consequence:
        return self._model.blocks.consequences[self._proposal.consequence]

    @property
    def _row(self) -> ConsequenceRow:
        return next(row for row in self._block.rows if row.number == self._proposal.row)

    def _to_decide(self) -> None:
        """Refuse whoever may not decide; on what falls on themselves nobody does."""
        proposal = self._proposal
        if self.viewer.staff_id is None or self.viewer.staff_id in concerned(proposal):
            raise Refused("consequences.own", gettext_lazy("落在自己身上的奖惩，不能由自己决定。"))
        people = approvers(proposal)
        if self.viewer.staff_id not in people and not people & org.stands_in_for(self.viewer.staff_id):
            raise Refused("consequences.not_approver", gettext_lazy("这项奖惩不归您批准。"))
        self._still_open()

    def _still_open(self) -> None:
        """Refuse what was decided meanwhile, or is not what the viewer saw: who was quicker, and what they did."""
        proposal = self._proposal
        if proposal.state != ProposalState.PROPOSED:
            raise self._decided()
        if proposal.version != self.version:
            raise Refused("consequences.stale", gettext_lazy("没有办成：这项奖惩已有变化。请看最新情况，再办一次。"))

    def _decided(self) -> Refused:
        proposal = Proposal.objects.get(pk=self.proposal_id)
        values = {
            "name": proposal.decided_by_name or _("系统"),
            "time": "" if proposal.decided_at is None else moment(proposal.decided_at, self.viewer.language),
            "state": STATES[proposal.state],
        }
        sentence = _("没有办成：%(name)s已在%(time)s定为“%(state)s”。") % values
        return Refused("consequences.stale", sentence)
