"""Entry ids, and the counters that make a missing entry tell itself from one that was never committed.

An id is taken before the entry is written, because its digest covers it (docs/adr/0004-ledger.md). An id that is
missing proves nothing: its transaction may have been undone. So every transaction that appends also moves one counter,
a *lane*, and each entry names the entry before it in its lane. Entry and counter are committed or undone together:
within a lane nothing is ever missing by itself. The counter is keyed, so that nobody without the key sets it back.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection

from keguan.runtime import keyring

APPENDING = 5_731_204_001
"""PostgreSQL advisory lock: held shared by transactions that append, exclusively, for a moment, by the sealer."""

LANES = 128
"""Lanes on PostgreSQL: more than transactions there usually can be. SQLite has one writer and needs one."""

START, BROKEN = 0, -1
"""What an entry names that is the first of its lane, and one whose lane's counter had been tampered with."""

_COLUMNS = "id, count, last, key_id, mac"
_SQLITE = (
    "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'ledger_entry'), 0), "
    f"{_COLUMNS} FROM ledger_lane ORDER BY id LIMIT 1"
)
_FREE = f"SELECT {_COLUMNS} FROM ledger_lane ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
_ANY = f"SELECT {_COLUMNS} FROM ledger_lane ORDER BY random() LIMIT 1 FOR UPDATE"
_POSTGRESQL = (
    "SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')), lane.* "
    "FROM (SELECT pg_advisory_xact_lock_shared(%s) OFFSET 0) held, ({lane}) lane, generate_series(1, %s)"
)
MOVE = "UPDATE ledger_lane SET count = %s, last = %s, key_id = %s, mac = %s WHERE id = %s"
"""Moves a counter."""
_NEW = f"INSERT INTO ledger_lane ({_COLUMNS}) VALUES (1, 0, 0, 0, %s) ON CONFLICT DO NOTHING"

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """Fresh ids, ascending, in a lane that nobody else moves until the transaction ends. ``before``: what the first of
    them names; ``count``: entries of the lane so far.
    """

    lane: int
    count: int
    before: int
    ids: tuple[int, ...]


def take(count: int) -> Taken:
    """``count`` fresh ids. Must be called inside a transaction that writes, and followed by :func:`move`.

    SQLite: our transactions hold the only write lock from their first statement. PostgreSQL: the sequence never blocks,
    and of the lanes a free one is taken, so that writers wait for nobody; the shared lock lets the sealer wait until
    every id that it can see is either committed or gone for good. Ids are taken after the lane, so they ascend in it.
    """
    ids, lane = _taken(count)
    if _sound(lane):
        return Taken(lane[0], lane[1], lane[2], ids)
    return Taken(lane[0], lane[1] if isinstance(lane[1], int) else 0, BROKEN, ids)


def move(taken: Taken) -> None:
    """Move the lane's counter behind the ids that were taken. Raises ``KeyringError``."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE, moving(taken))


def moving(taken: Taken) -> list[int | bytes]:
    """The values for ``MOVE``. Raises ``KeyringError``."""
    key_id, key = keyring.key("ledger")
    count, last = taken.count + len(taken.ids), taken.ids[-1]
    return [count, last, key_id, mark(key, taken.lane, count, last, key_id), taken.lane]


def mark(key: bytes, *lane: int) -> bytes:
    """HMAC-SHA256 over a lane's id, count, last entry and key id. Raises ``TypeError`` for what no lane can hold."""
    return hmac.digest(key, b"lane" + orjson.dumps(lane), "sha256")


def state() -> tuple[tuple[int, int, int, bool], ...]:
    """Every lane that was ever used: its id, its entries, the last of them, and whether the counter is as we left it.
    One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM ledger_lane ORDER BY id")
        rows = cursor.fetchall()
    return tuple((row[0], row[1], row[2], _sound(row)) for row in rows if not _unused(row))


def _taken(count: int) -> tuple[tuple[int, ...], Row]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE)
            if (found := cursor.fetchone()) is not None:
                return tuple(range(found[0] + 1, found[0] + 1 + count)), found[1:]
        else:
            for lane in (_FREE, _ANY):  # more writers than lanes: one of them waits
                cursor.execute(_POSTGRESQL.format(lane=lane), [APPENDING, count])
                if rows := cursor.fetchall():
                    return tuple(row[0] for row in rows), rows[0][1:]
        cursor.execute(_NEW, [b""])  # somebody deleted them all: verify will say so
    return _taken(count)


def _unused(lane: Row) -> bool:
    return lane[1] == lane[2] == START and not bytes(lane[4])


def _sound(lane: Row) -> bool:
    """Whether nobody but us wrote this state. It may still be an older one: that only an anchor can tell."""
    try:
        if _unused(lane):
            return True
        lane_id, count, last, key_id, mac = lane
        return hmac.compare_digest(mark(keyring.key_by_id(key_id), lane_id, count, last, key_id), bytes(mac))
    except (keyring.KeyringError, TypeError, ValueError):
        return False
