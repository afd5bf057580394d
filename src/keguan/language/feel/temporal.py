"""Dates, times, moments and durations as ISO writes them: what stands in ``@"…"`` and ``duration("…")``."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}")
_DAYS = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,9})D)?(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,12})S)?)?"
)
_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,6})Y)?(?:([0-9]{1,7})M)?")


def parse_date(text: str) -> date | None:
    """The day written as ``2026-01-31``, or None when it is not one."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """The time of day written as ``09:30:00`` (without a zone, to the second), or None."""
    if _TIME.fullmatch(text) is None:
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """The moment written as ``2026-01-31T09:30:00``, or as a day alone (its midnight), or None."""
    written, mark, clock = text.partition("T")
    day = parse_date(written)
    at = parse_time(clock) if mark else time()
    return None if day is None or at is None else datetime.combine(day, at)


def parse_seconds(text: str) -> int | None:
    """The seconds of a days and time duration written as ``P1DT2H3M4S``, or None."""
    found = _DAYS.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(group or 0) for group in found.groups()[1:])
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return -total if found.group(1) else total


def parse_months(text: str) -> int | None:
    """The months of a years and months duration written as ``P1Y6M``, or None."""
    found = _MONTHS.fullmatch(text)
    if found is None:
        return None
    total = int(found.group(2) or 0) * 12 + int(found.group(3) or 0)
    return -total if found.group(1) else total


def show_seconds(seconds: int) -> str:
    """A number of seconds as FEEL writes a days and time duration: ``P3D``, ``PT24H`` is ``P1D``, ``PT0S``."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = "".join(f"{amount}{unit}" for amount, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if amount)
    body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-P" if seconds < 0 else "P") + (body or "T0S")


def show_months(months: int) -> str:
    """A number of months as FEEL writes a years and months duration: ``P1Y6M``, ``P0M``."""
    years, rest = divmod(abs(months), 12)
    body = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-P" if months < 0 else "P") + (body or "0M")
