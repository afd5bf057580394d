"""A snapshot: the tables that decisions read, as they are at one moment, in a file of its own.

A trial on the file weighs on nobody. Sealed fields stay sealed in it; the rest is as confidential as the database, so
the file is its owner's alone and the ledger says that it was made. It is written aside and takes its name when it is
whole: a name without a whole snapshot behind it never comes to be.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import record_table
from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.access.sealed_values import written
from keguan.runtime.decisions.reading import live, never
from keguan.runtime.jobs.progress import Cancelled
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.policies.compiled import compiled
from keguan.runtime.policies.queries import current, latest
from keguan.runtime.records.layout import record_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.language.model.model import Model
    from keguan.runtime.decisions.reading import Stop
    from keguan.runtime.ledger.actions import Actor
    from keguan.runtime.policies.queries import Current

FORMAT = "keguan.snapshot/1"
_BATCH = 5_000
_ABOUT = "keguan_snapshot"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a snapshot says of itself: when it was taken, the policy in force then, and the one its tables are of."""

    path: Path
    taken_at: datetime
    day: date
    in_force: Model
    tables: Model
    sources: tuple[PackSource, ...]


@dataclass(frozen=True, kw_only=True)
class NoteSnapshot(Action[None]):
    """Put into the ledger that the tables are about to be copied into a file, before the first row is."""

    file: str
    name: ClassVar[str] = "decisions.snapshot"
    operation: ClassVar[str | None] = "publish"

    def check(self) -> None:
        """Nothing to copy while no policy is in force."""
        current()

    def do(self) -> None:
        """The copy itself is made outside any transaction that writes."""

    def log(self, result: None) -> Iterable[Record]:
        """One entry with the file's name."""
        yield Record(self.name, "publication", current().publication_id, data={"file": self.file})


def take(actor: Actor, path: Path, stop: Stop = never) -> Snapshot:
    """Copy the tables into a new file, or in place of an older snapshot.

    Raises ``Refused`` when the path is taken by anything but a snapshot, and ``Cancelled``; no file is left then.
    """
    if path.exists() and not _is_snapshot(path):
        raise Refused("decisions.not_a_snapshot", _("%(file)s 已存在，而且不是快照，没有覆盖它。") % {"file": path})
    if not path.resolve().parent.is_dir():
        raise Refused("decisions.no_folder", _("没有文件夹 %(folder)s。") % {"folder": path.resolve().parent})
    NoteSnapshot(actor=actor, file=path.name).run()
    aside = path.with_name(f"{path.name}.part")
    aside.unlink(missing_ok=True)
    try:
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(aside, isolation_level=None)) as file:
            _fill(file, stop)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return opened(path)


def opened(path: Path) -> Snapshot:
    """What a snapshot says of itself. Raises ``Refused`` when the file is none."""
    if not path.is_file() or not _is_snapshot(path):
        raise Refused("decisions.no_snapshot", _("%(file)s 不是 keguan snapshot 做的快照。") % {"file": path})
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
        taken_at, day, force, tables = file.execute(f"SELECT taken_at, day, in_force, tables FROM {_ABOUT}").fetchone()
    sources = _sources(force)
    models = [compiled(each).model for each in (sources, _sources(tables))]
    if models[0] is None or models[1] is None:
        raise Refused("decisions.old_snapshot", _("快照 %(file)s 里的制度，本版程序已不能读取。") % {"file": path})
    return Snapshot(path, datetime.fromisoformat(taken_at), date.fromisoformat(day), models[0], models[1], sources)


def _is_snapshot(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            return bool(file.execute(f"SELECT format FROM {_ABOUT}").fetchone() == (FORMAT,))
    except sqlite3.Error:
        return False


def _fill(file: sqlite3.Connection, stop: Stop) -> None:
    file.execute("PRAGMA journal_mode = OFF")
    file.execute("PRAGMA synchronous = OFF")
    file.execute("BEGIN")
    with live(stop):
        now = current()
        last = latest() or now
        for code in last.model.record_types:
            _copy(file, last.model, code, stop)
        _describe(file, now, last)
    file.execute("COMMIT")
    file.execute("PRAGMA synchronous = FULL")
    file.execute("PRAGMA user_version = 1")  # written through to the disk


def _describe(file: sqlite3.Connection, now: Current, last: Current) -> None:
    texts = [json.dumps({each.id: dict(each.files) for each in policy.sources}) for policy in (now, last)]
    file.execute(f"CREATE TABLE {_ABOUT} (format text, taken_at text, day text, in_force text, tables text)")
    moment, day = clock.now().isoformat(), clock.today().isoformat()
    file.execute(f"INSERT INTO {_ABOUT} VALUES (?, ?, ?, ?, ?)", [FORMAT, moment, day, *texts])


def _copy(file: sqlite3.Connection, model: Model, code: str, stop: Stop) -> None:
    table = record_table(code)
    columns = record_columns(model, code)
    declared = ", ".join(f'"{each.name}" {each.storage.value[0]}' for each in columns)
    file.execute(f'CREATE TABLE "{table}" (id integer PRIMARY KEY, {declared})')
    names = ", ".join(['"id"', *(f'"{each.name}"' for each in columns)])
    places = ", ".join("?" * (len(columns) + 1))
    for batch in _batches(f'SELECT {names} FROM "{table}"'):
        if stop():
            raise Cancelled
        file.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', batch)


def _batches(sql: str) -> Iterator[list[tuple[Any, ...]]]:
    """Rows as they come: a server-side cursor where there is one, so that no table has to fit into memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(_BATCH):
            yield [tuple(_plain(value) for value in row) for row in rows]


def _plain(value: Any) -> Any:
    """A value as SQLite keeps it."""
    if isinstance(value, Decimal):
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else written(value)


def _sources(text: str) -> tuple[PackSource, ...]:
    return tuple(PackSource(pack, files) for pack, files in json.loads(text).items())
