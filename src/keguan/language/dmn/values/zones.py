"""Time zones: an offset from UTC, or a name of the IANA database whose offset depends on the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from keguan.language.dmn.values.dates import Date

_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*", re.ASCII)
_WIDEST = 18 * 3600


@dataclass(frozen=True, slots=True)
class Zone:
    """Either an ``offset`` in seconds or a ``name``; the other one is None."""

    offset: int | None
    name: str | None = None

    def seconds(self, day: Date | None, second_of_day: int) -> int:
        """The offset in seconds at that local moment; a time without a day stands for one in January 2000."""
        if self.name is None:
            return self.offset or 0
        year, month, date = (2000, 1, 1) if day is None else (day.year, day.month, day.day)
        year = year if 1 <= year <= 9998 else year % 400 + 2000  # the calendar repeats every 400 years
        hour, rest = divmod(second_of_day, 3600)
        moment = datetime(year, month, date, hour, rest // 60, rest % 60, tzinfo=_zone(self.name))
        offset = moment.utcoffset()
        return 0 if offset is None else int(offset.total_seconds())

    def __str__(self) -> str:
        if self.name is not None:
            return f"@{self.name}"
        seconds = self.offset or 0
        if not seconds:
            return "Z"
        hours, rest = divmod(abs(seconds), 3600)
        last = f":{rest % 60:02}" if rest % 60 else ""
        return f"{'-' if seconds < 0 else '+'}{hours:02}:{rest // 60:02}{last}"


def offset_zone(seconds: int) -> Zone | None:
    """The zone with that offset, or None when it is more than 18 hours."""
    return Zone(seconds) if abs(seconds) <= _WIDEST else None


def parse_zone(text: str) -> Zone | None:
    """The zone written as ``Z``, ``+08:00`` or ``@Asia/Shanghai``, or None when there is none such."""
    if text == "Z":
        return Zone(0)
    if text.startswith("@"):
        return Zone(None, text[1:]) if _zone(text[1:]) is not None else None
    match = _OFFSET.fullmatch(text)
    if match is None or int(match.group(3)) > 59 or int(match.group(4) or 0) > 59:
        return None
    seconds = int(match.group(2)) * 3600 + int(match.group(3)) * 60 + int(match.group(4) or 0)
    return offset_zone(-seconds if match.group(1) == "-" else seconds)


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    if _NAME.fullmatch(name) is None:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not in the database; a folder of it
        return None
