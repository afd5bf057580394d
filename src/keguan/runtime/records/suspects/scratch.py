"""The scan's working file: a SQLite database of its own beside the data, whichever engine that is in, deleted at the
end. It holds keyed hashes and ids; the key is in the memory of the process that scans, and nowhere else.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST = 24
"""Records that share a key: of more, the key says nothing about anybody."""

RARE = 5
"""Records that share a name and nothing else: of more, the name says nothing."""


class Scratch:
    """Keys go in, pairs come out."""

    def __init__(self, path: Path) -> None:
        self._key = os.urandom(32)
        self._open = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -100000", "temp_store = FILE"):
            self._open.execute(f"PRAGMA {pragma}")
        self._open.execute("CREATE TABLE keys (key integer NOT NULL, id integer NOT NULL)")

    def close(self) -> None:
        """Let go of the file."""
        self._open.close()

    def add(self, keys: Iterable[tuple[int, str]]) -> None:
        """Keep (record id, key) pairs. Names are marked by an odd hash, since fewer may share one."""
        rows = ((self._hashed(key), record_id) for record_id, key in keys)
        self._open.execute("BEGIN")
        self._open.executemany("INSERT INTO keys VALUES (?, ?)", rows)
        self._open.execute("COMMIT")

    def pair(self) -> int:
        """Put together the records that share keys. Gives how many pairs."""
        self._open.execute("CREATE INDEX by_key ON keys (key, id)")
        self._open.execute(
            "CREATE TABLE pairs AS SELECT DISTINCT a.id AS low, b.id AS high FROM "
            f"(SELECT key FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND CASE key & 1 WHEN 1 THEN {RARE} "
            f"ELSE {MOST} END) AS k CROSS JOIN keys AS a ON a.key = k.key "
            "CROSS JOIN keys AS b ON b.key = k.key AND b.id > a.id ORDER BY low, high"
        )
        return int(self._open.execute("SELECT count(*) FROM pairs").fetchone()[0])

    def pairs(self, size: int) -> Iterator[list[tuple[int, int]]]:
        """The pairs in batches, in order."""
        cursor = self._open.execute("SELECT low, high FROM pairs")
        while batch := cursor.fetchmany(size):
            yield batch

    def _hashed(self, key: str) -> int:
        number = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8, key=self._key).digest(), "big") >> 2
        return (number << 1) | key.startswith("name=")


@contextmanager
def scratch(scan_id: int) -> Iterator[Scratch]:
    """A working file for one scan; what an earlier process left behind of the same scan is thrown away."""
    folder = Path(settings.HOME) / "scratch"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"duplicates-{scan_id}.sqlite3"
    _remove(path)
    made = Scratch(path)
    try:
        yield made
    finally:
        made.close()
        _remove(path)


def _remove(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink(missing_ok=True)
