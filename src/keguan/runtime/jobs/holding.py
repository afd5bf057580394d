"""Who is at something: a lock that dies with its process, so that a killed worker's job is known to be free at once.

No time-outs and no heartbeats: a heartbeat could not be written on SQLite while the job's own transaction holds the
write lock, and any time-out is either too short for a long statement or too long for whoever waits.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOBS = 573_120_401


@contextmanager
def held(number: int, what: str = "job") -> Iterator[bool]:
    """Hold the job of this id inside the block; False when another process, or another thread, has it.

    Other things that one process at a time may be at have a name of their own and are counted apart.
    """
    lock = (_JOBS if what == "job" else _name(what), number % 2**31)
    name = f"{number}.lock" if what == "job" else f"{what}-{number}.lock"
    with _by_session(*lock) if connection.vendor == "postgresql" else _by_file(name) as free:
        yield free


def _name(what: str) -> int:
    """A number of 31 bits for a name, the same in every process."""
    return crc32(what.encode()) % 2**31


@contextmanager
def _by_file(name: str) -> Iterator[bool]:
    """SQLite means one machine: a locked file, which the kernel frees when its process dies."""
    folder = Path(settings.HOME) / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)  # the empty file stays: removing it would let two processes lock two files of one name


@contextmanager
def _by_session(what: int, number: int) -> Iterator[bool]:
    """PostgreSQL may serve many machines: an advisory lock of a connection of its own, freed when that breaks."""
    import psycopg

    parameters = connection.get_connection_params()
    for django_only in ("context", "cursor_factory", "prepare_threshold"):
        parameters.pop(django_only, None)
    with psycopg.connect(**parameters, autocommit=True) as session:
        row = session.execute("SELECT pg_try_advisory_lock(%s, %s)", [what, number]).fetchone()
        free = bool(row and row[0])
        try:
            yield free
        finally:
            # said, not left to the end of the session: the server takes a moment to notice that
            if free and not session.broken:
                session.execute("SELECT pg_advisory_unlock(%s, %s)", [what, number])
