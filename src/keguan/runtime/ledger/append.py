"""Writing entries: the only way into the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection, transaction

from keguan.runtime import clock, keyring
from keguan.runtime.ledger import journal, lanes, subject_keys
from keguan.runtime.ledger.digest import COLUMNS, entry_digest, microseconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.ledger.actor import Actor

_INSERT = "INSERT INTO ledger_entry ({}, digest) VALUES ({})".format(
    ", ".join(COLUMNS), ", ".join(["%s"] * (len(COLUMNS) + 1))
)
_AT_ONCE = f"WITH moved AS ({lanes.MOVE}) {_INSERT}"
"""Entry and counter in one statement, where the server is a network away."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to write down. ``data`` is safe for JSON and holds no sensitive value in clear.

    ``clause`` is ``pack#anchor`` where a clause of the policy asked for it.
    """

    action: str
    subject_type: str = ""
    subject_id: int | str | None = None
    clause: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


def append(actor: Actor, records: Iterable[Record]) -> list[int]:
    """Write the records as entries of now and return their ids. Raises ``TypeError`` when data is not JSON-safe.

    What the data say of a subject that may have to be forgotten is sealed under that subject's key.
    """
    listed = list(records)
    if not listed:
        return []
    key_id, key = keyring.key("ledger")
    at = microseconds(clock.now())
    kept = subject_keys.closed([(each.subject_type, _subject(each), each.data) for each in listed])
    texts = [orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode() for data in kept]
    with transaction.atomic(savepoint=False):
        taken = lanes.take(len(listed))
        rows: list[list[Any]] = []
        before = taken.before
        for entry_id, record, text in zip(taken.ids, listed, texts, strict=True):
            what = (record.action, record.subject_type, _subject(record), record.clause, text)
            row = [entry_id, at, actor.staff_id, actor.name, actor.via, *what, key_id, before]
            rows.append([*row, entry_digest(key, row)])
            before = entry_id
        with connection.cursor() as cursor:
            if len(rows) == 1 and connection.vendor == "postgresql":
                cursor.execute(_AT_ONCE, [*lanes.moving(taken), *rows[0]])
            else:
                cursor.executemany(_INSERT, rows)
                lanes.move(taken)
        journal.note_when_committed(rows[-1][0], rows[-1][-1])
    return list(taken.ids)


def _subject(record: Record) -> str:
    return "" if record.subject_id is None else str(record.subject_id)
