"""What follows when somebody has left, or tries to come in again."""

from __future__ import annotations

from django.db.models import F

from keguan.runtime import clock
from keguan.runtime.departures.beginning import Occasion, begin
from keguan.runtime.departures.models import Attempt, Departure, DepartureState
from keguan.runtime.departures.telling import tell_left
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.org.events import DepartedAttempt, Left


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(Left, left)
    subscribe(DepartedAttempt, attempted)


def left(event: Left) -> None:
    """The policy's processes for it begin (发起: 人员离职), and those who hand over are told what is left behind."""
    tell_left(event)
    begin(Occasion.LEFT, event.staff_id, event.reason)


def attempted(event: DepartedAttempt) -> None:
    """Write it down, and begin the policy's processes (发起: 离职账号登录) with the first of a day.

    An account that was only closed, of somebody who has not left, is none of this.
    """
    departure = Departure.objects.filter(staff_id=event.staff_id, state=DepartureState.LEFT).first()
    if departure is None:
        return
    day = clock.local(event.at).date()
    attempt, first = Attempt.objects.get_or_create(departure=departure, day=day, defaults={"last_at": event.at})
    Attempt.objects.filter(pk=attempt.pk).update(times=F("times") + 1, last_at=event.at)
    append(SYSTEM, [Record("departures.attempt", "staff", event.staff_id, data={"departure": departure.pk})])
    if first:
        begin(Occasion.ATTEMPT, event.staff_id, departure.reason)
