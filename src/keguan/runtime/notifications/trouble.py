"""Telling the administrators that something did not arrive: once a day for each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.notifications.models import Channel, Delivery, Purpose
from keguan.runtime.notifications.telling import Notice, tell
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable

ADMINISTERS = "manage_staff"
"""The operation of those who look after channels."""


def administrators() -> frozenset[int]:
    """The people who look after channels: nobody before a policy is in force. One query beside that policy."""
    try:
        roles = policies.current().model.roles.values()
    except Refused:
        return frozenset()
    return org.holders_of(role.code for role in roles if ADMINISTERS in role.operations)


def tell_of_trouble(delivery: Delivery) -> None:
    """Tell every administrator that this channel has trouble, once a day. A trial's result is seen where it began."""
    if delivery.purpose not in {Purpose.NOTICE, Purpose.CUSTOMER}:
        return
    channel = Channel.objects.get(pk=delivery.channel_id)
    tell(_notices(channel, administrators()))


def _notices(channel: Channel, staff_ids: Iterable[int]) -> Iterable[Notice]:
    today = clock.today()
    for staff_id in staff_ids:
        key = f"deliveries.troubled:{channel.pk}:{today}:{staff_id}"
        yield Notice(staff_id, "deliveries.troubled", key, channel.label, urgent=False)
