"""The ends of committed appends, noted outside the database until they are sealed.

An entry that is not sealed yet is bound by its lane's counter alone. Who brings back an older state of the counter with
the database as it was then, within the minute, leaves nothing in the database that tells: this file does. Each line is
the id of an entry that was committed and the start of its digest. The sealer drops the lines whose entries it finds in
the ledger; lines whose entries are missing stay, and ``verify`` names them.
"""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from keguan.runtime.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "ledger-journal"
_log = logging.getLogger(__name__)
_DIGEST = 16
_PART = 500

Note = tuple[int, str]


def note_when_committed(entry_id: int, digest: str) -> None:
    """Note this entry, the last of an append, as soon as its transaction is committed."""
    transaction.on_commit(partial(_write, ((entry_id, digest[:_DIGEST]),)))


def noted() -> list[Note]:
    """Every noted entry that may not be sealed yet, by id."""
    return sorted({note for path in (_path(), *_set_aside()) for note in _read(path)})


def missing(notes: Iterable[Note]) -> list[Note]:
    """Those of the noted entries that are not in the ledger. One query for every 500."""
    listed = sorted(notes)
    gone = []
    for first in range(0, len(listed), _PART):
        part = listed[first : first + _PART]
        rows = Entry.objects.filter(pk__in=[entry_id for entry_id, _digest in part])
        there = dict(rows.values_list("id", "digest"))
        gone += [(entry_id, digest) for entry_id, digest in part if there.get(entry_id, "")[:_DIGEST] != digest]
    return gone


def drop_sealed(until: int) -> None:
    """Drop the notes of entries up to ``until`` that are in the ledger. Killed at any line, it may be run again."""
    path = _path()
    if path.exists():
        path.rename(path.with_name(f"{NAME}.{os.getpid()}.{os.urandom(4).hex()}"))
    for aside in _set_aside():
        notes = _read(aside)
        _write([*missing(note for note in notes if note[0] <= until), *(note for note in notes if note[0] > until)])
        aside.unlink(missing_ok=True)


def _write(notes: Iterable[Note]) -> None:
    """Add lines in one write, which other processes' lines cannot tear."""
    text = "".join(f"{entry_id} {digest}\n" for entry_id, digest in notes)
    if not text:
        return
    try:
        opened = os.open(_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(opened, text.encode())
        finally:
            os.close(opened)
    except OSError:
        _log.exception("the ledger's journal cannot be written")  # what was done is done, and proved by the lanes


def _read(path: Path) -> list[Note]:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []
    parts = [line.split(" ") for line in lines]
    return [
        (int(part[0]), part[1]) for part in parts if len(part) == 2 and part[0].isdigit() and len(part[1]) == _DIGEST
    ]


def _path() -> Path:
    return Path(settings.HOME) / NAME


def _set_aside() -> list[Path]:
    return sorted(Path(settings.HOME).glob(f"{NAME}.*"))
