"""Noticing that a value of a record is another one than it was, whatever made it change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.duty import TriggerKind
from keguan.language.model.naming import blind_index_column, record_table
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.judging import quoted
from keguan.runtime.duties.models import Watched
from keguan.runtime.duties.occasions import of_event

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.occasions import Occasion

_LONGEST = 200
_PART = 900


def observe(watch: str, values: Mapping[int, str]) -> dict[int, str | None]:
    """Note what is seen of records. Gives what was seen last of those of which it was something else, by id: None of
    those seen for the first time. Inside a transaction; two queries for every 900 records, more where much is new.
    """
    seen: dict[int, Watched] = {}
    ids = list(values)
    for first in range(0, len(ids), _PART):
        found = Watched.objects.filter(watch=watch, record_id__in=ids[first : first + _PART])
        seen |= {each.record_id: each for each in found}
    now = {record_id: value[:_LONGEST] for record_id, value in values.items()}
    new = [Watched(watch=watch, record_id=each, value=now[each]) for each in ids if each not in seen]
    other = {each: seen[each].value for each in ids if each in seen and seen[each].value != now[each]}
    for record_id in other:
        seen[record_id].value = now[record_id]
    Watched.objects.bulk_create(new, batch_size=_PART, ignore_conflicts=True)
    Watched.objects.bulk_update([seen[each] for each in other], ["value"], batch_size=_PART)
    return {**dict.fromkeys(each.record_id for each in new), **other}


def of_line(line: Line) -> str | None:
    """The watch of a row that is owed when a certain value changes; None for any other."""
    trigger = line.obligation.trigger
    if trigger is None or trigger.kind is not TriggerKind.CHANGED or trigger.field is None:
        return None
    return f"duty:{line.duty.code}:{line.key}"[:120]


def missed(model: Model, line: Line) -> list[int]:
    """The records whose value is not what was last seen of them, or of which nothing was seen yet."""
    watch, column = of_line(line), _column(model, line)
    if watch is None or column is None:
        return []
    table = quoted(record_table(line.duty.record_type))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id FROM {table} AS r LEFT JOIN duties_watched AS w ON w.watch = %s AND w.record_id = r.id "
            f"WHERE w.id IS NULL OR w.value <> {_text(column)} ORDER BY r.id",
            [watch],
        )
        return [row[0] for row in cursor.fetchall()]


def changes_for(model: Model, line: Line, ids: Collection[int]) -> Mapping[int, Sequence[Occasion]]:
    """What a change of the watched value brings, for those of these records where it has changed; now noted as seen."""
    watch, column = of_line(line), _column(model, line)
    if watch is None or column is None or not ids:
        return {}
    listed = list(ids)
    places = ", ".join(["%s"] * len(listed))
    table = quoted(record_table(line.duty.record_type))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT r.id, {_text(column)} FROM {table} AS r WHERE r.id IN ({places})", listed)
        now = dict(cursor.fetchall())
    before = observe(watch, now)
    calendar, at = calendars.company_calendar(), clock.now()
    occasion = of_event(line.obligation, at.isoformat(), at, calendar)
    return {record_id: (occasion,) for record_id, was in before.items() if was is not None}


def _column(model: Model, line: Line) -> str | None:
    trigger = line.obligation.trigger
    if trigger is None or trigger.field is None:
        return None
    column = columns(model, line.duty.record_type)[trigger.field]
    return blind_index_column(column.code) if column.sensitive else column.physical


def _text(column: str) -> str:
    """A column as text of at most so many characters, empty where there is nothing."""
    return f"substr(coalesce(CAST(r.{quoted(column)} AS text), ''), 1, {_LONGEST})"
