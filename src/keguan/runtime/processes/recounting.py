"""A changed calendar moves what is counted by it: open deadlines are reckoned again, each once, by a job that may be
killed at any line and run again. What was reckoned already comes out the same and is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q

from keguan.runtime.calendars import queries as calendars
from keguan.runtime.calendars.span import Span
from keguan.runtime.jobs.actions import Cancelled, enqueue
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import timing
from keguan.runtime.processes.models import Case, CaseState, Move, Pause, Task
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.standing import ALIVE, Happened, announced, moved, standing
from keguan.runtime.processes.together import standings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from keguan.language.model.timing import Deadline
    from keguan.runtime.calendars.events import CalendarChanged
    from keguan.runtime.ledger.events import Event
    from keguan.runtime.processes.standing import Standing

JOB = "cases.reckon"

BATCH = 100
"""Cases that are looked at in one transaction."""

_SAME = timedelta(seconds=1)
"""What differs by less is the same moment."""

_SET = (MoveKind.EXTEND, MoveKind.RECALL, MoveKind.MERGE, MoveKind.REOPEN)
"""Moves after which a deadline is not what the policy alone would make it; a reopened case counts from there."""


def calendar_changed(event: CalendarChanged) -> None:
    """Put the job in the queue, where any case is open. Inside the transaction of the change."""
    if Case.objects.filter(state=CaseState.OPEN).exists():
        enqueue(JOB, {"version": event.version, **Span(event.since, event.until).arguments()})


def work(version: int, span: Span, step: Callable[[int, int], None], stop: Callable[[], bool]) -> int:
    """Reckon again the deadlines of open cases whose time touches these days. Gives how many deadlines were moved.
    Raises ``Cancelled`` when asked to stop.
    """
    ids, count = concerned(span), 0
    with policies.pinned(), calendars.pinned():
        for first in range(0, len(ids), BATCH):
            if stop():
                raise Cancelled
            some = ids[first : first + BATCH]
            seen, done = Reckon(case_ids=some, version=version).run()
            count += done
            for case_id in some:  # sub-cases, and those that somebody held just then: each for itself
                if case_id not in seen:
                    count += Reckon(case_ids=(case_id,), version=version).run()[1]
            step(min(first + BATCH, len(ids)), len(ids))
    return count


def concerned(span: Span) -> tuple[int, ...]:
    """The open cases with a clock, running or standing, that had begun by the last of these days and has something to
    come on the first or later.
    """
    start, end = span.start, span.end
    steps = Task.objects.filter(state__in=ALIVE, case__state=CaseState.OPEN)
    cases = Case.objects.filter(state=CaseState.OPEN, due_at__isnull=False)
    if start is not None:
        steps = steps.filter(Q(due_at__gte=start) | Q(next_at__gte=start))
        cases = cases.filter(due_at__gte=start)
    if end is not None:
        steps, cases = steps.filter(began_at__lt=end), cases.filter(started_at__lt=end)
    found = set(steps.values_list("case_id", flat=True)) | set(cases.values_list("id", flat=True))
    return tuple(sorted(found))


@dataclass(frozen=True, kw_only=True)
class Reckon(Action[tuple[frozenset[int], int]]):
    """Reckon the deadlines of these open cases again: gives which were looked at, and how many deadlines moved. Of
    several, those that somebody holds right now and sub-cases are left out.
    """

    name: ClassVar[str] = "cases.reckon"
    actor: Actor = SYSTEM
    case_ids: tuple[int, ...]
    version: int
    _happened: Happened = field(default_factory=Happened, init=False, repr=False, compare=False)

    def do(self) -> tuple[frozenset[int], int]:
        """Set what has moved; what somebody set by hand stays."""
        if len(self.case_ids) > 1:
            held = standings(self.case_ids, self._happened)
        else:
            held = [standing(self.case_ids[0], happened=self._happened)]
        known = _Known(self.case_ids)
        done = sum(_again(each, known, self.version) for each in held if each.case.state == CaseState.OPEN)
        return frozenset(each.case.pk for each in held), done

    def log(self, result: tuple[frozenset[int], int]) -> Iterable[Record]:
        """One entry for every deadline that moved: from when to when, by which state of the calendar."""
        del result
        return self._happened.records

    def announce(self, result: tuple[frozenset[int], int]) -> Iterable[Event]:
        """Nothing but what happened."""
        del result
        return announced(self._happened)


class _Known:
    """What has happened to the clocks of some cases. Two queries."""

    def __init__(self, case_ids: Iterable[int]) -> None:
        self._pauses: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        for pause in Pause.objects.filter(case_id__in=case_ids).order_by("id"):
            if pause.until is not None:
                self._pauses[pause.case_id].append((pause.since, pause.until))
        self._set: set[tuple[int, int | None]] = set()
        self._reopened: dict[int, datetime] = {}
        moves = Move.objects.filter(case_id__in=case_ids, kind__in=_SET).order_by("id")
        for case_id, task_id, kind, at in moves.values_list("case_id", "task_id", "kind", "at"):
            if kind == MoveKind.REOPEN:
                self._reopened[case_id] = at
                self._set.discard((case_id, None))
            else:
                self._set.add((case_id, task_id))

    def due(self, case: Case, deadline: Deadline, since: datetime, task: Task | None, *, stands: bool) -> datetime:
        """When something is due by the calendar as it is; what was set by hand as it was set. ``stands``: pauses move
        it.
        """
        kept = case.due_at if task is None else task.due_at
        if kept is not None and (case.pk, None if task is None else task.pk) in self._set:
            return kept
        if task is None:
            since = self._reopened.get(case.pk, since)
        return timing.reckoned(deadline, since, self._pauses[case.pk] if stands else ())


def _again(held: Standing, known: _Known, version: int) -> int:
    """Bring the clocks of a case to the calendar. Gives how many deadlines have moved."""
    case, count = held.case, 0
    for task in held.alive:
        deadline = held.step(task).deadline
        if task.due_at is None or deadline is None:
            timing.look_again(held, task)
            continue
        due = known.due(case, deadline, task.began_at, task, stands=not timing.own_clock(held, task))
        if abs(due - task.due_at) < _SAME:
            timing.look_again(held, task)
            continue
        data = _facts(task.due_at, due, version)
        timing.set_due(held, task, due)
        moved(held, MoveKind.RECKON, None, task, data=data)
        count += 1
    total = held.process.total
    if total is not None and case.due_at is not None:
        due = known.due(case, total, case.started_at, None, stands=True)
        if abs(due - case.due_at) >= _SAME:
            data = _facts(case.due_at, due, version)
            timing.set_case_due(held, due)
            moved(held, MoveKind.RECKON, None, data=data)
            count += 1
    return count


def _facts(before: datetime, after: datetime, version: int) -> dict[str, object]:
    return {"before": before.isoformat(), "after": after.isoformat(), "calendar": version}
