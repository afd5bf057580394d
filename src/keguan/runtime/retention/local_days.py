"""The local days on which records were created and last changed, as SQL over their moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from keguan.language.model.retention import Start

if TYPE_CHECKING:
    from collections.abc import Mapping

_SINCE, _UNTIL = 2000, 2100
"""No record was filed before; where clocks stood the same for so long, a day needs no function call for every row."""

_COLUMNS = {Start.CREATED: "created_at", Start.UPDATED: "updated_at"}


def local_days() -> Mapping[Start, str]:
    """By start, the SQL of the local day of the record ``r``."""
    return {start: _day(f'r."{column}"') for start, column in _COLUMNS.items()}


def _day(column: str) -> str:
    zone = settings.TIME_ZONE
    if connection.vendor == "postgresql":
        return f"({column} AT TIME ZONE '{zone}')::date"
    minutes = _fixed(zone)
    if minutes is None:
        return f"django_datetime_cast_date({column}, '{zone}', 'UTC')"
    return f"date({column}, '{minutes:+d} minutes')"


@lru_cache(maxsize=8)
def _fixed(zone: str) -> int | None:
    """How many minutes a zone is ahead of UTC, where that has not changed since 2000 and is not known to change."""
    place, step = ZoneInfo(zone), timedelta(days=7)
    at, end = datetime(_SINCE, 1, 1, tzinfo=UTC), datetime(_UNTIL, 1, 1, tzinfo=UTC)
    offsets: set[timedelta | None] = set()
    while at < end and len(offsets) < 2:
        offsets.add(at.astimezone(place).utcoffset())
        at += step
    (offset,) = offsets if len(offsets) == 1 else (None,)
    return None if offset is None else int(offset.total_seconds() // 60)
