"""What the ledger's page was asked for, from its address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import get_current_timezone

from keguan.runtime.ledger.queries import EntryFilters
from keguan.web.ledger.words import ACTIONS

if TYPE_CHECKING:
    from django.http import QueryDict

ASKED = ("text", "action", "actor", "type", "subject", "clause", "since", "until")
"""The filters in the address."""

_LONGEST = 160


def asked_for(query: QueryDict) -> dict[str, str]:
    """The filters as they were typed; the empty ones too."""
    return {name: query.get(name, "").strip()[:_LONGEST] for name in ASKED}


def filters(asked: dict[str, str]) -> EntryFilters:
    """What to look for. Nonsense filters nothing."""
    until = _day(asked["until"])
    return EntryFilters(
        actor_id=number(asked["actor"]),
        action=asked["action"],
        subject_type=asked["type"],
        subject_id=asked["subject"],
        clause=asked["clause"],
        since=_day(asked["since"]),
        until=None if until is None else until + timedelta(days=1),
        text=asked["text"],
        named=_named(asked["text"]),
    )


def number(text: str) -> int | None:
    """A number as typed; None for nothing or nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _named(text: str) -> tuple[str, ...]:
    """Actions whose name, in the reader's language, holds the text."""
    wanted = text.casefold()
    return tuple(name for name, label in ACTIONS.items() if wanted in str(label).casefold()) if wanted else ()


def _day(text: str) -> datetime | None:
    """The first moment of a day as typed; None for nothing or nonsense, which filters nothing."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # At the calendar's very ends the day after, or the same moment in UTC, would not exist.
    return datetime.combine(day, time(), get_current_timezone()) if 1 < day.year < 9999 else None
