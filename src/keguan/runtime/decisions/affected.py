"""Which records are to be computed when some have changed: these, and what reads them, up to the last."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.naming import record_table, reference_column
from keguan.runtime.policies.language_door import readers_of_children

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from keguan.language.model.model import Model


def affected(model: Model, changed: Mapping[str, Collection[int]]) -> dict[str, set[int]]:
    """The ids to compute by record type: the changed records, and the records whose facts or decisions read them
    through a reference as it is now, and so on. Types with nothing to compute are left out.
    """
    readers = readers_of_children(model)
    found: dict[str, set[int]] = defaultdict(set)
    waiting = [(record_type, set(ids)) for record_type, ids in changed.items()]
    while waiting:
        record_type, ids = waiting.pop()
        fresh = ids - found[record_type]
        if not fresh:
            continue
        found[record_type] |= fresh
        for parent, via in readers.get(record_type, ()):
            waiting.append((parent, _referred(record_type, via, fresh)))
    return {record_type: ids for record_type, ids in found.items() if ids and model.computations.get(record_type)}


@contextmanager
def affected_table(ids: Collection[int] | None) -> Iterator[None]:
    """Within the block the temporary table ``affected(id)`` holds these ids; None makes none. Inside a transaction."""
    if ids is None:
        yield
        return
    schema = "pg_temp" if connection.vendor == "postgresql" else "temp"
    listed, place = _listed(ids)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {schema}.affected")
        cursor.execute("CREATE TEMPORARY TABLE affected (id bigint PRIMARY KEY)")
        cursor.execute(f"INSERT INTO affected (id) {place}", [listed])
        yield
        cursor.execute(f"DROP TABLE {schema}.affected")


def _referred(record_type: str, via: str, ids: set[int]) -> set[int]:
    listed, place = _listed(ids)
    table, column = connection.ops.quote_name(record_table(record_type)), reference_column(via)
    quoted = connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {quoted} FROM {table} WHERE id IN ({place}) AND {quoted} IS NOT NULL", [listed]
        )
        return {row[0] for row in cursor.fetchall()}


def _listed(ids: Collection[int]) -> tuple[str | list[int], str]:
    """Any number of ids as one parameter, and the SELECT that reads it."""
    if connection.vendor == "postgresql":
        return list(ids), "SELECT unnest(%s::bigint[])"
    return json.dumps(list(ids)), "SELECT value FROM json_each(%s)"
