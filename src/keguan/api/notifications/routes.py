"""What the token's owner was told; for administrators, how messages went out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications import queries as notifications
from keguan.runtime.notifications.actions import MarkAllRead, MarkRead
from keguan.runtime.notifications.queries import DeliveryState
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.notifications.queries import DeliveryCard, NoticeCard

router = Router()

LARGEST = 2**62


class NoticeOut(Schema):
    """One notice."""

    id: int
    kind: str
    group: str
    sentence: str = Field(description="In the language that the member of staff has chosen.")
    case_id: int | None
    duty_id: int | None
    clause: str
    urgent: bool
    at: datetime
    read_at: datetime | None


class NoticeList(Schema):
    """Notices, newest first."""

    notices: list[NoticeOut]
    unread: int = Field(description=f"Counted up to {notifications.MOST_COUNTED}.")
    next: int | None = Field(description="The `after` of the following page; null on the last.")


class NoticeQuery(Schema):
    """Which notices."""

    after: int | None = Field(None, ge=1, le=LARGEST)
    unread_only: bool = False


class ReadIn(Schema):
    """Up to where."""

    up_to: int = Field(ge=1, le=LARGEST, description="The newest notice that was seen.")


class ReadOut(Schema):
    """How many were unread before."""

    read: int


class DeliveryOut(Schema):
    """One message through one channel, without what it said."""

    id: int
    key: str
    staff_id: int
    channel_id: int
    channel: str
    purpose: str
    state: DeliveryState
    notices: int
    attempts: int
    made_at: datetime
    next_at: datetime | None
    ended_at: datetime | None
    shown_to: str = Field(description="The address, masked.")
    error: str
    provider_id: str


class DeliveryList(Schema):
    """Deliveries, newest first."""

    deliveries: list[DeliveryOut]
    next: int | None = Field(description="The `after` of the following page; null on the last.")


class DeliveryQuery(Schema):
    """Which deliveries."""

    after: int | None = Field(None, ge=1, le=LARGEST)
    state: DeliveryState | None = None
    channel_id: int | None = Field(None, ge=1, le=LARGEST)


@router.get("/", response={200: NoticeList, **PROBLEMS}, summary="One's own notices, newest first")
def list_notices(request: HttpRequest, query: Query[NoticeQuery]) -> NoticeList:
    """A page of what the token's owner was told."""
    whose = viewer(request, Scope.NOTIFICATIONS)
    page = notifications.inbox(whose, query.after, unread_only=query.unread_only)
    return NoticeList(
        notices=[_notice(each) for each in page.notices], unread=notifications.unread(whose), next=page.next
    )


@router.post("/read", response={200: ReadOut, **PROBLEMS}, summary="Mark notices as read")
def read_notices(request: HttpRequest, body: ReadIn) -> ReadOut:
    """Mark everything up to a notice as read."""
    return ReadOut(read=MarkAllRead(viewer=viewer(request, Scope.NOTIFICATIONS), up_to=body.up_to).run())


@router.post("/{notice_id}/read", response={200: ReadOut, **PROBLEMS}, summary="Mark a notice as read")
def read_notice(request: HttpRequest, notice_id: Annotated[int, Path(ge=1, le=LARGEST)]) -> ReadOut:
    """Mark one as read; the second time nothing happens."""
    return ReadOut(read=int(MarkRead(viewer=viewer(request, Scope.NOTIFICATIONS), notice_id=notice_id).run()))


@router.get("/deliveries", response={200: DeliveryList, **PROBLEMS}, summary="What went out, newest first")
def list_deliveries(request: HttpRequest, query: Query[DeliveryQuery]) -> DeliveryList:
    """A page of the delivery log, for those who look after channels."""
    if not may(viewer(request, Scope.NOTIFICATIONS), notifications.ADMINISTERS):
        raise Refused("notifications.not_permitted", _("通知渠道由系统管理员维护。"))
    page = notifications.deliveries(query.after, state=query.state or "", channel_id=query.channel_id)
    return DeliveryList(deliveries=[_delivery(each) for each in page.deliveries], next=page.next)


def _notice(card: NoticeCard) -> NoticeOut:
    return NoticeOut(
        id=card.id,
        kind=card.kind,
        group=card.group,
        sentence=card.sentence,
        case_id=card.case_id,
        duty_id=card.duty_id,
        clause=card.clause,
        urgent=card.urgent,
        at=card.at,
        read_at=card.read_at,
    )


def _delivery(card: DeliveryCard) -> DeliveryOut:
    return DeliveryOut(
        id=card.id,
        key=card.key,
        staff_id=card.staff_id,
        channel_id=card.channel_id,
        channel=card.channel,
        purpose=card.purpose,
        state=DeliveryState(card.state),
        notices=card.notices,
        attempts=card.attempts,
        made_at=card.made_at,
        next_at=card.next_at,
        ended_at=card.ended_at,
        shown_to=card.shown_to,
        error=card.error,
        provider_id=card.provider_id,
    )
