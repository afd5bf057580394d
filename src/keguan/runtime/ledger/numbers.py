"""Entry ids are taken before the entry is written, because its digest covers them (docs/adr/0004-ledger.md)."""

from __future__ import annotations

from django.db import connection

APPENDING = 5_731_204_001
"""PostgreSQL advisory lock: held shared by transactions that append, exclusively, for a moment, by the sealer."""

_SQLITE = "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'ledger_entry'), 0)"
_POSTGRESQL = (
    "SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) "
    "FROM (SELECT pg_advisory_xact_lock_shared(%s) OFFSET 0) held, generate_series(1, %s)"
)


def take(count: int) -> list[int]:
    """``count`` fresh ids, ascending. Must be called inside a transaction that writes.

    SQLite: our transactions hold the only write lock from their first statement, so the counter cannot move under
    us. PostgreSQL: the sequence never blocks; the shared lock lets the sealer wait until every id it can see is
    either committed or gone for good.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE)
            last: int = cursor.fetchone()[0]
            return list(range(last + 1, last + 1 + count))
        cursor.execute(_POSTGRESQL, [APPENDING, count])
        return [row[0] for row in cursor.fetchall()]
