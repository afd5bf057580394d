"""Days of the company's clock as a condition on moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    since: date
    until: date


def between(column: str, span: Span) -> dict[str, datetime]:
    """The moments of these days, both included."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(span.since, time(), zone)
    end = datetime.combine(span.until + timedelta(days=1), time(), zone)
    return {f"{column}__gte": start, f"{column}__lt": end}
