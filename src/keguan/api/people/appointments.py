"""Appointments over HTTP, as the three administrators make them: one proposes, another one confirms or refuses."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.people import schemas
from keguan.api.people.shown import proposal
from keguan.runtime.access.appointing import takes_two
from keguan.runtime.departures import queries as departures
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import (
    Appoint,
    ConfirmAppointment,
    EndAppointment,
    ProposeAppointment,
    RefuseAppointment,
    WithdrawProposal,
)
from keguan.runtime.policies import queries as policies
from keguan.runtime.tokens.scopes import Scope

router = Router()


@router.post("/", response={201: schemas.Appointed, **PROBLEMS}, summary="Propose that somebody be given a role")
def propose(request: HttpRequest, given: schemas.AppointIn) -> Status[schemas.Appointed]:
    """Nothing is given before another administrator confirms. Where the policy has nobody who confirms, it is given at
    once.
    """
    caller = viewer(request, Scope.PEOPLE_WRITE)
    if given.role not in policies.current().model.roles:
        sentence = _("没有这个角色。")
        raise Refused("org.no_role", sentence, {"role": sentence})
    what = given.dict(exclude={"reason"})
    if takes_two():
        made = ProposeAppointment(actor=caller.actor, reason=given.reason, **what).run()
        return Status(201, schemas.Appointed(proposal_id=made, appointment_id=None))
    return Status(201, schemas.Appointed(proposal_id=None, appointment_id=Appoint(actor=caller.actor, **what).run()))


@router.get("/proposals", response={200: list[schemas.Proposal], **PROBLEMS}, summary="What waits to be confirmed")
def waiting(request: HttpRequest) -> list[schemas.Proposal]:
    """The oldest first, at most fifty."""
    caller = viewer(request, Scope.PEOPLE_READ)
    departures.require_looking(caller)
    return [proposal(each, caller.language) for each in org.waiting_proposals()]


@router.post("/proposals/{proposal_id}/confirm", response={200: schemas.Appointed, **PROBLEMS}, summary="Confirm")
def confirm(request: HttpRequest, proposal_id: int) -> schemas.Appointed:
    """Give the role that somebody else proposed."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    made = ConfirmAppointment(actor=caller.actor, proposal_id=_known(proposal_id)).run()
    return schemas.Appointed(proposal_id=proposal_id, appointment_id=made)


@router.post("/proposals/{proposal_id}/refuse", response={204: None, **PROBLEMS}, summary="Refuse")
def refuse(request: HttpRequest, proposal_id: int, given: schemas.AnswerIn) -> tuple[int, None]:
    """With a reason; whoever proposed it is told."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    RefuseAppointment(actor=caller.actor, proposal_id=_known(proposal_id), reason=given.reason).run()
    return 204, None


@router.post("/proposals/{proposal_id}/withdraw", response={204: None, **PROBLEMS}, summary="Take a proposal back")
def withdraw(request: HttpRequest, proposal_id: int) -> tuple[int, None]:
    """One's own, or a colleague's."""
    WithdrawProposal(actor=viewer(request, Scope.PEOPLE_WRITE).actor, proposal_id=_known(proposal_id)).run()
    return 204, None


@router.post("/{appointment_id}/end", response={204: None, **PROBLEMS}, summary="End an appointment")
def end(request: HttpRequest, appointment_id: int, given: schemas.EndIn) -> tuple[int, None]:
    """With a day, which is its last."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    EndAppointment(actor=caller.actor, appointment_id=_known(appointment_id), until=given.until).run()
    return 204, None


def _known(number: int) -> int:
    """The id, or one that nobody has where no column could hold it."""
    return number if 0 < number <= schemas.LARGEST_ID else 0
