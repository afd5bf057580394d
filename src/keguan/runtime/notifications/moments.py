"""When something may go out: at once, with the next digest, and never while somebody wants quiet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from keguan.runtime.clock import local
from keguan.runtime.notifications.models import Digest

if TYPE_CHECKING:
    from keguan.runtime.notifications.models import QuietHours

DAILY = time(8, 30)
"""When the daily digest goes out, on the company's clocks."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours without messages, on the company's clocks. Where ``since`` is later than ``until`` they span midnight."""

    since: time
    until: time
    urgent_too: bool = False

    def after(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours that it falls into."""
        at = local(moment)
        clock = at.time()
        if self.since <= self.until:
            inside = self.since <= clock < self.until
        else:
            inside = clock >= self.since or clock < self.until
        if not inside:
            return moment
        ends = at.replace(hour=self.until.hour, minute=self.until.minute, second=0, microsecond=0)
        return (ends if ends > at else ends + timedelta(days=1)).astimezone(moment.tzinfo)


NIGHT = Quiet(time(22), time(7))
"""The quiet hours of those who chose none."""


def quiet_of(chosen: QuietHours | None) -> Quiet:
    """Somebody's quiet hours. Hours that begin when they end are none."""
    return NIGHT if chosen is None else Quiet(chosen.since, chosen.until, chosen.urgent_too)


def goes_out(now: datetime, digest: str, quiet: Quiet, *, urgent: bool) -> datetime:
    """When a notice of ``now`` goes out.

    What is urgent waits for no digest; it waits for the end of the quiet hours, unless the person wants to be told of
    what is urgent even then.
    """
    if urgent:
        return now if quiet.urgent_too else quiet.after(now)
    return quiet.after(_slot(now, digest))


def _slot(now: datetime, digest: str) -> datetime:
    """The next full hour, or the next 08:30; ``now`` for what goes out at once."""
    at = local(now)
    if digest == Digest.HOURLY:
        slot = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    elif digest == Digest.DAILY:
        slot = at.replace(hour=DAILY.hour, minute=DAILY.minute, second=0, microsecond=0)
        slot += timedelta(days=1) if slot <= at else timedelta()
    else:
        return now
    return slot.astimezone(now.tzinfo)
