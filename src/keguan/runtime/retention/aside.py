"""Records that are only stored (只存): their rows lie in a table of their own beside that of their type.

Because they are not among the records, nothing that looks at records finds them: no list, search, figure, decision,
duty, case, export. Their ids stay theirs, so what refers to them refers to them still, and a row that is brought back
stands as it stood.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.naming import record_table, token_table
from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_columns import Bound, SealedColumn
from keguan.runtime.records.inserting import add_tokens
from keguan.runtime.records.layout import record_columns
from keguan.runtime.records.reindexing import index_anew
from keguan.runtime.records.tables import widen
from keguan.runtime.records.tokens import tokens_of
from keguan.runtime.retention.identity import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from keguan.language.model.model import Model

_PREFIX = "aside_"
_PART = 500


def aside_table(record_type: str) -> str:
    """The table of a type's records that are only stored."""
    return f"{_PREFIX}{record_type}"


def move_aside(model: Model, record_type: str, ids: Collection[int]) -> frozenset[int]:
    """Move these records out of sight, and their search tokens away. Gives those that were there. In a transaction."""
    widen(aside_table(record_type), record_columns(model, record_type))
    moved = _move(record_table(record_type), aside_table(record_type), ids)
    drop_tokens(record_type, moved)
    return moved


def bring_back(model: Model, record_type: str, ids: Collection[int]) -> frozenset[int]:
    """Bring these records back among the others, to be found as before. In a transaction.

    Nobody looks them up while they lie aside, so a rotated key leaves their blind indexes alone: they are made anew
    here, as their search tokens are.
    """
    widen(aside_table(record_type), record_columns(model, record_type))
    moved = _move(aside_table(record_type), record_table(record_type), ids)
    index_anew(model, record_type, moved)
    declared = model.record_types[record_type]
    pairs = []
    for row in stored(model, record_type, moved, record_table(record_type)):
        for code in declared.search:
            text = text_of(model, record_type, row, code)
            if text is not None:
                pairs += [(token, row["id"]) for token in tokens_of(declared, declared.field(code), text)]
    if pairs:
        add_tokens(record_type, sorted(set(pairs)))
    return moved


def drop_aside(record_type: str, ids: Collection[int]) -> int:
    """Delete rows that are only stored; none where the type has none."""
    if aside_table(record_type) not in _tables():
        return 0
    return _delete(aside_table(record_type), "id", ids)


def drop_records(record_type: str, ids: Collection[int]) -> int:
    """Delete rows of records, and their search tokens."""
    drop_tokens(record_type, ids)
    return _delete(record_table(record_type), "id", ids)


def drop_tokens(record_type: str, ids: Collection[int]) -> None:
    """Delete every search token of these records: also of fields that are not searched any more."""
    _delete(token_table(record_type), "record_id", ids)


def stored(
    model: Model, record_type: str, ids: Collection[int], table: str | None = None
) -> Iterator[Mapping[str, Any]]:
    """The stored rows of these records by physical column, wherever they lie (or in ``table``); in order of id."""
    names = ("id", *(column.name for column in record_columns(model, record_type)))
    tables = [table] if table else [record_table(record_type)]
    if table is None and aside_table(record_type) in _tables():
        widen(aside_table(record_type), record_columns(model, record_type))
        tables.append(aside_table(record_type))
    quote = connection.ops.quote_name
    listed = ", ".join(map(quote, names))
    rows: list[dict[str, Any]] = []
    for each in tables:
        for part in _parts(ids):
            marks = ", ".join(["%s"] * len(part))
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {listed} FROM {quote(each)} WHERE id IN ({marks})", part)
                rows += [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    yield from sorted(rows, key=lambda row: row["id"])


@contextmanager
def seen_with_aside(model: Model, record_type: str, *, wanted: bool) -> Iterator[None]:
    """Within the block a statement that reads the type's records also finds those set aside. Inside a transaction.

    A temporary view goes before the table of the same name on both engines.
    """
    if not wanted or aside_table(record_type) not in _tables():
        yield
        return
    widen(aside_table(record_type), record_columns(model, record_type))
    quote = connection.ops.quote_name
    names = ("id", *(column.name for column in record_columns(model, record_type)))
    listed, table = ", ".join(map(quote, names)), quote(record_table(record_type))
    schema, temporary = ("main", "temp") if connection.vendor == "sqlite" else (_schema(), "pg_temp")
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY VIEW {table} AS SELECT {listed} FROM {schema}.{table} "
            f"UNION ALL SELECT {listed} FROM {quote(aside_table(record_type))}"
        )
        yield
        cursor.execute(f"DROP VIEW {temporary}.{table}")


def sealed_aside() -> Iterator[SealedColumn]:
    """Every sealed field of records that are only stored: a rotated key reaches them too. A query for each table."""
    with connection.cursor() as cursor:
        for table in sorted(each for each in _tables() if each.startswith(_PREFIX)):
            described = connection.introspection.get_table_description(cursor, table)
            for column in described:
                if connection.introspection.get_field_type(column.type_code, column) == "BinaryField":
                    where = crypto.place(table.removeprefix(_PREFIX), column.name)
                    yield SealedColumn(table, column.name, _bound(where))


def _bound(where: str) -> Bound:
    return lambda record_id, _reads: (where, record_id)


def _move(source: str, target: str, ids: Collection[int]) -> frozenset[int]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        here, there = (
            [each.name for each in connection.introspection.get_table_description(cursor, table)]
            for table in (source, target)
        )
        listed = ", ".join(quote(name) for name in here if name in there)
        moved: set[int] = set()
        for part in _parts(ids):
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT id FROM {quote(source)} WHERE id IN ({marks})", part)
            found = [row[0] for row in cursor.fetchall()]
            if found:
                marks = ", ".join(["%s"] * len(found))
                cursor.execute(
                    f"INSERT INTO {quote(target)} ({listed}) SELECT {listed} FROM {quote(source)} "
                    f"WHERE id IN ({marks})",
                    found,
                )
                cursor.execute(f"DELETE FROM {quote(source)} WHERE id IN ({marks})", found)
                moved |= set(found)
    return frozenset(moved)


def _delete(table: str, column: str, ids: Collection[int]) -> int:
    """All of them in one statement: a table of tokens is read from end to end for it."""
    quote, listed = connection.ops.quote_name, sorted(ids)
    wanted = f"DELETE FROM {quote(table)} WHERE {quote(column)} IN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{wanted} (SELECT unnest(%s::bigint[]))", [listed])
        else:
            cursor.execute(f"{wanted} (SELECT value FROM json_each(%s))", [json.dumps(listed)])
        return int(cursor.rowcount)


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    listed = sorted(ids)
    for first in range(0, len(listed), _PART):
        yield listed[first : first + _PART]


def _tables() -> frozenset[str]:
    with connection.cursor() as cursor:
        return frozenset(connection.introspection.table_names(cursor))


def _schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return connection.ops.quote_name(str(cursor.fetchone()[0]))
