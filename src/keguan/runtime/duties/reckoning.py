"""A changed calendar moves what is due by it: open duties are reckoned again, each once, by a job that may be killed at
any line and run again. What was reckoned already comes out the same and is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from keguan.runtime.calendars import queries as calendars
from keguan.runtime.calendars.span import Span
from keguan.runtime.duties.lines import line_of
from keguan.runtime.duties.models import Duty, DutyState, Further
from keguan.runtime.duties.moves import next_at
from keguan.runtime.duties.occasions import CREATED, is_date, of_date, of_event, of_period
from keguan.runtime.jobs.actions import Cancelled, enqueue
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from keguan.calculators.working_time.calendar import Calendar
    from keguan.language.model.model import Model
    from keguan.runtime.calendars.events import CalendarChanged
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.policies.queries import Current

JOB = "duties.reckon"

BATCH = 1_000
"""Duties that are looked at in one transaction."""

_SAME = timedelta(minutes=1)
"""What differs by less is the same moment: of some events the day and the minute are known, not the second."""


def calendar_changed(event: CalendarChanged) -> None:
    """Put the job in the queue, where anything is owed. Inside the transaction of the change."""
    if Duty.objects.filter(state=DutyState.OPEN).exists():
        enqueue(JOB, {"version": event.version, **Span(event.since, event.until).arguments()})


def work(version: int, span: Span, step: Callable[[int, int], None], stop: Callable[[], bool]) -> int:
    """Reckon again when the open duties are due whose time touches these days; what is late already stays so. Gives how
    many moved. Raises ``Cancelled`` when asked to stop.
    """
    last, looked, count = 0, 0, 0
    with policies.pinned(), calendars.pinned():
        look = _Look(calendars.company_calendar(), version)
        while some := list(concerned(span).filter(pk__gt=last).order_by("id")[:BATCH]):
            if stop():
                raise Cancelled
            count += _together(some, look)
            last, looked = some[-1].pk, looked + len(some)
            step(looked, looked + BATCH * (len(some) == BATCH))
    return count


def concerned(span: Span) -> QuerySet[Duty]:
    """The open duties, not late yet, that began by the last of these days and are due on the first or later."""
    found = Duty.objects.filter(state=DutyState.OPEN, late=False)
    if span.start is not None:
        found = found.filter(due_at__gte=span.start)
    if span.until is not None:
        found = found.filter(period_start__lte=span.until)
    return found


@dataclass(slots=True)
class _Look:
    """What is looked up once for all duties."""

    calendar: Calendar
    version: int
    policies: dict[int, Current] = field(default_factory=dict)
    dues: dict[tuple[int, str, int, object], datetime] = field(default_factory=dict)

    def line(self, duty: Duty) -> Line:
        """The row of a duty under its publication."""
        return line_of(self.model(duty), duty.duty, duty.row)

    def model(self, duty: Duty) -> Model:
        """The policy under which a duty was made."""
        if duty.publication_id not in self.policies:
            self.policies[duty.publication_id] = policies.at(duty.publication_id)
        return self.policies[duty.publication_id].model

    def due(self, duty: Duty, line: Line, begun: datetime) -> datetime:
        """When the duty is due by the calendar as it is."""
        obligation = line.obligation
        occasion: object = begun if obligation.trigger is not None and not is_date(obligation) else duty.slot
        key = (duty.publication_id, duty.duty, duty.row, occasion)
        if key not in self.dues:
            if obligation.frequency is not None:
                found = of_period(obligation, duty.period_start, self.calendar)
            elif is_date(obligation):
                found = of_date(obligation, date.fromisoformat(duty.slot), self.calendar)
            else:
                found = of_event(obligation, duty.slot, begun, self.calendar)
            self.dues[key] = found.due
        return self.dues[key]


def _together(duties: list[Duty], look: _Look) -> int:
    """Reckon these again in one transaction. Gives how many moved."""
    lines = {duty.pk: look.line(duty) for duty in duties}
    begun = _begun(duties, lines)
    records, moved, others = [], list[Duty](), list[Duty]()
    for duty in duties:
        line, before = lines[duty.pk], duty.due_at
        due = look.due(duty, line, begun[duty.pk])
        if abs(due - before) >= _SAME:
            duty.due_at = due
            moved.append(duty)
            facts = {"before": before.isoformat(), "after": due.isoformat(), "calendar": look.version}
            records.append(Record("duties.reckon", "duty", duty.pk, duty.clause, _about(duty) | facts))
        at = next_at(line.obligation, duty.due_at, duty.moves_done, look.calendar)
        if at != duty.next_at:
            duty.next_at = at
            others.append(duty)
    with transaction.atomic():
        kept = {duty.pk for duty in {*moved, *others} if _stored(duty)}
        moved = [duty for duty in moved if duty.pk in kept]
        for due_at, ids in _by_due(moved).items():
            Further.objects.filter(duty_id__in=ids).update(due_at=due_at)
        append(SYSTEM, [record for record in records if record.subject_id in kept])
    return len(moved)


def _stored(duty: Duty) -> bool:
    """Whether the duty was still as it had been read: another process may have dealt with it meanwhile."""
    as_read = Duty.objects.filter(pk=duty.pk, state=DutyState.OPEN, moves_done=duty.moves_done, late=False)
    return bool(as_read.update(due_at=duty.due_at, next_at=duty.next_at))


def _begun(duties: list[Duty], lines: dict[int, Line]) -> dict[int, datetime]:
    """When the event happened of which each is owed: when its record, or the child that brought it, was filed; of other
    events when it was made. One query for each kind of record.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    which: dict[int, tuple[str, int]] = {}
    for duty in duties:
        trigger = lines[duty.pk].obligation.trigger
        child, _colon, child_id = duty.slot.partition(":")
        if duty.slot == CREATED:
            which[duty.pk] = (duty.record_type, duty.record_id)
        elif trigger is not None and trigger.child == child and child_id.isdigit():
            which[duty.pk] = (child, int(child_id))
        if duty.pk in which:
            wanted[which[duty.pk][0]].add(which[duty.pk][1])
    model = policies.current().model
    filed = {
        (code, record_id): at
        for code, ids in wanted.items()
        if code in model.record_types
        for record_id, at in rows_of(model, code).filter(id__in=ids).values_list("id", "created_at")
    }
    return {duty.pk: filed.get(which.get(duty.pk, ("", 0)), duty.made_at) for duty in duties}


def _by_due(duties: Iterable[Duty]) -> dict[datetime, list[int]]:
    found: dict[datetime, list[int]] = defaultdict(list)
    for duty in duties:
        found[duty.due_at].append(duty.pk)
    return found


def _about(duty: Duty) -> dict[str, object]:
    return {"duty": duty.duty, "record": [duty.record_type, duty.record_id]}
