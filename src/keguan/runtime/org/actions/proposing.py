"""Giving a role takes two: one administrator proposes it, another one confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.actions.appointing import possible
from keguan.runtime.org.events import AppointmentProposed, ProposalDecided
from keguan.runtime.org.models import Appointment, Proposal, ProposalState
from keguan.runtime.org.separating import one_at_a_time, refuse_post

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from keguan.runtime.ledger.events import Event

LONGEST_REASON = 200
"""Characters that a reason may have."""


@dataclass(frozen=True, kw_only=True)
class ProposeAppointment(Action[int]):
    """Propose that a person be given a role, for a unit (None: their own), from a day (today), and return its id.

    Nothing is given yet. The fields are those of ``Appoint``.
    """

    name: ClassVar[str] = "org.propose_appointment"
    operation: ClassVar[str | None] = "manage_staff"
    staff_id: int
    role: str
    unit_id: int | None = None
    since: date | None = None
    until: date | None = None
    reason: str = ""

    def check(self) -> None:
        """Refuse what ``Appoint`` refuses, and the same proposal twice."""
        possible(self.actor, self.staff_id, self.unit_id, self.since, self.until)
        if not self.role:
            raise Refused("org.no_role", _("请选择角色。"), {"role": _("请选择角色。")})
        if len(self.reason.strip()) > LONGEST_REASON:
            sentence = _("事由最多%(count)s个字。") % {"count": LONGEST_REASON}
            raise Refused("org.proposal_reason", sentence, {"reason": sentence})
        one_at_a_time()
        waiting = Proposal.objects.filter(state=ProposalState.WAITING, staff_id=self.staff_id, role=self.role)
        if waiting.filter(Q(unit_id=self.unit_id)).exists():
            raise Refused("org.proposed_already", _("同样的任命已经提出，正等着确认。"))
        refuse_post(self.staff_id, self.role, self.since or clock.today(), self.until)

    def do(self) -> int:
        """Add the row."""
        return Proposal.objects.create(
            staff_id=self.staff_id,
            role=self.role,
            unit_id=self.unit_id,
            since=self.since or clock.today(),
            until=self.until,
            reason=self.reason.strip(),
            proposed_by_id=self.actor.staff_id,
            proposed_at=clock.now(),
        ).pk

    def log(self, result: int) -> Iterable[Record]:
        """Who is to get what."""
        data = {"proposal": result, "role": self.role, "unit": self.unit_id, "reason": self.reason.strip()}
        days = {"since": self.since or clock.today(), "until": self.until}
        return [Record(self.name, "staff", self.staff_id, data={**data, **days})]

    def announce(self, result: int) -> Iterable[Event]:
        """That somebody has to confirm it."""
        return [AppointmentProposed(result, self.staff_id, self.role, self.actor.staff_id)]


@dataclass(frozen=True, kw_only=True)
class ConfirmAppointment(Action[int]):
    """Give the role that somebody else proposed, and return the appointment's id. It begins today where its day has
    passed meanwhile.
    """

    name: ClassVar[str] = "org.confirm_appointment"
    operation: ClassVar[str | None] = "grant_roles"
    proposal_id: int

    def check(self) -> None:
        """Refuse one's own proposal, a role for oneself, one that has been decided or is over, a closed account, and
        what nobody may hold together by now.
        """
        one_at_a_time()
        found = waiting(self.proposal_id)
        if found.proposed_by_id is not None and found.proposed_by_id == self.actor.staff_id:
            raise Refused("org.own_proposal", _("不能确认自己提出的任命，请由另一位管理员确认。"))
        possible(self.actor, found.staff_id, None, None, None)
        if not found.staff.is_active:
            sentence = _("%(name)s的账号已停用，不能授予角色。") % {"name": found.staff.name}
            raise Refused("org.closed_account", sentence)
        if found.until is not None and found.until < clock.today():
            raise Refused("org.proposal_over", _("这项任命的截止日已经过了，请重新提出。"))
        refuse_post(found.staff_id, found.role, self._since(found), found.until)

    def do(self) -> int:
        """Add the appointment and note the decision."""
        found = waiting(self.proposal_id)
        given = Appointment.objects.create(
            staff_id=found.staff_id, role=found.role, unit_id=found.unit_id, since=self._since(found), until=found.until
        )
        Proposal.objects.filter(pk=found.pk).update(
            state=ProposalState.CONFIRMED,
            decided_by_id=self.actor.staff_id,
            decided_at=clock.now(),
            appointment=given,
        )
        return given.pk

    @staticmethod
    def _since(found: Proposal) -> date:
        return max(found.since, clock.today())

    def log(self, result: int) -> Iterable[Record]:
        """Who was given what, and who had proposed it."""
        given = Appointment.objects.get(pk=result)
        data = {"proposal": self.proposal_id, "appointment": result, "role": given.role, "unit": given.unit_id}
        proposed_by = Proposal.objects.values_list("proposed_by_id", flat=True).get(pk=self.proposal_id)
        days = {"since": given.since, "until": given.until, "proposed_by": proposed_by}
        return [Record(self.name, "staff", given.staff_id, data={**data, **days})]

    def announce(self, result: int) -> Iterable[Event]:
        """Tell whoever proposed it."""
        return [_decided(self.proposal_id)]


@dataclass(frozen=True, kw_only=True)
class RefuseAppointment(Action[None]):
    """Do not give the role that somebody proposed, and say why."""

    name: ClassVar[str] = "org.refuse_appointment"
    operation: ClassVar[str | None] = "grant_roles"
    proposal_id: int
    reason: str

    def check(self) -> None:
        """Refuse one that has been decided, and a missing or endless reason."""
        one_at_a_time()
        waiting(self.proposal_id)
        if not 0 < len(self.reason.strip()) <= LONGEST_REASON:
            sentence = _("请写明不同意的理由，最多%(count)s个字。") % {"count": LONGEST_REASON}
            raise Refused("org.refusal_reason", sentence, {"reason": sentence})

    def do(self) -> None:
        """Note the decision."""
        _close(self.proposal_id, ProposalState.REFUSED, self.actor.staff_id, self.reason.strip())

    def log(self, result: None) -> Iterable[Record]:
        """Whose, and why."""
        return [_record(self.name, self.proposal_id, self.reason.strip())]

    def announce(self, result: None) -> Iterable[Event]:
        """Tell whoever proposed it."""
        return [_decided(self.proposal_id)]


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal(Action[None]):
    """Take one's own proposal back, or that of a colleague who may manage staff as well."""

    name: ClassVar[str] = "org.withdraw_proposal"
    operation: ClassVar[str | None] = "manage_staff"
    proposal_id: int

    def check(self) -> None:
        """Refuse one that has been decided."""
        one_at_a_time()
        waiting(self.proposal_id)

    def do(self) -> None:
        """Note it."""
        _close(self.proposal_id, ProposalState.WITHDRAWN, self.actor.staff_id, "")

    def log(self, result: None) -> Iterable[Record]:
        """Whose."""
        return [_record(self.name, self.proposal_id, "")]


