"""Sealing again under the newest key what older ones have sealed, while people go on working.

A table is gone through in the order of its ids, a few hundred rows a transaction; a row that somebody changes
meanwhile keeps what they wrote, which is under the newest key already. Killed at any line, it is run again and finds
what is left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from keguan.runtime.access import crypto, keys
from keguan.runtime.access.sealed_columns import SealedColumn, sealed_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.runtime.jobs.progress import Progress

BATCH = 500


@dataclass(slots=True)
class Resealed:
    """What one run did: values sealed anew, and values that no key opens (damaged; they stay as they are)."""

    values: int = 0
    damaged: int = 0


def reseal(progress: Progress | None = None) -> Resealed:
    """Bring every sealed value under the newest key for fields. Raises ``Cancelled`` when asked to stop."""
    newest, _ = keys.newest("fields")
    tables = _by_table()
    ends = {table: _largest(table) for table in tables}
    total, before = sum(ends.values()), 0
    done = Resealed()
    for table, columns in tables.items():
        for reached in _reseal_table(table, columns, newest, done):
            if progress is not None:
                progress.check_cancelled()
                progress.step(before + min(reached, ends[table]), total)
        before += ends[table]
    return done


def sealed_under(key_id: int) -> bool:
    """Whether anything is still sealed under a key. Reads every sealed value's header: for before one is destroyed."""
    mark = key_id.to_bytes(2, "big")
    return any(
        _one(f"SELECT 1 FROM {_q(each.table)} WHERE {_key_of(each.column)} = %s LIMIT 1", [mark])
        for each in sealed_columns()
    )


def _by_table() -> dict[str, list[SealedColumn]]:
    found: dict[str, list[SealedColumn]] = defaultdict(list)
    for column in sealed_columns():
        found[column.table].append(column)
    return found


def _reseal_table(table: str, columns: Sequence[SealedColumn], newest: int, done: Resealed) -> Iterator[int]:
    """Work through one table; yields the id that it has reached after each transaction."""
    after = 0
    while rows := _old_rows(table, columns, newest, after):
        after = rows[-1][0]
        changes = [change for row in rows if (change := _change(columns, newest, row, done)) is not None]
        if changes:
            with transaction.atomic():
                _write(table, columns, changes)
            done.values += sum(new is not old for change in changes for new, old in change[1])
        yield after


def _old_rows(table: str, columns: Sequence[SealedColumn], newest: int, after: int) -> list[tuple[Any, ...]]:
    """The next rows with a value under another key: id, then each column with what its place is made of."""
    wanted = ", ".join(_q(name) for each in columns for name in (each.column, *each.reads))
    old = " OR ".join(f"{_key_of(each.column)} <> %s" for each in columns)
    mark = newest.to_bytes(2, "big")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {wanted} FROM {_q(table)} WHERE id > %s AND ({old}) ORDER BY id LIMIT {BATCH}",
            [after, *[mark] * len(columns)],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


Change = tuple[int, list[tuple[bytes | None, bytes | None]]]
"""A row's id, and new and old of each column."""


def _change(columns: Sequence[SealedColumn], newest: int, row: tuple[Any, ...], done: Resealed) -> Change | None:
    record_id, at = int(row[0]), 1
    sides: list[tuple[bytes | None, bytes | None]] = []
    for column in columns:
        stored, reads = row[at], row[at + 1 : at + 1 + len(column.reads)]
        at += 1 + len(column.reads)
        old = None if stored is None else bytes(stored)
        sides.append((_anew(column, newest, record_id, reads, old, done), old))
    return (record_id, sides) if any(new is not old for new, old in sides) else None


def _anew(
    column: SealedColumn, newest: int, record_id: int, reads: Sequence[Any], old: bytes | None, done: Resealed
) -> bytes | None:
    if old is None or crypto.key_of(old) == newest:
        return old
    where, bound = column.bound(record_id, reads)
    try:
        return crypto.seal(where, bound, crypto.open_sealed(where, bound, old))
    except crypto.Unsealable:
        done.damaged += 1
        return old


def _write(table: str, columns: Sequence[SealedColumn], changes: Sequence[Change]) -> None:
    """Only where the row still holds what was read."""
    names = [each.column for each in columns]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sets = ", ".join(f"{_q(name)} = new.n{at}" for at, name in enumerate(names))
            same = " AND ".join(f"kept.{_q(name)} IS NOT DISTINCT FROM new.o{at}" for at, name in enumerate(names))
            given = ", ".join(["%s::bigint[]", *["%s::bytea[]"] * 2 * len(names)])
            called = ", ".join(["id", *(f"n{at}, o{at}" for at in range(len(names)))])
            lists: list[list[Any]] = [[change[0] for change in changes]]
            for at in range(len(names)):
                lists += [[change[1][at][side] for change in changes] for side in (0, 1)]
            cursor.execute(
                f"UPDATE {_q(table)} AS kept SET {sets} FROM unnest({given}) AS new({called}) "
                f"WHERE kept.id = new.id AND {same}",
                lists,
            )
            return
        sets = ", ".join(f"{_q(name)} = %s" for name in names)
        same = " AND ".join(f"{_q(name)} IS %s" for name in names)
        cursor.executemany(
            f"UPDATE {_q(table)} SET {sets} WHERE id = %s AND {same}",
            [[*(new for new, _ in sides), record_id, *(old for _, old in sides)] for record_id, sides in changes],
        )


def _key_of(column: str) -> str:
    """The two bytes of a sealed value that name its key; NULL for NULL."""
    quoted = _q(column)
    return f"substring({quoted} from 2 for 2)" if connection.vendor == "postgresql" else f"substr({quoted}, 2, 2)"


def _largest(table: str) -> int:
    found = _one(f"SELECT MAX(id) FROM {_q(table)}", [])
    return int(found or 0)


def _one(sql: str, values: Sequence[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return None if row is None else row[0]


def _q(name: str) -> str:
    return connection.ops.quote_name(name)
