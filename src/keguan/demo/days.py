"""The days of the demo company. Each is one transaction and ends with an entry in the ledger: whoever is stopped in
between goes on with the next one, because how far it came is in the data.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from keguan.runtime import clock
from keguan.runtime.clock import drill
from keguan.runtime.ledger.actions import SYSTEM, Action, Record
from keguan.runtime.ledger.queries import EntryFilters, entries_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EVENING = 20
"""The hour at which a day of the company ends: the office has gone home."""

_STEP = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that has passed: which part of the demo it belongs to, its number there, the date, and when it ended."""

    part: str
    number: int
    on: date
    ended: datetime


@dataclass(frozen=True, kw_only=True)
class _Passed(Action[None]):
    name: ClassVar[str] = "demo.day"
    part: str
    number: int

    def do(self) -> None:
        """Nothing but to say so."""

    def log(self, result: None) -> Iterable[Record]:
        """Which day of which part."""
        return [Record(self.name, "demo", data={"part": self.part, "number": self.number, "on": clock.today()})]


def last(part: str) -> Day | None:
    """The last day of a part that has passed; None for none."""
    return next((each for each in _passed() if each.part == part), None)


def find(part: str, number: int) -> Day:
    """The day with this number. Raises ``StopIteration`` for one that has not passed."""
    return next(each for each in _passed() if (each.part, each.number) == (part, number))


def _passed() -> Iterator[Day]:
    """The days that have passed, newest first."""
    after: int | None = None
    while True:
        page = entries_page(after, EntryFilters(action=_Passed.name))
        for each in page.entries:
            yield Day(each.data["part"], int(each.data["number"]), date.fromisoformat(each.data["on"]), each.at)
        if page.next is None:
            return
        after = page.next


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the company's clocks, aware, in UTC."""
    return datetime.combine(on, time(hour, minute), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def evening(on: date) -> datetime:
    """When a day ends."""
    return at(on, _EVENING)


@contextmanager
def day(part: str, number: int, begins: datetime) -> Iterator[None]:
    """A day in which the clock is held and goes only where it is told to: all of it happens, or none.

    It begins the evening before, so that the night passes too.
    """
    with clock.hold(begins), transaction.atomic():
        yield
        _Passed(actor=SYSTEM, part=part, number=number).run()


def dawn(moment: datetime) -> None:
    """Let the time until a moment pass, and have happen what happens on every new day."""
    until(moment)
    drill.advance(clock.now())


def until(moment: datetime) -> None:
    """Let the time until a moment pass, with all that falls due on the way; nothing where it has passed already.

    What waits for no moment, but for a new day, is not asked again and again: that is what makes a month pass quickly.
    """
    while clock.now() < moment:
        due = _next_due()
        if due is None or due > moment:
            clock.advance(moment - clock.now())
            return
        drill.advance(max(due, clock.now()), _STEP)
        if due <= clock.now() and _next_due() == due:  # it cannot be done now, and must not stop the others
            clock.advance(min(_A_MINUTE, moment - clock.now()))


def _next_due() -> datetime | None:
    """When something next falls due by itself."""
    due = (each.next_due() for each in drill.sweeps() if each.next_due is not None)
    return min((moment for moment in due if moment is not None), default=None)


def let_all_know(moment: datetime) -> None:
    """Set the drill's clock to a moment up to which everything has happened, for every process of this home."""
    drill.advance(max(moment, clock.now()), _STEP)


def pause(minutes: int) -> None:
    """Let some minutes pass between one deed and the next."""
    clock.advance(timedelta(minutes=minutes))
