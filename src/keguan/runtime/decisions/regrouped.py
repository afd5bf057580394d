"""Cutting again the groups that changed records are in, or were: quotas look at others than the one that is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.runtime import clock
from keguan.runtime.access.planned import planned
from keguan.runtime.decisions.affected import add_affected
from keguan.runtime.policies.language_door import Regrouping, dialect, regrouping

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from keguan.language.model.model import Model

_CUTTING = 0x6B67_7003  # the advisory lock's number on PostgreSQL: ours alone


def regrouped(cursor: CursorWrapper, model: Model, record_type: str, *, gone: bool) -> frozenset[int]:
    """Cut the groups of the records in ``affected`` again, all of them when records are ``gone``.

    The records whose outcome is another with that are put into ``affected`` too, and given. On PostgreSQL changes of
    one record type cut one after the other: two that do not see each other would both take the last place.
    """
    plan = _planned(model, record_type, everything=gone)
    if plan is None:
        return frozenset()
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_CUTTING, record_type])
    parameters: dict[str, Any] = dict(plan.parameters)
    for statement in plan.cut:
        cursor.execute(statement, parameters)
    cursor.execute(plan.others, parameters)
    others = frozenset(record_id for (record_id,) in cursor.fetchall())
    add_affected(cursor, others)
    return others


def forget_cuts(cursor: CursorWrapper, model: Model, record_type: str) -> None:
    """Drop what ``regrouped`` has left for the computation."""
    plan = _planned(model, record_type, everything=False)
    for statement in plan.drop if plan is not None else ():
        cursor.execute(statement)


def _planned(model: Model, record_type: str, *, everything: bool) -> Regrouping | None:
    def write() -> Regrouping | None:
        return regrouping(model, record_type, dialect(), today=clock.today(), everything=everything)

    return planned(model, record_type, ("regrouping", everything), write)
