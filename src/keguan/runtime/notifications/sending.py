"""Sending what waits, one channel by one process at a time, and never the same message twice by guess.

A delivery is claimed (state, attempt, moment) and the claim is committed before anything leaves. So after a crash the
row says that it may have been sent: a receiver that drops repeats of our key gets it again, any other does not, and the
row says ``uncertain`` for the administrator to see.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from keguan.runtime import clock
from keguan.runtime.access.crypto import Unsealable
from keguan.runtime.jobs.holding import held
from keguan.runtime.notifications.channel_kinds import ALWAYS, ChannelKind, MaybeSent, NotSent, channel_kind
from keguan.runtime.notifications.composing import composed
from keguan.runtime.notifications.models import Channel, Delivery, DeliveryState
from keguan.runtime.notifications.sealing import masked, secrets_of
from keguan.runtime.notifications.trouble import tell_of_trouble

if TYPE_CHECKING:
    from datetime import datetime

_log = logging.getLogger(__name__)

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long after a failed attempt the next one waits; after the last one it is given up."""

LONGEST = 45.0
"""Seconds that one call may send through one channel, so that it ends before the next minute's."""

LONGEST_ERROR, LONGEST_NUMBER = 300, 120
"""Characters kept of a receiver's words and of its number."""

MOST_IN_A_ROW = 3
"""After so many failures in a row the receiver is left alone until the next call."""


@dataclass(slots=True)
class Sent:
    """What one call did."""

    sent: int = 0
    again: int = 0
    ended: int = 0
    uncertain: int = 0

    def count(self, delivery: Delivery) -> None:
        """Count how a delivery went."""
        self.sent += delivery.state == DeliveryState.SENT
        self.again += delivery.state == DeliveryState.WAITING
        self.uncertain += delivery.state == DeliveryState.UNCERTAIN
        self.ended += delivery.state in {DeliveryState.FAILED, DeliveryState.GIVEN_UP}

    def __add__(self, other: Sent) -> Sent:
        return Sent(
            self.sent + other.sent,
            self.again + other.again,
            self.ended + other.ended,
            self.uncertain + other.uncertain,
        )


def send(channel: Channel) -> Sent:
    """Send what is due through a channel. Another process that is at it is left alone."""
    done = Sent()
    now = clock.now()
    if not _anything(channel, now):
        return done
    with held(channel.pk, "channel") as free:
        if not free:
            return done
        kind = channel_kind(channel.kind)
        if kind is None:
            _log.warning("no connector for a channel", extra={"facts": {"channel": channel.pk, "kind": channel.kind}})
            return done
        done.uncertain += _left_behind(channel, kind, now)
        _send_due(channel, kind, done)
    return done


def _anything(channel: Channel, now: datetime) -> bool:
    waiting = Delivery.objects.filter(channel=channel, next_at__lte=now).exists()
    return waiting or Delivery.objects.filter(channel=channel, state=DeliveryState.SENDING).exists()


def _left_behind(channel: Channel, kind: ChannelKind, now: datetime) -> int:
    """What a dead process had claimed: we hold the channel, so nobody is at it any more."""
    left = list(Delivery.objects.filter(channel=channel, state=DeliveryState.SENDING))
    for delivery in left:
        delivery.maybe = True
        _again(delivery, kind, now, gettext("发送途中进程中断，对方可能已经收到。"))
    return sum(1 for delivery in left if delivery.state == DeliveryState.UNCERTAIN)


def _send_due(channel: Channel, kind: ChannelKind, done: Sent) -> None:
    try:
        settings = {**channel.settings, **secrets_of(channel.pk, channel.secrets)}
    except Unsealable:
        _log.exception("the secrets of a channel cannot be opened", extra={"facts": {"channel": channel.pk}})
        return
    began, failed = monotonic(), 0
    while monotonic() - began < LONGEST and failed < MOST_IN_A_ROW:
        delivery = _claimed(channel)
        if delivery is None:
            return
        failed = 0 if _one(delivery, kind, settings, done) else failed + 1


def _claimed(channel: Channel) -> Delivery | None:
    """The next delivery that is due, claimed. Compare-and-set, committed on its own."""
    now = clock.now()
    while True:
        found = Delivery.objects.filter(channel=channel, next_at__lte=now).order_by("next_at", "id").first()
        if found is None:
            return None
        unclaimed = Delivery.objects.filter(pk=found.pk, state=DeliveryState.WAITING, attempts=found.attempts)
        found.state, found.attempts, found.next_at = DeliveryState.SENDING, found.attempts + 1, None
        found.begun_at = found.begun_at or now
        if unclaimed.update(state=found.state, attempts=found.attempts, next_at=None, begun_at=found.begun_at):
            return found


def _one(delivery: Delivery, kind: ChannelKind, settings: dict[str, str], done: Sent) -> bool:
    """Send one that is claimed, and note how it went. False when the receiver is in trouble."""
    try:
        message = composed(delivery, kind)
        delivery.shown_to = masked(message.to) if message.to else ""
        number = kind.send(settings, message)
    except NotSent as failure:
        if failure.again:
            wait = max(_wait(delivery), timedelta(seconds=failure.after))
            _again(delivery, kind, clock.now() + wait, failure.sentence)
        else:
            _end(delivery, DeliveryState.UNCERTAIN if delivery.maybe else DeliveryState.FAILED, failure.sentence)
        fine = not failure.again
    except MaybeSent as failure:
        delivery.maybe, fine = True, False
        _again(delivery, kind, clock.now() + _wait(delivery), failure.sentence)
    except Exception:  # noqa: BLE001 - one message must not keep all others from going out
        _log.exception("a delivery failed", extra={"facts": {"delivery": delivery.pk, "channel": delivery.channel_id}})
        delivery.maybe, fine = True, False
        _again(delivery, kind, clock.now() + _wait(delivery), gettext("发送时程序出错，请联系系统管理员。"))
    else:
        _end(delivery, DeliveryState.SENT, "", number)
        fine = True
    done.count(delivery)
    return fine


def _wait(delivery: Delivery) -> timedelta:
    return WAITS[min(delivery.attempts, len(WAITS)) - 1]


def _again(delivery: Delivery, kind: ChannelKind, at: datetime, sentence: str) -> None:
    """Try again at that moment, if it may be tried again: not too often, and not where it might arrive twice."""
    begun = delivery.begun_at or at
    doubled = delivery.maybe and kind.repeats != ALWAYS and at - begun >= kind.repeats
    if doubled or (delivery.maybe and delivery.attempts > len(WAITS)):
        _end(delivery, DeliveryState.UNCERTAIN, sentence)
    elif delivery.attempts > len(WAITS):
        _end(delivery, DeliveryState.GIVEN_UP, sentence)
    else:
        delivery.state, delivery.next_at, delivery.error = DeliveryState.WAITING, at, sentence[:LONGEST_ERROR]
        delivery.save(update_fields=["state", "next_at", "error", "shown_to", "maybe"])


def _end(delivery: Delivery, state: DeliveryState, sentence: str, number: str = "") -> None:
    delivery.state, delivery.ended_at, delivery.next_at = state, clock.now(), None
    delivery.error, delivery.provider_id = sentence[:LONGEST_ERROR], number[:LONGEST_NUMBER]
    with transaction.atomic():
        delivery.save(update_fields=["state", "ended_at", "next_at", "error", "provider_id", "shown_to", "maybe"])
        if state != DeliveryState.SENT:
            tell_of_trouble(delivery)
