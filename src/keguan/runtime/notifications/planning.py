"""From what people were told to what goes out: each notice's deliveries, by the wishes of whoever it is for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import channel_kind
from keguan.runtime.notifications.kinds import group_of
from keguan.runtime.notifications.models import Channel, Delivery, DeliveryItem, DeliveryState, Digest, Notification
from keguan.runtime.notifications.moments import goes_out
from keguan.runtime.notifications.preferring import Wishes, wishes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

BATCH = 500
"""Notices planned in one transaction."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One notice through one channel, with the key of the delivery that carries it."""

    key: str
    notice: Notification
    channel: Channel
    at: datetime


def plan(limit: int = 20 * BATCH) -> int:
    """Write the deliveries of what is not planned yet and return how many notices there were.

    Each batch in a transaction of its own: killed anywhere, it is done by the next call, and nothing is planned twice.
    """
    done = 0
    while done < limit:
        planned = _batch()
        done += planned
        if planned < BATCH:
            break
    return done


@transaction.atomic
def _batch() -> int:
    rows = list(Notification.objects.select_for_update().filter(planned=False).order_by("id")[:BATCH])
    if not rows:
        return 0
    channels = list(Channel.objects.filter(enabled=True).order_by("id"))
    if channels:
        _write(list(_ways(rows, channels)), clock.now())
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(planned=True)
    return len(rows)


def _ways(rows: Sequence[Notification], channels: Sequence[Channel]) -> Iterator[_Way]:
    now = clock.now()
    wishes = wishes_of({row.staff_id for row in rows})
    machines = [each for each in channels if (kind := channel_kind(each.kind)) and kind.for_everything]
    for row in rows:
        for channel in machines:
            yield _Way(f"n{row.pk}-c{channel.pk}", row, channel, now)
        yield from _personal(row, wishes[row.staff_id], channels, now)


def _personal(row: Notification, wishes: Wishes, channels: Sequence[Channel], now: datetime) -> Iterator[_Way]:
    ways, digest = wishes.ways(group_of(row.kind), channels)
    at = goes_out(now, digest, wishes.quiet, urgent=row.urgent)
    gathered = digest != Digest.AT_ONCE and not row.urgent
    for channel in ways:
        key = f"d{row.staff_id}-c{channel.pk}-{at:%Y%m%d%H%M}" if gathered else f"n{row.pk}-c{channel.pk}"
        yield _Way(key, row, channel, at)


def _write(ways: Sequence[_Way], now: datetime) -> None:
    """Write deliveries and what is in them. A digest that is on its way already takes nothing more."""
    by_key: dict[str, list[_Way]] = defaultdict(list)
    for way in ways:
        by_key[way.key].append(way)
    keys = list(by_key)
    closed = set(
        Delivery.objects.select_for_update()
        .filter(key__in=keys)
        .exclude(state=DeliveryState.WAITING, attempts=0)
        .values_list("key", flat=True)
    )
    for key in closed:
        for way in by_key.pop(key):
            by_key[f"n{way.notice.pk}-c{way.channel.pk}"].append(way)
    Delivery.objects.bulk_create(
        [
            Delivery(
                key=key,
                staff_id=found[0].notice.staff_id,
                channel=found[0].channel,
                urgent=any(way.notice.urgent for way in found),
                next_at=found[0].at,
                made_at=now,
            )
            for key, found in by_key.items()
        ],
        ignore_conflicts=True,
    )
    ids = dict(Delivery.objects.filter(key__in=list(by_key)).values_list("key", "id"))
    DeliveryItem.objects.bulk_create(
        [
            DeliveryItem(delivery_id=ids[key], notification=way.notice, channel=way.channel)
            for key, found in by_key.items()
            for way in found
        ],
        ignore_conflicts=True,
    )
