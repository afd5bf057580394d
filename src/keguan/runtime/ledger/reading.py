"""Entries and blocks as they lie in the database, in order, a stretch at a time: for sealing and verifying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction

from keguan.runtime.ledger.digest import BLOCK_COLUMNS, COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = tuple[Any, ...]

_ENTRY = f"SELECT {', '.join(COLUMNS)}, digest FROM ledger_entry"
_ENTRIES = f"{_ENTRY} WHERE id > %s ORDER BY id LIMIT %s"
_WITHIN = f"{_ENTRY} WHERE id BETWEEN %s AND %s ORDER BY id"
_BLOCKS = f"SELECT {', '.join(BLOCK_COLUMNS)}, seal FROM ledger_block WHERE id > %s ORDER BY id LIMIT %s"
BEFORE_ALL = -(2**63)

# Without statistics PostgreSQL would sort a young table anew for every stretch of it.
_BY_THE_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
_AS_IT_LIKES = "SET LOCAL enable_seqscan = on; SET LOCAL enable_sort = on; SET LOCAL enable_bitmapscan = on"


def entries(after: int = BEFORE_ALL, stretch: int = 10_000) -> Iterator[list[Row]]:
    """Entries with a greater id than ``after`` in stretches: the columns of a digest, then the digest."""
    return _stretches(_ENTRIES, after, stretch)


def entries_within(first: int, last: int) -> list[Row]:
    """The entries from one id to another, both included: those of a block."""
    return _fetch(_WITHIN, first, last)


def blocks(after: int = BEFORE_ALL, stretch: int = 200) -> Iterator[list[Row]]:
    """Blocks with a greater id than ``after`` in stretches: the columns of a seal, then the seal."""
    return _stretches(_BLOCKS, after, stretch)


def _stretches(sql: str, after: int, stretch: int) -> Iterator[list[Row]]:
    while rows := _fetch(sql, after, stretch):
        yield rows
        after = rows[-1][0]


def _fetch(sql: str, *bound: int) -> list[Row]:
    try:
        return _rows(sql, bound)
    except DatabaseError:
        if connection.vendor != "sqlite" or connection.connection is None:
            raise
    # SQLite keeps any bytes in a text column and fails on reading them: read such a stretch as it lies.
    before = connection.connection.text_factory
    connection.connection.text_factory = _as_it_lies
    try:
        return _rows(sql, bound)
    finally:
        connection.connection.text_factory = before


def _rows(sql: str, bound: tuple[int, ...]) -> list[Row]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(sql, bound)
            return list(cursor.fetchall())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BY_THE_INDEX)
        cursor.execute(sql, bound)
        rows = list(cursor.fetchall())
        cursor.execute(_AS_IT_LIKES)
    return rows


def _as_it_lies(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")
