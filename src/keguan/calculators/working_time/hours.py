"""Business hours of one day: stretches of minutes after midnight, as data and as people write them."""

from __future__ import annotations

import re

Hours = tuple[tuple[int, int], ...]
"""Stretches from a minute to a minute after midnight, in order, none touching another; empty on a day off."""

MINUTES = 24 * 60
_STRETCH = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})\s*(?:-|–|—|~|～|至|到)\s*([0-9]{1,2})[:：]([0-9]{2})")
_BETWEEN = re.compile(r"[\s,，、;；]+")


def read_hours(text: str) -> Hours:
    """``09:00-12:00, 13:30-18:00`` as minutes; an empty text is a day without hours.

    Raises ``ValueError`` for what is no such list, ends before it begins, overlaps, or reaches past 24:00.
    """
    found, place = [], 0
    for stretch in _STRETCH.finditer(text):
        if _BETWEEN.sub("", text[place : stretch.start()]):
            raise ValueError(f"{text!r} is not a list of hours")
        begin, end = (int(stretch[n]) * 60 + int(stretch[n + 1]) for n in (1, 3))
        if int(stretch[2]) >= 60 or int(stretch[4]) >= 60:
            raise ValueError(f"{stretch[0]!r} has a minute that no hour has")
        found.append((begin, end))
        place = stretch.end()
    if _BETWEEN.sub("", text[place:]):
        raise ValueError(f"{text!r} is not a list of hours")
    return checked(tuple(found))


def checked(hours: Hours) -> Hours:
    """The hours with touching stretches joined. Raises ``ValueError`` unless they are in order and within one day."""
    joined: list[tuple[int, int]] = []
    for begin, end in hours:
        if not (joined[-1][1] if joined else 0) <= begin < end <= MINUTES:
            raise ValueError(f"{show_hours(hours)} is not in order within one day")
        if joined and joined[-1][1] == begin:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def show_hours(hours: Hours) -> str:
    """``09:00-12:00, 13:30-18:00``; empty for no hours."""
    return ", ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in hours)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
