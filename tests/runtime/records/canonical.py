"""All data of records, and what points to them, as text that two states can be compared by."""

from __future__ import annotations

from typing import Any

from django.db import connection

from keguan.runtime.access import crypto
from keguan.runtime.policies.queries import current
from keguan.runtime.records.layout import record_columns
from keguan.runtime.records.pointing import registered

_PASSING = frozenset({"version", "updated_at"})
"""How often and when: not what."""


def dump() -> list[str]:
    """One line a row: every record in clear, every search token, every row that points to a record."""
    model = current().model
    lines: list[str] = []
    for code, declared in model.record_types.items():
        names = ["id", *(column.name for column in record_columns(model, code) if column.name not in _PASSING)]
        sealed = {field.code for field in declared.fields if field.sensitive}
        for row in _rows(f"rec_{code}", names):
            for name in sealed:
                if row[name] is not None:
                    row[name] = crypto.open_sealed(crypto.place(code, name), row["id"], row[name])
            lines.append(f"{code} {sorted(row.items(), key=str)}")
        lines += [f"{code} token {row}" for row in _rows(f"tok_{code}", ["token", "record_id"])]
    for each in registered():
        names = ["id", each.id_field, *(("owner_id", "unit_id") if each.placed else ()), *each.stopped]
        lines += [f"{each.name} {row}" for row in _rows(each.model._meta.db_table, names)]
    return sorted(lines)


def _rows(table: str, names: list[str]) -> list[dict[str, Any]]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(quote, names))} FROM {quote(table)}")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
