"""What the record tables hold, by name alone: asked before a version may drop something, and for evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.naming import record_table, reference_column

if TYPE_CHECKING:
    from keguan.language.model.model import Field

CAP = 10_000
"""Counts on screens stop here, so that they cost the same on any table."""


def column_of(field: Field) -> str:
    """The column that holds a field: its code, or the id column of what it refers to."""
    return field.code if field.target is None else reference_column(field.code)


def existing_tables() -> frozenset[str]:
    """The names of the tables there are."""
    with connection.cursor() as cursor:
        return frozenset(connection.introspection.table_names(cursor))


def existing_columns(table: str) -> tuple[str, ...]:
    """The columns of a table, none when there is no such table."""
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return ()
        return tuple(column.name for column in connection.introspection.get_table_description(cursor, table))


def holds_records(record_type: str) -> bool:
    """Whether any record of this type is kept."""
    table = record_table(record_type)
    return table in existing_tables() and _any(f"SELECT 1 FROM {_quoted(table)} LIMIT 1")


def holds_values(record_type: str, column: str) -> bool:
    """Whether any record has a value in this column."""
    table = record_table(record_type)
    return column in existing_columns(table) and _any(
        f"SELECT 1 FROM {_quoted(table)} WHERE {_quoted(column)} IS NOT NULL LIMIT 1"
    )


def capped_count(record_type: str) -> int:
    """How many records there are, at most ``CAP`` + 1."""
    table = record_table(record_type)
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return 0
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {_quoted(table)} LIMIT {CAP + 1}) AS counted")
        return int(cursor.fetchone()[0])


def _any(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() is not None


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
