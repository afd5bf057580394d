"""Writing a backup: one moment of the whole database, and the sealed files beside it."""

from __future__ import annotations

import gzip
import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from keguan.runtime import clock
from keguan.runtime.backups.checksum import Summing, Sums
from keguan.runtime.backups.tables import making, rows, tables
from keguan.runtime.keyring.sealed_stream import SealedWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORMAT = 1
PLACE = "keguan backup"
FOLDERS = ("uploads", "attachments", "exports")
"""Folders of the home folder whose files, each sealed already, belong to what is kept."""

_HEX_CHUNK = 1 << 19


def write(path: Path, watch: Callable[[str, int], None] | None = None) -> Sums:
    """Write everything into a new sealed file at ``path`` and return its sums.

    People may go on working: what is written is the state of one moment. Raises ``FileExistsError``, ``OSError`` and
    ``KeyringError``; then no file is left.
    """
    sums = Sums()
    with SealedWriter(path, "backups", PLACE) as sealed, gzip.GzipFile(fileobj=sealed, mode="wb", mtime=0) as packed:

        def put(line: Any) -> None:
            packed.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

        with one_moment():
            put({"keguan": FORMAT, "engine": connection.vendor, "at": clock.now().isoformat(), "program": migrations()})
            for table in tables():
                put({"table": table.name, "columns": table.columns, "making": making(table.name)})
                summing = Summing()
                for row in rows(table):
                    put(row)
                    summing.add(row)
                sums.tables[table.name] = summing.sum
                put({"end": table.name, "rows": summing.sum.rows, "digest": summing.sum.digest})
                if watch is not None:
                    watch(table.name, summing.sum.rows)
        for file in _files():
            put({"file": file.relative_to(settings.HOME).as_posix()})
            with file.open("rb") as stream:
                while part := stream.read(_HEX_CHUNK):
                    put(part.hex())
        put({"rows": sums.rows, "digest": sums.digest})
    return sums


def sums_now() -> Sums:
    """The sums of the database as it is. Raises what the database raises."""
    sums = Sums()
    with one_moment():
        for table in tables():
            summing = Summing()
            for row in rows(table):
                summing.add(row)
            sums.tables[table.name] = summing.sum
    return sums


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it is now until the end, without holding up anybody who writes."""
    if connection.in_atomic_block:  # a snapshot of its own cannot begin inside another's transaction
        yield
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def migrations() -> list[str]:
    """Which version of the tables this is."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (Path(settings.HOME) / folder).rglob("*") if path.is_file())
