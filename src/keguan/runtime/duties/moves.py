"""What the clock does to an open duty, and when: remind, note that it is late, and tell those above."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.runtime.calendars import queries as calendars

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.calculators.working_time.calendar import Calendar
    from keguan.language.model.actors import Party
    from keguan.language.model.duty import Obligation


class Doing(StrEnum):
    """What is done."""

    REMIND = "remind"
    OVERDUE = "overdue"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Move:
    """One thing the clock does at a moment; ``party`` is whom an escalation tells."""

    doing: Doing
    at: datetime
    party: Party | None = None


def moves(obligation: Obligation, due: datetime, calendar: Calendar) -> tuple[Move, ...]:
    """Everything that the clock does to a duty of this row that is due then, in order of time."""
    found = [Move(Doing.OVERDUE, due)]
    if obligation.remind is not None:
        found.insert(0, Move(Doing.REMIND, min(due, calendars.before(obligation.remind, due, calendar))))
    for each in obligation.escalations:
        at = due if each.after is None else calendars.after(each.after, due, calendar)
        found.append(Move(Doing.ESCALATE, max(due, at), each.party))
    return tuple(sorted(found, key=lambda move: move.at))


def next_at(obligation: Obligation, due: datetime, done: int, calendar: Calendar) -> datetime | None:
    """When the clock does the next thing, after ``done`` of them; None when there is nothing more."""
    every = moves(obligation, due, calendar)
    return every[done].at if done < len(every) else None
