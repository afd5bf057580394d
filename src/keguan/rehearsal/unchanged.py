"""What must be as it was after a refusal: cases, duties, what people were told, the ledger and every record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.naming import record_table
from keguan.rehearsal.stored import WATCHED, rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Model

Dump = dict[str, list[tuple[Any, ...]]]


BY_CASES = ("processes.Case", "processes.Task", "processes.Share", "processes.Value", "processes.Move")
"""What begins with a case that the policy begins by itself; the record that it is about comes with it."""


def dump(model: Model, apart: Collection[str] = ()) -> Dump:
    """Every watched table and every table of records, row by row; without those ``apart``. Where cases may begin, so
    may the records that they are about: those of the policy's own occasions.
    """
    watched = [kind for kind in WATCHED if kind not in apart]
    found: Dump = {kind: [tuple(map(_plain, each.values())) for each in rows(kind)] for kind in watched}
    begun = _filed_by_occasion(model) if set(BY_CASES) <= set(apart) else frozenset()
    with connection.cursor() as cursor:
        for code in model.record_types:
            if code in begun:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(record_table(code))} ORDER BY id")
            found[code] = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    return found


def changed(before: Dump, after: Dump) -> list[str]:
    """The names of the tables that are not as they were."""
    return [name for name, rows_ in before.items() if after[name] != rows_]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _filed_by_occasion(model: Model) -> frozenset[str]:
    return frozenset(each.record_type for each in model.blocks.processes.values() if each.start.occasions)
