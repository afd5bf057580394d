"""What the clock does to duties: reads only those at which something is due by now.

May be killed at any line and run by two at once: what is done to a duty is counted on it in the transaction that does
it, so that each thing happens once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from time import monotonic
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Min

from keguan.runtime import clock
from keguan.runtime.access.viewer import Place
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.events import DutyOverdue
from keguan.runtime.duties.judging import extra_columns
from keguan.runtime.duties.lines import line_of
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.moves import Doing, moves
from keguan.runtime.duties.parties import Seating, answerable
from keguan.runtime.duties.persons import persons_of
from keguan.runtime.duties.telling import escalated, overdue, reminder, vacant
from keguan.runtime.ledger import events
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.calculators.working_time.calendar import Calendar
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.moves import Move
    from keguan.runtime.notifications.actions import Notice
    from keguan.runtime.policies.queries import Current

LIMIT = 1_000
MOST_SECONDS = 50
"""A minute's sweep goes on until nothing is due, or so long."""

TOGETHER = 20
"""So many duties share a transaction: beginning and ending one takes longer than what is done to a duty."""

PUT_OFF = timedelta(hours=1)

_log = logging.getLogger(__name__)

_CLAIM = (
    "UPDATE duties_duty SET moves_done = %s, next_at = %s, late = %s "
    "WHERE id = %s AND state = %s AND moves_done = %s AND publication_id = %s"
)


@dataclass(slots=True)
class Swept:
    """How many duties were reminded of, became late and were told to those above."""

    reminded: int = 0
    overdue: int = 0
    escalated: int = 0

    @property
    def done(self) -> int:
        """How many things were done."""
        return self.reminded + self.overdue + self.escalated

    def add(self, other: Swept) -> None:
        """Count another's as well."""
        self.reminded += other.reminded
        self.overdue += other.overdue
        self.escalated += other.escalated


@dataclass(slots=True)
class _Happened:
    """What comes of the moves of one duty: whom to tell, what to write down, what to announce."""

    notices: list[Notice] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    events: list[DutyOverdue] = field(default_factory=list)


@dataclass(slots=True)
class _Look:
    """What one sweep looks up once."""

    calendar: Calendar
    now: datetime = field(default_factory=clock.now)
    seating: Seating = field(default_factory=Seating)
    policies: dict[int, Current] = field(default_factory=dict)
    moves: dict[tuple[int, str, int, datetime], tuple[Line, tuple[Move, ...]]] = field(default_factory=dict)

    def of(self, duty: Duty) -> tuple[Line, tuple[Move, ...]]:
        """The row of a duty under its publication, and everything the clock does to it."""
        key = (duty.publication_id, duty.duty, duty.row, duty.due_at)
        if key not in self.moves:
            line = line_of(self.policy(duty).model, duty.duty, duty.row)
            self.moves[key] = (line, moves(line.obligation, duty.due_at, self.calendar))
        return self.moves[key]

    def policy(self, duty: Duty) -> Current:
        """The policy under which a duty was made."""
        if duty.publication_id not in self.policies:
            self.policies[duty.publication_id] = policies.at(duty.publication_id)
        return self.policies[duty.publication_id]


def sweep(limit: int = LIMIT) -> Swept:
    """Do what is due by now to at most ``limit`` duties, the longest due first. Reads nothing else."""
    swept = Swept()
    with policies.pinned(), calendars.pinned():
        look = _Look(calendars.company_calendar())
        rows = Duty.objects.filter(next_at__lte=clock.now()).order_by("next_at", "id")
        due = list(rows.prefetch_related("further")[:limit])
        for first in range(0, len(due), TOGETHER):
            for move in _done(due[first : first + TOGETHER], look):
                swept.reminded += move.doing is Doing.REMIND
                swept.overdue += move.doing is Doing.OVERDUE
                swept.escalated += move.doing is Doing.ESCALATE
    return swept


def sweep_all() -> Swept:
    """Sweep until nothing is due any more, or for ``MOST_SECONDS``. Called every minute by the worker; one query when
    nothing is due.
    """
    begun, swept = monotonic(), Swept()
    at = next_moment()
    while at is not None and at <= clock.now() and monotonic() - begun < MOST_SECONDS:
        some = sweep()
        swept.add(some)
        if not some.done:
            break
    return swept


