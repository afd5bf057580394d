"""The log of what went out: for the administrator, with masked addresses and without what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from keguan.runtime.notifications.channel_kinds import ADDRESS_KINDS
from keguan.runtime.notifications.models import Delivery, Purpose
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class DeliveryCard:
    """One message through one channel. ``notices`` is how many notices it carries."""

    id: int
    key: str
    staff_id: int
    staff_name: str
    channel_id: int
    channel: str
    purpose: str
    state: str
    notices: int
    attempts: int
    made_at: datetime
    next_at: datetime | None
    ended_at: datetime | None
    shown_to: str
    error: str
    provider_id: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Deliveries, newest first; ``next`` is the ``after`` of the following page, None on the last."""

    deliveries: tuple[DeliveryCard, ...]
    next: int | None


def deliveries(
    after: int | None = None, *, state: str = "", channel_id: int | None = None, size: int = PAGE_SIZE
) -> DeliveryPage:
    """A page of deliveries below the id ``after``. Two queries."""
    found = Delivery.objects.order_by("-id")
    if state:
        found = found.filter(state=state)
    if channel_id is not None:
        found = found.filter(channel_id=channel_id)
    if after is not None:
        found = found.filter(id__lt=after)
    rows = list(_whole(found)[: size + 1])
    names = org.names(row.staff_id for row in rows)
    cards = tuple(_card(row, names) for row in rows[:size])
    return DeliveryPage(cards, cards[-1].id if len(rows) > size else None)


def delivery(delivery_id: int) -> DeliveryCard | None:
    """The delivery with this id, None when there is none. Two queries."""
    row = _whole(Delivery.objects.filter(pk=delivery_id)).first()
    return None if row is None else _card(row, org.names([row.staff_id]))


def written_to_customer(about: str, about_id: int) -> tuple[DeliveryCard, ...]:
    """What went out to a customer about something, one for each kind of address. One query."""
    keys = [f"{about}-{about_id}-{kind}" for kind in ADDRESS_KINDS]
    return tuple(_card(row, {}) for row in _whole(Delivery.objects.filter(key__in=keys)).order_by("id"))


def _whole(found: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return found.select_related("channel").annotate(notices=Count("items"))


def _card(row: Delivery, names: dict[int, str]) -> DeliveryCard:
    return DeliveryCard(
        id=row.pk,
        key=row.key,
        staff_id=row.staff_id,
        staff_name=_("客户") if row.purpose == Purpose.CUSTOMER else names.get(row.staff_id, ""),
        channel_id=row.channel_id,
        channel=row.channel.label,
        purpose=row.purpose,
        state=row.state,
        notices=int(getattr(row, "notices", 0)),
        attempts=row.attempts,
        made_at=row.made_at,
        next_at=row.next_at,
        ended_at=row.ended_at,
        shown_to=row.shown_to,
        error=row.error,
        provider_id=row.provider_id,
    )
