"""Messages to customers: what goes out to somebody who is not of the house, by the same outbox.

Neither the address nor the words are kept with the delivery: whoever has something to say registers a composer, which
is asked for both when the message is about to leave. So an address that was taken back is not used, and a link's secret
stands in no table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext

from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import Message, NotSent, channel_kind
from keguan.runtime.notifications.models import Channel, Delivery, Purpose

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.notifications.channel_kinds import ChannelKind

NOBODY = 0
"""The person of a delivery that goes to none of the house."""


@dataclass(frozen=True, slots=True)
class Outward:
    """Where a message goes and what it says. The sentence holds nothing of the customer's; ``path`` is the page that it
    leads to.
    """

    to: str
    title: str
    sentence: str
    path: str


_composers: dict[str, Callable[[int, str], Outward]] = {}
"""Given the id of what the message is about and the kind of address; each raises ``NotSent`` when nothing is to go."""


def on_outward(about: str, composer: Callable[[int, str], Outward]) -> None:
    """Have messages about such things composed. Called in ``AppConfig.ready``."""
    _composers[about] = composer


def channel_to(address_kind: str) -> Channel | None:
    """The way by which customers are written to at such an address: the first that is set up and on. One query."""
    for channel in Channel.objects.filter(enabled=True).order_by("id"):
        kind = channel_kind(channel.kind)
        if kind is not None and kind.address == address_kind and not kind.for_everything:
            return channel
    return None


def write_to_customer(about: str, about_id: int, address_kind: str) -> int | None:
    """Put a message into the outbox, inside the running transaction; once for ever for what it is about and the kind of
    address. Gives its delivery's id, None where no channel leads to such addresses. Two queries.
    Also None where this installation does not know its own address (``KEGUAN_ADDRESS``): a link would lead nowhere.
    Raises ``ValueError`` where nobody registered for what it is about.
    """
    if about not in _composers:
        raise ValueError(f"nobody composes messages about {about!r}")
    channel = channel_to(address_kind)
    if channel is None or not settings.ADDRESS:
        return None
    now = clock.now()
    made, _new = Delivery.objects.get_or_create(
        key=f"{about}-{about_id}-{address_kind}",
        defaults={
            "staff_id": NOBODY,
            "channel": channel,
            "purpose": Purpose.CUSTOMER,
            "about": about,
            "about_id": about_id,
            "next_at": now,
            "made_at": now,
        },
    )
    return made.pk


def composed_outward(delivery: Delivery, kind: ChannelKind) -> Message:
    """The message of a delivery to a customer. Raises ``NotSent``."""
    composer = _composers.get(delivery.about)
    if composer is None or delivery.about_id is None:
        raise NotSent(gettext("这一条不知道要说什么。"), again=False)
    found = composer(delivery.about_id, kind.address)
    return Message(
        key=delivery.key,
        to=found.to,
        name=gettext("客户"),
        title=found.title,
        sentences=(found.sentence,),
        link=f"{settings.ADDRESS.rstrip('/')}{found.path}",
        whole=True,
    )
