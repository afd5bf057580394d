"""Statements over record tables, as they are run here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(sql: str, values: Sequence[Any]) -> int:
    """Run a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def quoted(name: str) -> str:
    """A checked name as it stands in a statement."""
    return connection.ops.quote_name(name)
