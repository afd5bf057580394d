"""Which time it is that something is owed: the period or the event, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.duty import TriggerKind
from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars

if TYPE_CHECKING:
    from datetime import date, datetime

    from keguan.calculators.working_time.calendar import Calendar
    from keguan.language.model.duty import Obligation
    from keguan.language.model.timing import Deadline

CREATED = "created"
"""The slot of what is owed because its own record is new."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time. Evidence of the days from ``start`` to ``end`` (None: without end) counts; ``times`` are needed."""

    slot: str
    start: date
    end: date | None
    due: datetime
    times: int = 1


def of_period(obligation: Obligation, day: date, calendar: Calendar) -> Occasion:
    """The period of a row's frequency that a day falls into. Raises ``ValueError`` for a row without one.

    A row that says only how often at most is owed no times: whoever asks leaves it out.
    """
    if obligation.frequency is None:
        raise ValueError("this row has no frequency")
    slot = calendars.slots(obligation.frequency, day, calendar)
    return Occasion(slot.start.isoformat(), slot.start, slot.end, slot.due, slot.times)


def of_event(obligation: Obligation, slot: str, at: datetime, calendar: Calendar) -> Occasion:
    """What an event at this moment brings."""
    due = calendars.due(_deadline(obligation), at, calendar)
    return Occasion(slot, clock.local(at).date(), None, due)


def of_date(obligation: Obligation, day: date, calendar: Calendar) -> Occasion:
    """What the day in a date field brings. Evidence counts from that day, or, when it is due before it, from the
    reminder, or as long before it is due as it is due before the day.
    """
    deadline = _deadline(obligation)
    due = calendars.due_from_day(deadline, day, calendar)
    start = day
    if due < calendars.due_from_day(type(deadline)(""), day, calendar):
        ahead = obligation.remind or deadline.length
        before = due if ahead is None else calendars.before(ahead, due, calendar)
        start = min(day, clock.local(before).date())
    return Occasion(day.isoformat(), start, None, due)


def is_date(obligation: Obligation) -> bool:
    """Whether a day starts the clock of the row: of a date field, or on which the record is kept no longer."""
    return obligation.trigger is not None and obligation.trigger.kind in (TriggerKind.DATE, TriggerKind.KEPT)


def is_kept(obligation: Obligation) -> bool:
    """Whether that day is the one on which the record is kept no longer."""
    return obligation.trigger is not None and obligation.trigger.kind is TriggerKind.KEPT


def is_created(obligation: Obligation) -> bool:
    """Whether the row is owed because its own record is new."""
    trigger = obligation.trigger
    return trigger is not None and trigger.kind is TriggerKind.CREATED and trigger.child is None


def is_changed(obligation: Obligation) -> bool:
    """Whether the row is owed because its record changes."""
    return obligation.trigger is not None and obligation.trigger.kind is TriggerKind.CHANGED


def _deadline(obligation: Obligation) -> Deadline:
    if obligation.deadline is None:
        raise ValueError("this row has no deadline")
    return obligation.deadline