def next_moment() -> datetime | None:
    """When something happens to any duty by itself next; None when nothing will. One query."""
    found: datetime | None = Duty.objects.filter(next_at__isnull=False).aggregate(at=Min("next_at"))["at"]
    return found


def _done(duties: list[Duty], look: _Look) -> list[Move]:
    """Do what is due to some duties. One that cannot be done does not hold the others up: it is put off for an hour."""
    try:
        return _together(duties, look)
    except Exception:  # noqa: BLE001 - whatever is wrong with one duty, the others are done
        if len(duties) > 1:
            return [move for duty in duties for move in _done([duty], look)]
        (duty,) = duties
        _log.exception("a duty could not be swept", extra={"facts": {"duty": duty.pk}})
        Duty.objects.filter(pk=duty.pk, next_at=duty.next_at).update(next_at=clock.now() + PUT_OFF)
        return []


def _together(duties: list[Duty], look: _Look) -> list[Move]:
    """Do everything that is due by now to these duties, in one transaction. Gives what was done."""
    moves_made: list[Move] = []
    happened = _Happened()
    with transaction.atomic():
        for duty in duties:
            line, every = look.of(duty)
            due = tuple(takewhile(_by(look.now), every[duty.moves_done :]))
            if not _claim(duty, due, every):
                continue  # somebody else was quicker, or it is not open any more
            for number, move in enumerate(due, start=duty.moves_done + 1):
                _do(duty, line, move, number, look, happened)
            moves_made += due
        notifications.tell(happened.notices)
        append(SYSTEM, happened.records)
        for event in happened.events:
            events.announce(event)
    return moves_made


def _by(now: datetime) -> Callable[[Move], bool]:
    return lambda move: move.at <= now


def _claim(duty: Duty, due: tuple[Move, ...], every: tuple[Move, ...]) -> bool:
    """Count the moves on the duty: True for exactly one of all who try.

    There may be none: the calendar has changed since the duty was made, and what was near is further away now.
    """
    following = duty.moves_done + len(due)
    at = every[following].at if following < len(every) else None
    late = duty.late or any(move.doing is Doing.OVERDUE for move in due)
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:  # by hand: made by Django, the statement takes longer than all the rest
        cursor.execute(
            _CLAIM,
            [following, adapt(at), late, duty.pk, DutyState.OPEN.value, duty.moves_done, duty.publication_id],
        )
        return bool(cursor.rowcount == 1)


def _do(duty: Duty, line: Line, move: Move, number: int, look: _Look, happened: _Happened) -> None:
    """What comes of one move, the so-manieth of the duty."""
    holders = answerable(duty, look.seating)
    match move.doing:
        case Doing.REMIND:
            happened.notices += _or_vacant(duty, look, reminder(duty, holders, look.seating))
        case Doing.OVERDUE:
            happened.notices += _or_vacant(duty, look, overdue(duty, holders, look.seating))
            happened.records.append(_entry(duty, "duties.overdue", holders=sorted(holders)))
            happened.events.append(
                DutyOverdue(duty.pk, duty.duty, duty.record_type, duty.record_id, holders, line.obligation.consequence)
            )
        case Doing.ESCALATE:
            model = look.policy(duty).model
            persons = persons_of(model, line, duty.record_id) if extra_columns(model, line) else {}
            place = Place(duty.owner_id, duty.unit_id)
            people = look.seating.people(move.party, place, persons) if move.party else frozenset()
            role = model.roles[duty.role].label.zh if duty.role in model.roles else ""
            happened.notices += escalated(duty, line, role, people, number, look.seating)
            happened.records.append(_entry(duty, "duties.escalate", to=sorted(people)))


def _or_vacant(duty: Duty, look: _Look, notices: list[Notice]) -> list[Notice]:
    """Where nobody is there to be told, the head of the unit is told so."""
    if notices:
        return notices
    head = look.seating.head(duty.unit_id)
    return [] if head is None else [vacant(duty, head)]


def _entry(duty: Duty, action: str, **facts: object) -> Record:
    about = {"duty": duty.duty, "record": [duty.record_type, duty.record_id], "due": duty.due_at.isoformat()}
    return Record(action, "duty", duty.pk, duty.clause, about | facts)
