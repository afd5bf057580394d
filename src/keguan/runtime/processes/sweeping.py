"""What happens to cases by itself when its time has come. Only what is due is read, by the index on ``next_at``."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import overdue, timing
from keguan.runtime.processes.models import Case, CaseState, Task
from keguan.runtime.processes.standing import Happened, announced, keep, standing
from keguan.runtime.processes.together import Writes, standings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event
    from keguan.runtime.processes.standing import Standing

_log = logging.getLogger(__name__)

MOST = 1000
"""Cases that one sweep looks at; the next takes the others."""

_NEXT = (
    "SELECT min(at) FROM (SELECT min(next_at) AS at FROM processes_task WHERE next_at IS NOT NULL "
    "UNION ALL SELECT min(next_at) FROM processes_case WHERE next_at IS NOT NULL) AS soonest"
)

BATCH = 100
"""Cases that are moved in one transaction: whoever wants to move one of them meanwhile waits for so many."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: moves by kind, and the cases it looked at."""

    cases: int
    moves: dict[str, int]


def sweep(limit: int = MOST) -> Swept:
    """Make the moves that are due by now, on at most so many cases, the longest due first.

    Some cases at a time, in one transaction: killed anywhere and run again, every move is made once. Where the moves of
    one fail, those beside it are made one by one, and it is left as it is for the next sweep. Two queries, for every
    ``BATCH`` cases some twenty more, and for a case what its moves take beyond reminding and being late.
    """
    counts: Counter[str] = Counter()
    cases, known = due(limit), dict[object, Any]()
    with policies.pinned(), calendars.pinned():
        for first in range(0, len(cases), BATCH):
            some = cases[first : first + BATCH]
            try:
                counts.update(MoveManyByClock(case_ids=some, known=known).run())
            except Exception:  # noqa: BLE001 - one damaged case must not hold up the others
                counts.update(_one_by_one(some))
            else:
                counts.update(_one_by_one(_within(some)))
    return Swept(len(cases), dict(counts))


def _one_by_one(case_ids: Iterable[int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for case_id in case_ids:
        try:
            counts.update(MoveByClock(case_id=case_id).run())
        except Exception:  # noqa: BLE001 - as above
            _log.exception("a case could not be moved by the clock", extra={"facts": {"case": case_id}})
    return counts


def _within(case_ids: Iterable[int]) -> tuple[int, ...]:
    """Those of them that are sub-cases: they are locked after the cases they belong to, each for itself."""
    found = Case.objects.filter(pk__in=set(case_ids), parent_task__isnull=False)
    return tuple(found.values_list("id", flat=True))


def every_minute() -> None:
    """What the worker calls: as many sweeps as it takes, until nothing is due that can be moved. One query when nothing
    is due.
    """
    at = next_moment()
    if at is None or at > clock.now():
        return
    done = sweep()
    while done.cases == MOST and done.moves:
        done = sweep()


def due(limit: int) -> tuple[int, ...]:
    """The cases on which something is due by now, the longest due first. Two queries."""
    now = clock.now()
    tasks = Task.objects.filter(next_at__lte=now).order_by("next_at").values_list("next_at", "case_id")[:limit]
    cases = Case.objects.filter(next_at__lte=now).order_by("next_at").values_list("next_at", "id")[:limit]
    return tuple(dict.fromkeys(case_id for _, case_id in sorted((*tasks, *cases))))[:limit]


def next_moment() -> datetime | None:
    """When something happens to any case by itself next; None when nothing will. One query, of two indexes."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        found = cursor.fetchone()[0]
    return datetime.fromisoformat(found).replace(tzinfo=UTC) if isinstance(found, str) else found


@dataclass(frozen=True, kw_only=True)
class _ByClock(Action[list[str]]):
    name: ClassVar[str] = "cases.clock"
    actor: Actor = SYSTEM
    _happened: Happened = field(default_factory=Happened, init=False, repr=False, compare=False)

    def log(self, result: list[str]) -> Iterable[Record]:
        """One entry for every move."""
        del result
        return self._happened.records

    def announce(self, result: list[str]) -> Iterable[Event]:
        """Tell people, then what happened."""
        del result
        return announced(self._happened)


@dataclass(frozen=True, kw_only=True)
class MoveByClock(_ByClock):
    """Make the moves that are due on one case by now, in the system's name. Gives their kinds; none when another
    process was quicker.
    """

    case_id: int

    def do(self) -> list[str]:
        """As ``moves_due``."""
        return moves_due(standing(self.case_id, happened=self._happened))


@dataclass(frozen=True, kw_only=True)
class MoveManyByClock(_ByClock):
    """As ``MoveByClock`` on several cases, read and written together. Sub-cases are left out, and so are cases that
    somebody holds right now. ``known`` is what a sweep has asked about the company so far.
    """

    case_ids: tuple[int, ...]
    known: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def do(self) -> list[str]:
        """As ``moves_due``, on each."""
        writes = self._happened.writes = Writes()
        self._happened.lookups = self.known
        made = [kind for held in standings(self.case_ids, self._happened) for kind in moves_due(held)]
        self._happened.writes = None
        writes.store()
        return made


def moves_due(held: Standing) -> list[str]:
    """Make what is due on a case by now: steps first, the whole case last; a step that was decided takes the case on
    before the next is looked at. Gives the kinds of the moves.
    """
    case = held.case
    if case.state == CaseState.OPEN:
        timing.settle(held)
    made: list[str] = []
    for task in held.alive:
        if task.next_at is not None and task.next_at <= held.now:
            made += overdue.step_moves(held, task)
    if case.next_at is not None and case.next_at <= held.now:
        made += overdue.case_moves(held)
        keep(held)
    return made