def waiting(proposal_id: int) -> Proposal:
    """The proposal, still undecided. Raises ``Refused`` (``org.no_proposal``, ``org.proposal_decided``)."""
    found = Proposal.objects.select_related("staff").filter(pk=proposal_id).first()
    if found is None:
        raise Refused("org.no_proposal", _("没有这项任命申请。"))
    if found.state != ProposalState.WAITING:
        raise Refused("org.proposal_decided", _("这项任命申请已经有人处理过了，请刷新页面。"))
    return found


def close_for(staff_id: int) -> int:
    """Withdraw, inside a transaction, whatever waits for a person who leaves. Gives how many."""
    rows = Proposal.objects.filter(staff_id=staff_id, state=ProposalState.WAITING)
    return rows.update(state=ProposalState.WITHDRAWN, decided_at=clock.now())


def _close(proposal_id: int, state: ProposalState, by: int | None, answer: str) -> None:
    rows = Proposal.objects.filter(pk=proposal_id)
    rows.update(state=state, decided_by_id=by, decided_at=clock.now(), answer=answer)


def _record(name: str, proposal_id: int, reason: str) -> Record:
    found = Proposal.objects.get(pk=proposal_id)
    return Record(name, "staff", found.staff_id, data={"proposal": found.pk, "role": found.role, "reason": reason})


def _decided(proposal_id: int) -> ProposalDecided:
    found = Proposal.objects.get(pk=proposal_id)
    return ProposalDecided(found.pk, found.staff_id, found.role, found.state, found.proposed_by_id)
