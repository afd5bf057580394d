"""The day on which somebody leaves: the account closes at once, with everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q

from keguan.runtime import clock
from keguan.runtime.departures.held import owned
from keguan.runtime.departures.models import Departure, DepartureState, HeldRecords
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.org.actions.proposing import close_for
from keguan.runtime.org.events import DeputyEnded, Left
from keguan.runtime.org.models import Appointment, Deputy, Staff
from keguan.runtime.org.separating import one_at_a_time, separate
from keguan.runtime.org.sessions.ending import end_all
from keguan.runtime.tokens.models import ApiToken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event

CHUNK = 5_000
"""Ids in one stored row."""


@dataclass(frozen=True, kw_only=True)
class CloseAccount(Action[bool]):
    """Close the account of somebody whose day has come. False when another process was quicker."""

    name: ClassVar[str] = "departures.close"
    actor: Actor = SYSTEM
    departure_id: int
    _events: list[Event] = field(default_factory=list, init=False, repr=False, compare=False)

    def do(self) -> bool:
        """Close it, unless it was closed or the departure was cancelled meanwhile."""
        one_at_a_time()
        due = Departure.objects.filter(pk=self.departure_id, state=DepartureState.PLANNED, on__lte=clock.today())
        departure = due.first()
        if departure is None:
            return False
        self._events.extend(close(departure))
        return True

    def log(self, result: bool) -> Iterable[Record]:
        """What ended with it."""
        if not result:
            return []
        departure = Departure.objects.get(pk=self.departure_id)
        data = {"departure": departure.pk, "closed": departure.closed}
        return [Record(self.name, "staff", departure.staff_id, data=data)]

    def announce(self, result: bool) -> Iterable[Event]:
        """That they have left."""
        del result
        return self._events


def close_due() -> int:
    """Close every account whose day has come; each in a transaction of its own. Gives how many. One query when no day
    has.
    """
    due = Departure.objects.filter(state=DepartureState.PLANNED, on__lte=clock.today()).order_by("on", "id")
    return sum(CloseAccount(departure_id=each).run() for each in due.values_list("id", flat=True))


def next_moment() -> datetime | None:
    """The first minute of the next day on which somebody leaves; None when nobody does."""
    day = Departure.objects.filter(state=DepartureState.PLANNED).order_by("on").values_list("on", flat=True).first()
    return None if day is None else datetime.combine(day, time.min, clock.local(clock.now()).tzinfo)


def close(departure: Departure) -> list[Event]:
    """Close the account and end sessions, tokens, appointments, deputyships and proposals, inside a transaction; keep
    the list of what they own. Gives what is to be announced. Whoever sends notices asks whether the account is open.
    """
    staff_id, before = departure.staff_id, clock.today() - timedelta(days=1)
    kept = _keep(departure)
    Staff.objects.filter(pk=staff_id).update(is_active=False)
    running = Q(until=None) | Q(until__gte=clock.today())
    deputies = list(Deputy.objects.filter(running, Q(staff_id=staff_id) | Q(deputy_id=staff_id)))
    departure.closed = {
        "records": kept,
        "sessions": end_all(staff_id, "closed"),
        "tokens": ApiToken.objects.filter(staff=staff_id, revoked_at=None).update(revoked_at=clock.now()),
        "appointments": Appointment.objects.filter(running, staff_id=staff_id).update(until=before),
        "deputies": Deputy.objects.filter(pk__in=[each.pk for each in deputies]).update(until=before),
        "proposals": close_for(staff_id),
    }
    departure.state, departure.closed_at = DepartureState.LEFT, clock.now()
    departure.save(update_fields=["state", "closed_at", "closed"])
    separate()
    ended = [DeputyEnded(each.pk, each.staff_id, each.deputy_id) for each in deputies]
    return [*ended, Left(departure.pk, staff_id, departure.on, departure.reason)]


def _keep(departure: Departure) -> dict[str, int]:
    """Write down which records they own. Gives how many of each type."""
    counts: dict[str, int] = {}
    for record_type, ids in owned(departure.staff_id):
        for first in range(0, len(ids), CHUNK):
            some = ids[first : first + CHUNK]
            HeldRecords.objects.create(departure=departure, record_type=record_type, ids=some, count=len(some))
        counts[record_type] = len(ids)
    return counts
