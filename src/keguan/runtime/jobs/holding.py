"""Who is at a job: a lock that dies with its process, so that a killed worker's job is known to be free at once.

No time-outs and no heartbeats: a heartbeat could not be written on SQLite while the job's own transaction holds the
write lock, and any time-out is either too short for a long statement or too long for whoever waits.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOBS = 573_120_401


@contextmanager
def held(job_id: int) -> Iterator[bool]:
    """Hold the job inside the block; False when another process, or another thread, has it."""
    with _by_session(job_id) if connection.vendor == "postgresql" else _by_file(job_id) as free:
        yield free


@contextmanager
def _by_file(job_id: int) -> Iterator[bool]:
    """SQLite means one machine: a locked file, which the kernel frees when its process dies."""
    folder = Path(settings.HOME) / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / f"{job_id}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
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
def _by_session(job_id: int) -> Iterator[bool]:
    """PostgreSQL may serve many machines: an advisory lock of a connection of its own, freed when that breaks."""
    import psycopg

    parameters = connection.get_connection_params()
    for django_only in ("context", "cursor_factory", "prepare_threshold"):
        parameters.pop(django_only, None)
    with psycopg.connect(**parameters, autocommit=True) as session:
        row = session.execute("SELECT pg_try_advisory_lock(%s, %s)", [_JOBS, job_id % 2**31]).fetchone()
        yield bool(row and row[0])
