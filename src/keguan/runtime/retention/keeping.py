"""Computing how long records are kept, where the records are: all of a type, or some of them for whoever asks now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from keguan.language.model.retention import WHOLE, Kept
from keguan.runtime import clock
from keguan.runtime.access.planned import planned
from keguan.runtime.decisions.affected import affected_table
from keguan.runtime.policies.language_door import Statement, dialect, keeping
from keguan.runtime.retention.aside import seen_with_aside
from keguan.runtime.retention.local_days import local_days
from keguan.runtime.retention.models import Aside, Run

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.db.backends.utils import CursorWrapper

    from keguan.language.model.model import Model
    from keguan.runtime.policies.queries import Current

Planned = tuple[str, dict[str, Any]]
"""A statement and the values of its places."""

STAGE = "keguan_kept"
"""The temporary table of what was computed, within one transaction."""

_STANDING = "retention_standing"

_UPSERT = f"""
INSERT INTO {_STANDING} (record_type, record_id, information_class, due_on, term, hold, disposed)
SELECT %(record_type)s, k.id, k.information_class, k.due_on, k.term, k.hold, ''
FROM {STAGE} AS k LEFT JOIN {_STANDING} AS s
ON s.record_type = %(record_type)s AND s.record_id = k.id AND s.information_class = k.information_class
WHERE s.id IS NULL OR s.due_on IS DISTINCT FROM k.due_on OR s.term <> k.term OR s.hold <> k.hold
ON CONFLICT (record_type, record_id, information_class) DO UPDATE
SET due_on = excluded.due_on, term = excluded.term, hold = excluded.hold,
disposed = CASE WHEN {_STANDING}.disposed = 'emptied' THEN '' ELSE {_STANDING}.disposed END
"""
"""Only what differs is written. Fields that were emptied and are filled again wait for their new day."""

_GONE = f"""
DELETE FROM {_STANDING} WHERE record_type = %(record_type)s AND NOT EXISTS (
SELECT 1 FROM {STAGE} AS k WHERE k.id = {_STANDING}.record_id AND k.information_class = {_STANDING}.information_class)
"""


@dataclass(frozen=True, slots=True)
class Computed:
    """What one computation of a record type did: rows that say how long something is kept, and how many changed."""

    record_type: str
    kept: int
    changed: int
    seconds: float


def compute(policy: Current, record_type: str) -> Computed:
    """Compute all records of a type for today, those set aside too, in one transaction; write what differs.

    May be killed at any moment and called again. Facts and outcomes are read as stored.
    """
    begun = perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        changed, kept = _written(cursor, policy.model, record_type)
        done = Computed(record_type, kept, changed, perf_counter() - begun)
        Run.objects.create(
            record_type=record_type,
            publication_id=policy.publication_id,
            on=clock.today(),
            at=clock.now(),
            kept=kept,
            changed=changed,
            seconds=round(done.seconds, 3),
        )
    return done


def kept_now(model: Model, record_type: str, ids: Collection[int]) -> dict[int, tuple[Kept, ...]]:
    """How long these records are kept, by id, as it stands at this moment; nothing is written. Three statements, and
    two more where one of them is set aside. Inside a transaction.
    """
    planned = _planned(model, record_type, only=True)
    found: dict[int, list[Kept]] = defaultdict(list)
    if planned is None or not ids:
        return {}
    with affected_table(ids), connection.cursor() as cursor:
        aside = Aside.objects.filter(record_type=record_type, record_id__in=set(ids)).exists()
        with seen_with_aside(model, record_type, wanted=aside):
            cursor.execute(*planned)
            rows = cursor.fetchall()
    for record_id, information_class, due_on, term, hold in rows:
        found[record_id].append(Kept(information_class, _day(due_on), term, hold))
    return {record_id: tuple(sorted(each, key=_order)) for record_id, each in found.items()}


def whole_of(kept: Sequence[Kept]) -> Kept | None:
    """What keeps a record as a whole: where no term is about the whole, the latest of those about single classes."""
    whole = next((each for each in kept if each.information_class == WHOLE), None)
    if whole is not None or not kept:
        return whole
    return max(kept, key=lambda each: (each.due_on is None, each.due_on or date.min))


def _order(kept: Kept) -> tuple[bool, str]:
    return kept.information_class != WHOLE, kept.information_class


def _written(cursor: CursorWrapper, model: Model, record_type: str) -> tuple[int, int]:
    temporary = "pg_temp" if connection.vendor == "postgresql" else "temp"
    parameters = {"record_type": record_type}
    cursor.execute(f"DROP TABLE IF EXISTS {temporary}.{STAGE}")
    planned = _planned(model, record_type, only=False)
    if planned is None:
        cursor.execute(f"DELETE FROM {_STANDING} WHERE record_type = %(record_type)s", parameters)
        return cursor.rowcount, 0
    cursor.execute(f"CREATE TEMPORARY TABLE {STAGE} AS {planned[0]}", planned[1])
    aside = list(Aside.objects.filter(record_type=record_type).values_list("record_id", flat=True))
    if aside:
        only = _planned(model, record_type, only=True)
        assert only is not None  # noqa: S101 - the type has terms
        with affected_table(aside), seen_with_aside(model, record_type, wanted=True):
            cursor.execute(f"INSERT INTO {STAGE} {only[0]}", only[1])
    cursor.execute(_UPSERT, parameters)
    changed = cursor.rowcount
    kept = _number(cursor, f"SELECT count(*) FROM {STAGE}", {})
    if kept != _number(cursor, f"SELECT count(*) FROM {_STANDING} WHERE record_type = %(record_type)s", parameters):
        name = f"{temporary}.{STAGE}_ids" if connection.vendor == "sqlite" else f"{STAGE}_ids"
        cursor.execute(f"CREATE INDEX {name} ON {STAGE} (id)")
        cursor.execute(_GONE, parameters)
        changed += cursor.rowcount
    cursor.execute(f"DROP TABLE {temporary}.{STAGE}")
    return changed, kept


def _planned(model: Model, record_type: str, *, only: bool) -> Planned | None:
    """The statement of today."""

    def write() -> Statement | None:
        return keeping(model, record_type, dialect(), today=clock.today(), days=local_days(), only=only)

    found = planned(model, record_type, ("keeping", only), write)
    return None if found is None else (found.sql, dict(found.parameters))


def _number(cursor: CursorWrapper, sql: str, parameters: Mapping[str, Any]) -> int:
    cursor.execute(sql, parameters)
    return int(cursor.fetchone()[0])


def _day(value: Any) -> date | None:
    """SQLite gives a day as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
