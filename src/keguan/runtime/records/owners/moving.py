"""Changing hands, set-based: a few statements for each record type, however many records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.model import FieldKind
from keguan.language.model.naming import record_table, reference_column
from keguan.runtime.records.models import Ownership, Transfer
from keguan.runtime.records.pointing import place_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from keguan.language.model.model import Field, Model, RecordType

_INTO = "INSERT INTO ownership (transfer_id, record_type, record_id, owner_id, unit_id, until) "
_BATCH = 500
"""Ids in one statement."""


def move(model: Model, transfer: Transfer, ids: Sequence[int] = ()) -> dict[str, int]:
    """Give the records to their new owner, with the children that had the same owner as their parent, and note who had
    them. ``ids`` are of the transfer's own type; where it has none, all that ``from_id`` owns goes. Gives how many went
    by type; inside a transaction. Periods (报表) belong to their unit and stay.
    """
    at = transfer.settled_at or transfer.at
    waiting: list[str] = []
    if transfer.record_type:
        _take(transfer, transfer.record_type, at, ids)
        waiting.append(transfer.record_type)
    else:
        for code in _types(model):
            _take_all(transfer, code, at)
            waiting.append(code)
    while transfer.with_children and waiting:
        parent = waiting.pop(0)
        for child, via in belonging(model, parent):
            if _take_children(transfer, parent, child, via, at):
                waiting.append(child.code)
    counts = {code: _counted(transfer, code) for code in _types(model)}
    moved = {code: count for code, count in counts.items() if count}
    unit = {} if transfer.unit_id is None else {"unit_id": transfer.unit_id}
    for code in moved:
        _give(transfer, code)
        place_again(code, moved_ids(transfer.pk, code), transfer.to_id, unit)
    return moved


def moved_ids(transfer_id: int, record_type: str) -> QuerySet[Ownership, int]:
    """The ids of the records of a type that went, as a query to select by."""
    found = Ownership.objects.filter(transfer_id=transfer_id, record_type=record_type)
    return found.order_by().values_list("record_id", flat=True)


def belonging(model: Model, parent: str) -> Iterator[tuple[RecordType, Field]]:
    """The types whose records belong to one of this type, with the reference that says so: their first reference that
    is always required.
    """
    for code in _types(model):
        declared = model.record_types[code]
        via = belongs_by(declared)
        if via is not None and via.target == parent:
            yield declared, via


def belongs_by(declared: RecordType) -> Field | None:
    """The reference that says whose a record is; None for a type whose records stand by themselves."""
    return next((each for each in declared.fields if each.kind is FieldKind.REFERENCE and each.required is True), None)


def _types(model: Model) -> tuple[str, ...]:
    return tuple(code for code, declared in model.record_types.items() if declared.cadence is None)


def _take(transfer: Transfer, code: str, at: datetime, ids: Iterable[int]) -> None:
    table, listed = _quoted(record_table(code)), sorted(set(ids))
    for first in range(0, len(listed), _BATCH):
        part = listed[first : first + _BATCH]
        marks = ", ".join(["%s"] * len(part))
        _run(
            f"{_INTO}SELECT %s, %s, id, owner_id, unit_id, %s FROM {table} WHERE id IN ({marks})",
            [transfer.pk, code, _moment(at), *part],
        )


def _take_all(transfer: Transfer, code: str, at: datetime) -> None:
    _run(
        f"{_INTO}SELECT %s, %s, id, owner_id, unit_id, %s FROM {_quoted(record_table(code))} WHERE owner_id = %s",
        [transfer.pk, code, _moment(at), transfer.from_id],
    )


def _take_children(transfer: Transfer, parent: str, child: RecordType, via: Field, at: datetime) -> int:
    """Only those not taken yet. The parents lead: SQLite would walk all children otherwise."""
    sql = (
        f"{_INTO}SELECT o.transfer_id, %s, c.id, c.owner_id, c.unit_id, %s "
        f"FROM ownership o CROSS JOIN {_quoted(record_table(child.code))} c "
        f"WHERE o.transfer_id = %s AND o.record_type = %s AND c.{_quoted(reference_column(via.code))} = o.record_id "
        "AND (c.owner_id = o.owner_id OR (c.owner_id IS NULL AND o.owner_id IS NULL)) "
        "AND NOT EXISTS (SELECT 1 FROM ownership x WHERE x.transfer_id = o.transfer_id "
        "AND x.record_type = %s AND x.record_id = c.id)"
    )
    return _run(sql, [child.code, _moment(at), transfer.pk, parent, child.code])


def _counted(transfer: Transfer, code: str) -> int:
    return Ownership.objects.filter(transfer=transfer, record_type=code).count()


def _give(transfer: Transfer, code: str) -> None:
    unit = "" if transfer.unit_id is None else ", unit_id = %s"
    _run(
        f"UPDATE {_quoted(record_table(code))} SET owner_id = %s{unit} "
        "WHERE id IN (SELECT record_id FROM ownership WHERE transfer_id = %s AND record_type = %s)",
        [transfer.to_id, *([] if transfer.unit_id is None else [transfer.unit_id]), transfer.pk, code],
    )


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _run(sql: str, values: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
