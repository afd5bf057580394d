"""Entries and blocks as they lie in the database, in order, a stretch at a time: for sealing and verifying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection

from keguan.runtime.ledger.digest import BLOCK_COLUMNS, COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = tuple[Any, ...]

_ENTRIES = f"SELECT {', '.join(COLUMNS)}, digest FROM ledger_entry WHERE id > %s ORDER BY id LIMIT %s"
_BLOCKS = f"SELECT {', '.join(BLOCK_COLUMNS)}, seal FROM ledger_block WHERE id > %s ORDER BY id LIMIT %s"
BEFORE_ALL = -(2**63)


def entries(after: int = BEFORE_ALL, stretch: int = 20_000) -> Iterator[list[Row]]:
    """Entries with a greater id than ``after`` in stretches: the columns of a digest, then the digest."""
    return _stretches(_ENTRIES, after, stretch)


def blocks(stretch: int = 200) -> Iterator[list[Row]]:
    """All blocks in stretches: the columns of a seal, then the seal."""
    return _stretches(_BLOCKS, BEFORE_ALL, stretch)


def _stretches(sql: str, after: int, stretch: int) -> Iterator[list[Row]]:
    while rows := _fetch(sql, after, stretch):
        yield rows
        after = rows[-1][0]


def _fetch(sql: str, after: int, stretch: int) -> list[Row]:
    try:
        return _rows(sql, after, stretch)
    except DatabaseError:
        if connection.vendor != "sqlite" or connection.connection is None:
            raise
    # SQLite keeps any bytes in a text column and fails on reading them: read such a stretch as it lies.
    before = connection.connection.text_factory
    connection.connection.text_factory = _as_it_lies
    try:
        return _rows(sql, after, stretch)
    finally:
        connection.connection.text_factory = before


def _rows(sql: str, after: int, stretch: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, stretch])
        rows: list[Row] = cursor.fetchall()
        return rows


def _as_it_lies(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")
