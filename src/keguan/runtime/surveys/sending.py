"""Sending an invitation: the customer found, left alone where they were asked too short a time ago, the link made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q

from keguan.language.model.model import FieldKind
from keguan.language.model.survey import Way
from keguan.language.model.timing import Length, Unit
from keguan.runtime import clock
from keguan.runtime.access.reaching_out import REACHED_AT
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.processes.places import place_of_record
from keguan.runtime.surveys import links
from keguan.runtime.surveys.composing import ABOUT
from keguan.runtime.surveys.customers import customer_of
from keguan.runtime.surveys.forms import form_of, written
from keguan.runtime.surveys.models import ASKED, Invitation, InvitationState
from keguan.runtime.surveys.words import NO_ADDRESS, NO_CHANNEL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from keguan.language.model.survey import Survey
    from keguan.runtime.surveys.customers import Customer

_WRITTEN = {Way.SMS: FieldKind.PHONE, Way.EMAIL: FieldKind.EMAIL}
_AN_HOUR = Length(1, Unit.WORKING_HOUR)


@dataclass(frozen=True, kw_only=True)
class SendInvitation(Action[InvitationState | None]):
    """Send an invitation whose moment has come, in the system's name. Gives its state; None when it waits no more, or
    waits on because customers are not written to outside business hours.
    """

    name: ClassVar[str] = "surveys.send"
    actor: Actor = SYSTEM
    invitation_id: int

    def do(self) -> InvitationState | None:
        """Send it, or say why not."""
        waiting = Invitation.objects.select_for_update().filter(pk=self.invitation_id, state=InvitationState.WAITING)
        invitation = waiting.first()
        if invitation is None:
            return None
        opening = _opening(invitation, clock.now())
        if opening is not None:
            invitation.next_at = opening
            invitation.save(update_fields=["next_at"])
            return None
        return send(invitation)

    def log(self, result: InvitationState | None) -> Iterable[Record]:
        """That it was sent or why not; neither the link nor an address."""
        if result is not None:
            yield sent_entry(self.name, self.invitation_id)


def send(invitation: Invitation) -> InvitationState:
    """Send a waiting, locked invitation now, inside the running transaction. About ten queries."""
    model, _form, survey = form_of(invitation)
    now = clock.now()
    if place_of_record(model, invitation.record_type, invitation.record_id) is None:
        return _ended(invitation, InvitationState.CALLED_OFF)
    customer = customer_of(model, survey, invitation.record_type, invitation.record_id)
    invitation.customer_type, invitation.customer_id = customer.record_type, customer.record_id
    invitation.phone_mark, invitation.email_mark = customer.marks.get("phone"), customer.marks.get("email")
    last = _last_asked(customer)
    if last is not None and last.sent_at is not None and calendars.after(survey.throttle, last.sent_at) > now:
        invitation.held_by = last
        return _ended(invitation, InvitationState.THROTTLED)
    calls = Way.CALL in survey.ways
    online = len(survey.ways) > 1 or not calls
    invitation.state, invitation.sent_at = InvitationState.SENT, now
    invitation.expires_at = calendars.after(survey.valid, now)
    invitation.call_from = (invitation.expires_at if online else now) if calls else None
    # Staff have as long for the call as the customer had for the link.
    invitation.next_at = calendars.after(survey.valid, invitation.call_from) if invitation.call_from else None
    invitation.next_at = invitation.next_at or invitation.expires_at
    invitation.digest = links.new_digest(invitation) if online else None
    invitation.unwritten = _write(invitation, survey, customer)
    invitation.save()
    return InvitationState.SENT


def sent_entry(action: str, invitation_id: int) -> Record:
    """What the ledger says of an invitation that was to be sent."""
    invitation = Invitation.objects.get(pk=invitation_id)
    _model, form, _survey = form_of(invitation)
    data: dict[str, object] = {"survey": invitation.survey, "state": invitation.state, "ways": invitation.ways}
    if invitation.held_by_id is not None:
        data["asked_already"] = invitation.held_by_id
    if invitation.unwritten:
        data["unwritten"] = invitation.unwritten
    return Record(action, "survey", invitation.pk, written(form.clause), data)


def _write(invitation: Invitation, survey: Survey, customer: Customer) -> str:
    """Put what goes out by SMS or e-mail into the outbox; why nothing did, or ""."""
    kinds = [REACHED_AT[_WRITTEN[way]] for way in survey.ways if way in _WRITTEN]
    reachable = [kind for kind in kinds if kind in customer.marks]
    made = [notifications.write_to_customer(ABOUT, invitation.pk, kind) for kind in reachable]
    if not kinds or any(each is not None for each in made):
        return ""
    return NO_CHANNEL if reachable else NO_ADDRESS


def _last_asked(customer: Customer) -> Invitation | None:
    """When somebody was asked last: this very record, or anybody at one of its addresses. One query."""
    same = Q(customer_type=customer.record_type, customer_id=customer.record_id)
    if "phone" in customer.marks:
        same |= Q(phone_mark=customer.marks["phone"])
    if "email" in customer.marks:
        same |= Q(email_mark=customer.marks["email"])
    return Invitation.objects.filter(same, state__in=ASKED).order_by("-sent_at").first()


def _opening(invitation: Invitation, now: datetime) -> datetime | None:
    """When business opens next, for what would be written to a customer at night or on a day off; None to go now."""
    if not any(str(way) in invitation.ways for way in _WRITTEN):
        return None
    if calendars.left(now + timedelta(minutes=1), now).working > timedelta(0):
        return None
    return calendars.after(_AN_HOUR, now) - timedelta(hours=1)


def _ended(invitation: Invitation, state: InvitationState) -> InvitationState:
    invitation.state, invitation.next_at = state, None
    invitation.save()
    return state
