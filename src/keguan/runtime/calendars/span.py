"""The days that a change of the calendar touches, as a job carries them and as moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included; None: without such limit."""

    since: date | None = None
    until: date | None = None

    @property
    def start(self) -> datetime | None:
        """The first moment of the first day on the company's clocks, in UTC."""
        return None if self.since is None else _midnight(self.since)

    @property
    def end(self) -> datetime | None:
        """The first moment after the last day."""
        return None if self.until is None else _midnight(self.until + timedelta(days=1))

    def arguments(self) -> dict[str, str | None]:
        """As a job's arguments."""
        days = {"since": self.since, "until": self.until}
        return {name: None if day is None else day.isoformat() for name, day in days.items()}


def span_of(arguments: Mapping[str, Any]) -> Span:
    """What ``Span.arguments`` was made of."""
    return Span(*(date.fromisoformat(day) if day else None for day in (arguments["since"], arguments["until"])))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)
