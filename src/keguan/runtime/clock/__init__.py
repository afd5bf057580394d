"""The only source of "now". Everything that asks the time asks here, so that tests and scenarios can hold it still, and
a drill (演练) can run ahead of it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from keguan.runtime.clock.offset import ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class _Hold:
    """The held moment. One per process rather than one per thread: a test's live server sees the test's time."""

    at: datetime | None = None


_hold = _Hold()


def now() -> datetime:
    """The present moment, aware, in UTC: the held one, else the machine's, ahead of it by the drill's offset."""
    if _hold.at is not None:
        return _hold.at
    return machine_now() + ahead() if settings.DRILL else machine_now()


def machine_now() -> datetime:
    """The machine's moment, neither held nor drilled: for what runs by the machine's time, such as the queue."""
    return datetime.now(UTC)


def held() -> bool:
    """Whether the clock is held still in this process."""
    return _hold.at is not None


def today() -> date:
    """The present calendar day in the company's time zone (``settings.TIME_ZONE``)."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment as the company's clocks show it. Raises ``ValueError`` for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be placed")
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


@contextmanager
def hold(at: datetime) -> Iterator[None]:
    """Hold the clock at ``at`` inside the block (tests, scenarios). Raises ``ValueError`` when ``at`` has no zone."""
    if at.tzinfo is None:
        raise ValueError("the clock is held at a moment with a time zone")
    before, _hold.at = _hold.at, at.astimezone(UTC)
    try:
        yield
    finally:
        _hold.at = before


def advance(delta: timedelta) -> datetime:
    """Move a held clock on by ``delta`` and return the new moment. Raises ``RuntimeError`` when it is not held."""
    if _hold.at is None:
        raise RuntimeError("only a held clock can be advanced")
    _hold.at += delta
    return _hold.at
