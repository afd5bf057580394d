"""What a dishonest database administrator would do: take the triggers off and change rows."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from keguan.runtime.ledger.actions import SYSTEM, Record, append

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = ("ledger_entry", "ledger_block")


def write_entries(count: int) -> list[int]:
    """Append so many entries that all differ, and return their ids."""
    return append(
        SYSTEM, [Record("tests.wrote", "thing", number, "pack#clause", {"第": number}) for number in range(count)]
    )


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end of the block whatever was done in it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def drop_triggers() -> None:
    """Take all protection off both tables."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "sqlite":
                for what in ("no_update", "no_delete", "no_replace"):
                    cursor.execute(f"DROP TRIGGER {table}_{what}")
            else:
                cursor.execute(f"DROP TRIGGER {table}_append_only ON {table}")


def execute(sql: str, *values: object) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def value_of(table: str, column: str, row_id: int) -> object:
    """What a column holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [row_id])
        return cursor.fetchone()[0]
