"""What the conditions of a process are asked about: the record as it is now, and what the case's forms hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.language.feel import children
from keguan.language.feel.stamps import CODES
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.processes import forms
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.filing import with_stamps
from keguan.runtime.records.parents import read_through, with_parents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model
    from keguan.language.model.values import Value
    from keguan.runtime.processes.standing import Standing

    Record = Mapping[str, Value]


def holds(standing: Standing, condition: Typed | None, filled: Record | None = None) -> bool:
    """Whether a condition is true of the case now; no condition is. Null is not true.

    ``filled`` is what the forms hold, by ``form.field``, where that is not what is stored.
    """
    return condition is None or evaluate(condition, values(standing, condition, filled)) is True


def values(standing: Standing, condition: Typed, filled: Record | None = None) -> Values:
    """What the names in the condition stand for: at most a query for the record, one for the forms, one for every kind
    of child record that the condition counts, and one for every path of references on which it reads others.
    """
    day, case, model = clock.today(), standing.case, standing.model
    (above,) = with_parents(model, read_through(case.record_type, condition), [row(standing)])
    record = {**above, **(forms.values(standing) if filled is None else filled)}
    below = {}
    for each in children(condition):
        found = child_rows(model, each.child, each.via, case.record_id)
        below[each.child, each.via] = with_parents(model, read_through(each.child, condition), found)
    return Values(day, parameters_on(standing.model.parameters, day), record, below)


def row(standing: Standing) -> Record:
    """The record's fields, facts and outcomes by code, without the sensitive ones; empty when there is no such record.
    One query, the first time.
    """
    if "record" not in standing.cache:
        case = standing.case
        found = rows(standing.model, case.record_type, [case.record_id])
        standing.cache["record"] = found.get(case.record_id, {})
    known: Record = standing.cache["record"]
    return known


def forget(standing: Standing) -> None:
    """Read record and forms again at the next question: something was written to them."""
    standing.cache.pop("record", None)
    standing.cache.pop("barred", None)


def rows(model: Model, record_type: str, ids: Collection[int]) -> dict[int, Record]:
    """These records by id, as ``row``. One query."""
    return dict(_read(model, record_type, {"id__in": set(ids)}))


def child_rows(model: Model, child: str, via: str, record_id: int) -> tuple[Record, ...]:
    """The records of a type that refer to a record by one of their fields. One query."""
    physical = columns(model, child)[via].physical
    return tuple(record for _, record in _read(model, child, {attribute(physical): record_id}))


def _read(model: Model, record_type: str, only: Mapping[str, Any]) -> Iterable[tuple[int, Record]]:
    shown = [column for column in columns(model, record_type).values() if not column.sensitive]
    names = ["id", *(attribute(column.physical) for column in shown)]
    codes = [column.code for column in shown]
    stamps = sorted(CODES)
    for found in rows_of(model, record_type).filter(**only).values_list(*names, *stamps):
        values = dict(zip((*codes, *stamps), found[1:], strict=True))
        yield found[0], with_stamps(values)
