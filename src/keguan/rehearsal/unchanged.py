"""What must be as it was after a refusal: cases, duties, what people were told, the ledger and every record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.naming import record_table
from keguan.rehearsal.stored import WATCHED, rows

if TYPE_CHECKING:
    from keguan.language.model.model import Model

Dump = dict[str, list[tuple[Any, ...]]]


def dump(model: Model) -> Dump:
    """Every watched table and every table of records, row by row."""
    found: Dump = {kind: [tuple(map(_plain, each.values())) for each in rows(kind)] for kind in WATCHED}
    with connection.cursor() as cursor:
        for code in model.record_types:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(record_table(code))} ORDER BY id")
            found[code] = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    return found


def changed(before: Dump, after: Dump) -> list[str]:
    """The names of the tables that are not as they were."""
    return [name for name, rows_ in before.items() if after[name] != rows_]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
