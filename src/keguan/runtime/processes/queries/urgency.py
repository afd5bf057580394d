"""How urgent something is: late, soon due, on time, or with its clock stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, Q

from keguan.language.model.timing import Length, Unit
from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keguan.language.model.timing import Deadline
    from keguan.runtime.calendars.queries import Settled
    from keguan.runtime.processes.models import Share

_SOON = Length(1, Unit.WORKING_DAY)
_QUARTER = 4
"""Soon due is also what has a quarter of its time left."""


class Urgency(StrEnum):
    """How something stands to its due moment. It never stands on a screen as a colour alone."""

    LATE = "late"
    SOON = "soon"
    ON_TIME = "on_time"
    PAUSED = "paused"
    NONE = "none"  # nothing is due
    OVER = "over"  # it is done


@dataclass(frozen=True, slots=True)
class Horizon:
    """Now, and until when something counts as soon due: one working day on; and which years' days off are settled."""

    now: datetime
    until: datetime
    settled: Settled

    def of(
        self, due: datetime | None, since: datetime | None, *, paused_at: datetime | None = None, over: bool = False
    ) -> Urgency:
        """The urgency of what began at ``since`` and is due at ``due``; what was late before a pause stays so."""
        if over:
            return Urgency.OVER
        if due is not None and due <= (paused_at or self.now):
            return Urgency.LATE
        if paused_at is not None:
            return Urgency.PAUSED
        if due is None:
            return Urgency.NONE
        nearly = since is not None and _QUARTER * (due - self.now) <= due - since
        return Urgency.SOON if due <= self.until or nearly else Urgency.ON_TIME

    def provisional(self, due: datetime | None, since: datetime | None, deadline: Deadline | None) -> int:
        """The year whose days off are not settled and on which a due moment rests (暂定); 0 for none. ``deadline`` is
        the policy's; None: it was set by somebody.
        """
        if deadline is None or not calendars.rests_on_days_off(deadline):
            return 0
        return self.settled.provisional(due, since)

    def late(self, shares: QuerySet[Share]) -> QuerySet[Share]:
        """Of the shares those that are late, as ``of`` says."""
        stopped = Q(case__paused_at=None) | Q(due_at__lte=F("case__paused_at"))
        return shares.filter(stopped, due_at__lte=self.now)

    def soon(self, shares: QuerySet[Share]) -> QuerySet[Share]:
        """Of the shares those that are soon due, as ``of`` says. Works on a person's shares, not on all there are."""
        text = connection.ops.adapt_datetimefield_value
        if connection.vendor == "sqlite":
            left = "julianday(processes_share.due_at) - julianday(%s)"
            whole = "julianday(processes_share.due_at) - julianday(processes_share.opened_at)"
        else:
            left, whole = "processes_share.due_at - %s", "processes_share.due_at - processes_share.opened_at"
        nearly = f"(processes_share.due_at <= %s OR {_QUARTER} * ({left}) <= ({whole}))"
        running = shares.filter(case__paused_at=None, due_at__gt=self.now)
        return running.extra(where=[nearly], params=[text(self.until), text(self.now)])  # noqa: S610 - values are bound


def horizon() -> Horizon:
    """The horizon of now. One query for the calendar, none when it is pinned."""
    now, found = clock.now(), calendars.standing()
    return Horizon(now, calendars.after(_SOON, now, found.calendar), calendars.Settled(found.confirmed))


def gone(since: datetime, due: datetime | None, now: datetime) -> int | None:
    """How much of the time has gone, in whole percent: 100 and more when it is late. None where nothing is due."""
    if due is None:
        return None
    whole, part = due - since, now - since
    if whole <= timedelta(0):
        return 100
    return max(0, int(part * 100 / whole))
