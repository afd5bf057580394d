"""Writing entries: the only way into the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson
from django.db import connection, transaction

from keguan.runtime import clock, keyring
from keguan.runtime.ledger import numbers
from keguan.runtime.ledger.digest import COLUMNS, entry_digest, microseconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.ledger.actor import Actor

_INSERT = "INSERT INTO ledger_entry ({}, digest) VALUES ({})".format(
    ", ".join(COLUMNS), ", ".join(["%s"] * (len(COLUMNS) + 1))
)


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
    """Write the records as entries of now and return their ids. Raises ``TypeError`` when data is not JSON-safe."""
    contents = [_content(record) for record in records]
    if not contents:
        return []
    key_id, key = keyring.key("ledger")
    at = microseconds(clock.now())
    with transaction.atomic(savepoint=False):
        ids = numbers.take(len(contents))
        rows = []
        for entry_id, content in zip(ids, contents, strict=True):
            row = [entry_id, at, actor.staff_id, actor.name, actor.via, *content, key_id]
            rows.append([*row, entry_digest(key, row)])
        with connection.cursor() as cursor:
            if len(rows) == 1:
                cursor.execute(_INSERT, rows[0])
            else:
                cursor.executemany(_INSERT, rows)
    return ids


def _content(record: Record) -> tuple[str, str, str, str, str]:
    subject_id = "" if record.subject_id is None else str(record.subject_id)
    data = orjson.dumps(dict(record.data), option=orjson.OPT_SORT_KEYS).decode()
    return record.action, record.subject_type, subject_id, record.clause, data
