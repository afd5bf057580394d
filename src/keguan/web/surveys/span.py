"""The months that a page of results is about: asked for in its address, else the last twelve."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.surveys.queries import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONTHS = 12
_FIRST, _LAST = 2000, 2199
"""Years that can be asked for: every database and every zone can reckon in them."""


def span_of(asked: Mapping[str, str]) -> Span:
    """From the first day of ``since`` to the last of ``until`` (``2026-03``); what is no month is not asked."""
    today = clock.today()
    until = _month(asked.get("until", "")) or today.replace(day=1)
    since = _month(asked.get("since", "")) or _earlier(until, _MONTHS - 1)
    since, until = min(since, until), max(since, until)
    return Span(since, until.replace(day=monthrange(until.year, until.month)[1]))


def query_of(span: Span) -> str:
    """The span as it stands in an address."""
    return f"since={span.since:%Y-%m}&until={span.until:%Y-%m}"


def _month(text: str) -> date | None:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if _FIRST <= first.year <= _LAST else None


def _earlier(first: date, months: int) -> date:
    count = first.year * _MONTHS + first.month - 1 - months
    return date(count // _MONTHS, count % _MONTHS + 1, 1)
