"""Emptying a record's fields of one information class: the record stays, what these fields held is destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.naming import history_table
from keguan.runtime.access.disclosure import classes_of
from keguan.runtime.attachments.keeping import discard
from keguan.runtime.records.editing import edit, stored_rows, write

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Decision, Model


def empty(
    model: Model, record_type: str, information_class: str, ids: Collection[int], parents: dict[str, set[int]]
) -> int:
    """Empty these fields of these records, their files, their search tokens, and what earlier outcomes were decided
    from. Gives how many fields were emptied; ``parents`` learns what they had referred to. Inside a transaction.
    """
    declared = model.record_types[record_type]
    codes = [each.code for each in declared.fields if each.information_class == information_class]
    discard(record_type, ids, [each.code for each in declared.fields if each.files is not None and each.code in codes])
    gone = 0
    for row in stored_rows(model, record_type, ids).values():
        found = edit(model, declared, row, dict.fromkeys(codes))
        if found.columns and write(found):
            gone += len(found.changes)
        for target, left in found.left.items():
            parents[target] |= set(left)
    for decision in model.decisions.values():
        if decision.record_type == record_type:
            _forget(model, decision, information_class, ids)
    return gone


def _forget(model: Model, decision: Decision, information_class: str, ids: Collection[int]) -> None:
    """Inputs of earlier outcomes that give the class away."""
    quote = connection.ops.quote_name
    columns = [
        f"in_{place}"
        for place, column in enumerate(decision.inputs)
        if information_class in classes_of(model, decision.record_type, column.expression)
    ]
    for cut in decision.cuts:
        quota = model.blocks.quotas[cut.quota]
        keys = ((cut.group, quota.group), (cut.order, quota.by))
        columns += [
            key.code
            for key, read in keys
            if key is not None and read is not None
            if information_class in classes_of(model, decision.record_type, read)
        ]
    if not columns:
        return
    sets = ", ".join(f"{quote(each)} = NULL" for each in columns)
    listed = sorted(ids)
    marks = ", ".join(["%s"] * len(listed))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {quote(history_table(decision.code))} SET {sets} WHERE record_id IN ({marks})", listed)
