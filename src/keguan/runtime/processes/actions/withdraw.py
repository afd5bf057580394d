"""撤销: whoever started a case takes it back, or the customer does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.processes import advancing
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import WholeMove
from keguan.runtime.processes.barring import recused
from keguan.runtime.processes.choosing import concerned, holding, said
from keguan.runtime.processes.managing import manages
from keguan.runtime.processes.models import CaseState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.standing import moved
from keguan.runtime.processes.telling import tell


@dataclass(frozen=True, kw_only=True)
class WithdrawCase(WholeMove):
    """Take a case back at any time before it is over; it ends at once.

    By its initiator, or because the customer wishes it (``by_customer``): then by whoever handles or manages it.
    """

    name: ClassVar[str] = "cases.withdraw"
    opinion: str
    by_customer: bool = False

    def check(self) -> None:
        """Refuse others, whomever the case is about, and no reason."""
        standing, own = self.held, self.viewer.staff_id
        allowed = standing.case.started_by_id is not None and own == standing.case.started_by_id
        if not allowed and self.by_customer and own is not None and own not in recused(standing):
            deputised = {own, *org.stands_in_for(own)}
            allowed = bool(deputised & holding(standing)) or manages(standing, self.viewer)
        if not allowed:
            raise Refused(
                "cases.not_initiator", _("只有发起人可以撤销；客户自己要求撤销的，由办理人注明客户要求后撤销。")
            )
        said(self.opinion)

    def do(self) -> Moved:
        """It is over; everybody concerned is told."""
        return _over(self, by_customer=self.by_customer)


@dataclass(frozen=True, kw_only=True)
class WithdrawOwn(WholeMove):
    """A customer takes back by themselves, on the portal, what they began there. Whether it is their case was proved
    before (``intake.Withdraw``): nobody else comes by this way.
    """

    name: ClassVar[str] = "cases.withdraw"
    opinion: str

    def check(self) -> None:
        """Refuse staff, and a process that the policy does not let customers take back (网上撤回)."""
        public = self.held.process.public
        if self.viewer.via != "portal" or public is None or not public.withdraw:
            raise Refused("cases.may_not_withdraw", _("按制度，这件事不能在网上撤回。需要时请联系公司。"))

    def do(self) -> Moved:
        """It is over; everybody concerned is told."""
        return _over(self, by_customer=True)


def _over(move: WithdrawCase | WithdrawOwn, *, by_customer: bool) -> Moved:
    standing = move.held
    people = concerned(standing, move.viewer.staff_id)
    advancing.close(standing, CaseState.WITHDRAWN)
    data = {"by_customer": by_customer}
    moved(standing, MoveKind.WITHDRAW, move.viewer, opinion=move.opinion.strip(), data=data)
    tell(standing, people, "cases.withdrawn", f"withdrawn:{standing.case.round}")
    return outcome_of_move(standing)
