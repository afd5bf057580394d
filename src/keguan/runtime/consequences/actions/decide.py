"""Approving and rejecting what was proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.consequences.actions.held import ProposalAction
from keguan.runtime.consequences.amounts import amount_of, shown_amount, within
from keguan.runtime.consequences.deciding import announced, decided, entry
from keguan.runtime.consequences.models import ProposalState
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.actions import Record
    from keguan.runtime.ledger.events import Event

SHORTEST_REASON = 2
"""Characters that a reason must have at least."""


@dataclass(frozen=True, kw_only=True)
class ApproveConsequence(ProposalAction[None]):
    """Put what was proposed into force.

    ``amount`` (fen, hundredths of a point, levels) where the approver decides it; ``staff_id`` where several people
    answer for it. What the policy works out is worked out as of now, and not for the approver to change.
    """

    name: ClassVar[str] = "consequences.approve"
    amount: int | None = None
    staff_id: int | None = None
    opinion: str = ""

    def check(self) -> None:
        """Refuse whoever may not decide, an amount outside the limits, and a person who does not answer for it."""
        self._to_decide()
        errors = {**self._wrong_amount(), **self._wrong_person()}
        if errors:
            raise Refused("consequences.incomplete", next(iter(errors.values())), errors)

    def do(self) -> None:
        """It is in force; the person is told, with the clause."""
        proposal = self._proposal
        more: dict[str, object] = {"opinion": self.opinion.strip()[:500]}
        if proposal.open_amount:
            more["amount"] = self.amount
        elif self._row.amount is not None and self._row.amount.value is not None:
            more["amount"] = amount_of(self._model, self._row.amount, proposal, self._block.record_type)
        if proposal.staff_id is None and self.staff_id is not None:
            more |= {"staff_id": self.staff_id, "staff_name": org.names((self.staff_id,)).get(self.staff_id, "")}
        if not decided(proposal, ProposalState.APPROVED, self.viewer.staff_id, self.viewer.name, **more):
            raise self._decided()

    def log(self, result: None) -> Iterable[Record]:
        """What is in force, about whom, how much, by which clause."""
        yield entry(self._proposal, self.name, opinion=self.opinion.strip()[:200], round=self._proposal.round)

    def announce(self, result: None) -> Iterable[Event]:
        """That it is in force."""
        return announced(self._proposal)

    def _wrong_amount(self) -> dict[str, str]:
        proposal, amount = self._proposal, self._row.amount
        if not proposal.open_amount or amount is None:
            if self.amount is None:
                return {}
            return {"amount": _("数额由制度算出，不能改。")}
        if self.amount is None:
            return {"amount": _("请填写数额。")}
        if within(self._model, amount, self.amount):
            return {}
        values = {"given": shown_amount(proposal.measure, self.amount), "limits": amount.text}
        return {"amount": _("%(given)s不在制度规定的范围 %(limits)s 之内。") % values}

    def _wrong_person(self) -> dict[str, str]:
        proposal = self._proposal
        if proposal.staff_id is not None or proposal.subject:
            return {} if self.staff_id in (None, proposal.staff_id) else {"staff_id": _("这项奖惩的对象已定，不能改。")}
        if self.staff_id is None:
            return {"staff_id": _("有几个人可能负责，请指明是谁。")}
        return {} if self.staff_id in proposal.candidates else {"staff_id": _("这个人不在应负责的人之中。")}


@dataclass(frozen=True, kw_only=True)
class RejectConsequence(ProposalAction[None]):
    """Decide that nothing follows, and why."""

    name: ClassVar[str] = "consequences.reject"
    opinion: str

    def check(self) -> None:
        """Refuse whoever may not decide, and a missing reason."""
        self._to_decide()
        if len(self.opinion.strip()) < SHORTEST_REASON:
            message = _("请写明否决的理由。")
            raise Refused("consequences.reason", message, {"opinion": message})

    def do(self) -> None:
        """It does not come into force."""
        by_id, by_name = self.viewer.staff_id, self.viewer.name
        if not decided(self._proposal, ProposalState.REJECTED, by_id, by_name, opinion=self.opinion.strip()[:500]):
            raise self._decided()

    def log(self, result: None) -> Iterable[Record]:
        """What was not, and why."""
        yield entry(self._proposal, self.name, opinion=self.opinion.strip()[:200], round=self._proposal.round)
