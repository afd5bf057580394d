"""Computing facts and decisions where the records are, and writing only what differs."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from keguan.language.model.naming import record_table
from keguan.runtime import clock
from keguan.runtime.decisions.affected import affected_table
from keguan.runtime.decisions.models import Run
from keguan.runtime.policies.language_door import computation, dialect, write_back

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.backends.utils import CursorWrapper

    from keguan.runtime.policies.language_door import WriteBack
    from keguan.runtime.policies.queries import Current


@dataclass(frozen=True, slots=True)
class Computed:
    """What one computation of a record type did: records looked at, records written to, and outcomes changed by
    decision.
    """

    record_type: str
    examined: int
    changed: int
    decisions: Mapping[str, int]
    seconds: float


def compute(policy: Current, record_type: str, ids: Collection[int] | None = None) -> Computed:
    """Compute one record type for today by this policy, whole or only these records, inside one transaction.

    Facts of child records are read as stored, so children come first. Every changed outcome goes into the history,
    and the run into the log.
    """
    begun = perf_counter()
    planned = computation(policy.model, record_type, dialect(), today=clock.today(), only=ids is not None)
    with transaction.atomic(), affected_table(ids), connection.cursor() as cursor:
        _hold(cursor, record_type, whole=ids is None)
        examined = _count(cursor, record_type) if ids is None else len(ids)
        changed, decisions = _written(cursor, write_back(planned), policy.publication_id)
        done = Computed(record_type, examined, changed, decisions, perf_counter() - begun)
        _log(policy, done, whole=ids is None)
    return done


def _hold(cursor: CursorWrapper, record_type: str, *, whole: bool) -> None:
    """On PostgreSQL, keep others from computing these records until this is committed; reading goes on.

    Two changes to the children of one record would else each compute it without the other's. SQLite has one writer.
    """
    if connection.vendor != "postgresql":
        return
    table = connection.ops.quote_name(record_table(record_type))
    if whole:
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
    else:
        cursor.execute(f"SELECT id FROM {table} WHERE id IN (SELECT id FROM affected) ORDER BY id FOR NO KEY UPDATE")


def _written(cursor: CursorWrapper, plan: WriteBack, publication_id: int) -> tuple[int, dict[str, int]]:
    parameters: dict[str, Any] = {
        **plan.parameters,
        "decided_at": connection.ops.adapt_datetimefield_value(clock.now()),
        "publication_id": publication_id,
    }
    for statement in plan.stage:
        cursor.execute(statement, parameters)
    changed = _number(cursor, plan.changed, parameters)
    decisions = {code: _number(cursor, sql, parameters) if changed else 0 for code, sql in plan.counts.items()}
    if changed:
        for code, sql in plan.history.items():
            if decisions[code]:
                cursor.execute(sql, parameters)
        cursor.execute(plan.update, parameters)
    for statement in plan.drop:
        cursor.execute(statement, parameters)
    return changed, decisions


def _number(cursor: CursorWrapper, sql: str, parameters: Mapping[str, Any]) -> int:
    cursor.execute(sql, parameters)
    return int(cursor.fetchone()[0])


def _count(cursor: CursorWrapper, record_type: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(record_table(record_type))}")
    return int(cursor.fetchone()[0])


def _log(policy: Current, done: Computed, *, whole: bool) -> None:
    Run.objects.create(
        record_type=done.record_type,
        publication_id=policy.publication_id,
        at=clock.now(),
        on=clock.today(),
        whole=whole,
        examined=done.examined,
        changed=done.changed,
        decisions=dict(done.decisions),
        seconds=done.seconds,
    )
