"""Computing facts and decisions where the records are, and writing only what differs."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.db import DataError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from keguan.language.model.model import Decision
from keguan.language.model.naming import record_table
from keguan.runtime import clock
from keguan.runtime.access.planned import planned
from keguan.runtime.decisions.affected import affected_table
from keguan.runtime.decisions.models import Run
from keguan.runtime.decisions.regrouped import forget_cuts, regrouped
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.language_door import computation, dialect, write_back
from keguan.runtime.policies.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.backends.utils import CursorWrapper

    from keguan.language.model.model import Model
    from keguan.runtime.policies.language_door import WriteBack
    from keguan.runtime.policies.queries import Current

_CROSSED = "deadlock detected"
"""How PostgreSQL says that two transactions wait for each other."""
_NO_ROOM = ("out of range", "integer overflow", "user-defined function raised exception")
"""How PostgreSQL and SQLite say that a number does not fit into 64 bits; our own function fails for nothing else."""


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
    others: frozenset[int] = frozenset()
    """Records beside those asked for whose outcome is another, because a quota cut their group again."""


def compute(policy: Current, record_type: str, ids: Collection[int] | None = None, *, gone: bool = False) -> Computed:
    """Compute one record type for today by this policy, whole or only these records, inside one transaction.

    What a record reads of others is read as stored, so those come first. Every changed outcome goes into the history,
    and the run into the log. Where quotas cut outcomes, the groups of these records are cut again, and all groups when
    records are ``gone``; whoever falls or rises with that is computed too. Raises ``Refused``: ``decisions.too_large``
    when a number comes out that has no room, ``decisions.busy`` when two changes of one group wait for each other.
    """
    try:
        return _computed(policy, record_type, ids, gone=gone)
    except (DataError, OperationalError) as error:
        if _CROSSED in str(error):
            raise Refused("decisions.busy", _("没有保存：有人正在修改同一组里的另一份档案。请再试一次。")) from error
        if not any(words in str(error) for words in _NO_ROOM):
            raise
        label = policy.model.record_types[record_type].label.text(spoken())
        message = _("没有保存：按制度为“%(label)s”算出来的一个数太大，存不下。请检查填写的数字。")
        raise Refused("decisions.too_large", message % {"label": label}) from error


def _computed(policy: Current, record_type: str, ids: Collection[int] | None, *, gone: bool) -> Computed:
    begun = perf_counter()
    others: frozenset[int] = frozenset()
    with transaction.atomic(), affected_table(ids), connection.cursor() as cursor:
        _hold(cursor, record_type, whole=ids is None)
        if ids is not None:
            others = regrouped(cursor, policy.model, record_type, gone=gone)
        examined = _count(cursor, record_type) if ids is None else len(ids) + len(others)
        changed, decisions = 0, _nothing(policy.model, record_type)
        if examined:
            plan = _planned(policy.model, record_type, only=ids is not None)
            changed, decisions = _written(cursor, plan, policy.publication_id)
        if ids is not None:
            forget_cuts(cursor, policy.model, record_type)
        done = Computed(record_type, examined, changed, decisions, perf_counter() - begun, others)
        _log(policy, done, whole=ids is None)
    return done


def _nothing(model: Model, record_type: str) -> dict[str, int]:
    """No decision has come out differently."""
    return {each.code: 0 for each in model.computations[record_type] if isinstance(each, Decision)}


def _planned(model: Model, record_type: str, *, only: bool) -> WriteBack:
    """The statements of today: writing them costs more than running them singly."""

    def write() -> WriteBack:
        return write_back(computation(model, record_type, dialect(), today=clock.today(), only=only))

    plan = planned(model, record_type, ("computation", only), write)
    assert plan is not None  # noqa: S101 - what is written is a plan
    return plan


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
