"""Times of day and moments, to the nanosecond, with or without a zone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from keguan.language.dmn.values.dates import Date, from_days, parse_date
from keguan.language.dmn.values.zones import Zone, parse_zone

SECOND = 1_000_000_000
DAY = 86_400 * SECOND
"""Nanoseconds."""

_TIME = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9})[0-9]*)?(Z|[+-].*|@.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day: nanoseconds since midnight, less than a day."""

    nanoseconds: int
    zone: Zone | None = None

    @property
    def hour(self) -> int:
        """0 to 23."""
        return self.nanoseconds // (3600 * SECOND)

    @property
    def minute(self) -> int:
        """0 to 59."""
        return self.nanoseconds // (60 * SECOND) % 60

    @property
    def second(self) -> int:
        """0 to 59, without the fraction."""
        return self.nanoseconds // SECOND % 60

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC, or None without a zone."""
        return None if self.zone is None else self.zone.seconds(None, self.nanoseconds // SECOND)

    @property
    def position(self) -> int:
        """Nanoseconds since midnight UTC; of a time without a zone, since its own midnight."""
        return self.nanoseconds - (self.offset or 0) * SECOND

    def __str__(self) -> str:
        fraction = self.nanoseconds % SECOND
        tail = f".{fraction:09}".rstrip("0") if fraction else ""
        zone = "" if self.zone is None else str(self.zone)
        return f"{self.hour:02}:{self.minute:02}:{self.second:02}{tail}{zone}"


@dataclass(frozen=True, slots=True)
class DateTime:
    """A moment: a day and a time of it."""

    date: Date
    time: Time

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC on that day, or None without a zone."""
        zone = self.time.zone
        return None if zone is None else zone.seconds(self.date, self.time.nanoseconds // SECOND)

    @property
    def local(self) -> int:
        """Nanoseconds since 1970-01-01 by its own clock."""
        return self.date.days * DAY + self.time.nanoseconds

    @property
    def position(self) -> int:
        """Nanoseconds since 1970-01-01 UTC; of a moment without a zone, by its own clock."""
        return self.local - (self.offset or 0) * SECOND

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


MIDNIGHT = Time(0)


def time_of(hour: int, minute: int, second: int, nanosecond: int = 0, zone: Zone | None = None) -> Time | None:
    """The time of day, or None when there is none such."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60 and 0 <= nanosecond < SECOND):
        return None
    return Time(((hour * 60 + minute) * 60 + second) * SECOND + nanosecond, zone)


def moment_at(local: int, zone: Zone | None) -> DateTime | None:
    """The moment so many nanoseconds after 1970-01-01 by the zone's clock, or None beyond the last year."""
    days, rest = divmod(local, DAY)
    day = from_days(days)
    return None if day is None else DateTime(day, Time(rest, zone))


def parse_time(text: str) -> Time | None:
    """The time written as ``09:30:00``, perhaps with a fraction and a zone, or None."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    zone = parse_zone(match.group(5)) if match.group(5) else None
    if match.group(5) and zone is None:
        return None
    nanosecond = int((match.group(4) or "0").ljust(9, "0"))
    return time_of(int(match.group(1)), int(match.group(2)), int(match.group(3)), nanosecond, zone)


def parse_moment(text: str) -> DateTime | None:
    """The moment written as ``2026-01-31T09:30:00``; a day alone is its midnight. None when it is neither."""
    first, separator, second = text.partition("T")
    day = parse_date(first)
    time = parse_time(second) if separator else MIDNIGHT
    return None if day is None or time is None else DateTime(day, time)
