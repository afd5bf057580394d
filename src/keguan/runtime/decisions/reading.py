"""Reading consistently and without a lock, from the live database or from a snapshot of it; and stopping half-way."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from keguan.runtime.jobs.progress import Cancelled
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.language_door import dialect, register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from keguan.runtime.policies.language_door import Dialect

    Stop = Callable[[], bool]

_STEPS = 200_000
"""SQLite asks after so many of its steps (about a hundredth of a second) whether to go on."""

_SECONDS = 0.2
"""So often a statement that runs on PostgreSQL is asked whether to go on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One consistent state of the data: every statement sees the same rows, and none of them is changed or held."""

    dialect: Dialect
    _run: Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]
    _stop: Stop

    def rows(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of a query with pyformat places. Raises ``Cancelled`` when asked to stop meanwhile."""
        if self._stop():
            raise Cancelled
        try:
            return self._run(sql, parameters)
        except (DatabaseError, sqlite3.Error):
            if self._stop():
                raise Cancelled from None
            raise


def never() -> bool:
    """Nobody asks to stop."""
    return False


@contextmanager
def live(stop: Stop = never) -> Iterator[Reading]:
    """The database in use. ``stop`` is asked now and then, on PostgreSQL by another thread.

    Inside a transaction of the caller's it reads in that one.
    """
    with _one_state(), _stoppable(stop):
        yield Reading(dialect(), _live_rows, stop)


@contextmanager
def snapshot(path: Path, stop: Stop = never) -> Iterator[Reading]:
    """A file that ``keguan snapshot`` made. Raises ``Refused`` when it is none."""
    try:
        opened = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise Refused("decisions.no_snapshot", _("读不到快照文件 %(file)s。") % {"file": path}) from error
    with closing(opened):
        register(opened)
        opened.set_progress_handler(lambda: int(stop()), _STEPS)

        def rows(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
            return opened.execute(sql % {name: f":{name}" for name in parameters}, dict(parameters)).fetchall()

        yield Reading("sqlite", rows, stop)


def _live_rows(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [tuple(row) for row in cursor.fetchall()]


@contextmanager
def _one_state() -> Iterator[None]:
    """A transaction that only reads. On SQLite Django's own would take the write lock, so it is begun by hand."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
            cursor.execute("PRAGMA query_only = OFF")


@contextmanager
def _stoppable(stop: Stop) -> Iterator[None]:
    connection.ensure_connection()
    raw: Any = connection.connection
    if connection.vendor == "sqlite":
        raw.set_progress_handler(lambda: int(stop()), _STEPS)
        try:
            yield
        finally:
            raw.set_progress_handler(None, 0)
        return
    ended = Event()
    watcher = Thread(target=_watch, args=(raw, stop, ended), daemon=True)
    if stop is not never:
        watcher.start()
    try:
        yield
    finally:
        ended.set()
        if watcher.is_alive():
            watcher.join()


def _watch(raw: Any, stop: Stop, ended: Event) -> None:
    """Cancel what runs on the server once asked to stop."""
    while not ended.wait(_SECONDS):
        if stop():
            raw.cancel()
