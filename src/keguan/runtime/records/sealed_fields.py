"""Where the sealed fields of records lie: asked of the database, since a field that a later policy dropped stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.naming import record_table
from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_columns import Bound, SealedColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = record_table("")
_BINARY = {
    "sqlite": "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c "
    "WHERE m.type = 'table' AND c.type = 'BLOB' ORDER BY m.name, c.cid",
    "postgresql": "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type = 'bytea' ORDER BY table_name, ordinal_position",
}


def sealed_fields() -> Iterator[SealedColumn]:
    """Every sealed field of every record table that there is. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BINARY[connection.vendor])
        found = [(str(table), str(column)) for table, column in cursor.fetchall() if table.startswith(_PREFIX)]
    for table, column in found:
        yield SealedColumn(table, column, _bound(crypto.place(table.removeprefix(_PREFIX), column)))


def _bound(where: str) -> Bound:
    return lambda record_id, _reads: (where, record_id)
