"""Permits over HTTP: ask, look, use, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.exports.routes import selected
from keguan.api.exports.schemas import PermitOut, RequestIn, UseIn
from keguan.language.model.granting import GrantedRight
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.origin import origin_of
from keguan.runtime.permits import actions
from keguan.runtime.permits import queries as permits
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.permits.queries import PermitCard

router = Router()


@router.post("/", response={201: PermitOut, **PROBLEMS}, summary="Ask for a right")
def ask(request: HttpRequest, given: RequestIn) -> Status[PermitOut]:
    """File the request and begin the case that decides on it."""
    caller = viewer(request, Scope.EXPORTS)
    if given.right not in tuple(GrantedRight):
        raise Refused("permits.right", _("没有这种可以申请的权利。"))
    made = actions.RequestPermit(
        viewer=caller,
        right=GrantedRight(given.right),
        selection=selected(given.selection),
        purpose=given.purpose,
        recipient=given.recipient,
        process=given.process,
        values=given.values,
    ).run()
    return Status(201, _out(permits.one(caller, made).card))


@router.get("/", response={200: list[PermitOut], **PROBLEMS}, summary="One's own permits")
def mine(request: HttpRequest, after: int = 0) -> list[PermitOut]:
    """The caller's own, newest first, fifty at a time; `after` is the id of the last one seen."""
    return [_out(each) for each in permits.mine(viewer(request, Scope.EXPORTS), after=after)]


@router.get("/{permit_id}", response={200: PermitOut, **PROBLEMS}, summary="One permit")
def read(request: HttpRequest, permit_id: int) -> PermitOut:
    """Where it stands."""
    return _out(permits.one(viewer(request, Scope.EXPORTS), permit_id).card)


@router.post("/{permit_id}/use", response={200: PermitOut, **PROBLEMS}, summary="Write a use down")
def use(request: HttpRequest, permit_id: int, given: UseIn) -> PermitOut:
    """For rights that are used outside the system: disclosure, copy, maintenance, destruction."""
    caller, address = viewer(request, Scope.EXPORTS), origin_of(request).address
    actions.UsePermit(viewer=caller, permit_id=permit_id, note=given.note, address=address).run()
    return _out(permits.one(caller, permit_id).card)


def _out(card: PermitCard) -> PermitOut:
    return PermitOut(
        id=card.id,
        right=card.right,
        record_type=card.record_type,
        rows=card.rows,
        purpose=card.purpose,
        recipient=card.recipient,
        case_id=card.case_id,
        state=card.state,
        asked_at=card.asked_at,
        expires_at=card.expires_at,
        uses=card.uses,
        uses_left=card.uses_left,
    )
