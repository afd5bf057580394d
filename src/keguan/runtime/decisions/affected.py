"""Which records are to be computed when some have changed: these, and what reads them, up to the last."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.feel import children, parents
from keguan.language.model.naming import record_table, reference_column
from keguan.runtime.policies.language_door import readers_of_children, readers_of_parents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from django.db.backends.utils import CursorWrapper

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model


def affected(model: Model, changed: Mapping[str, Collection[int]]) -> dict[str, set[int]]:
    """The ids to compute by record type: the changed records, and the records whose facts or decisions read them
    through a reference as it is now, as a child or as what they refer to, and so on. Types with nothing to compute are
    left out.
    """
    above, below = readers_of_children(model), readers_of_parents(model)
    found: dict[str, set[int]] = defaultdict(set)
    waiting = [(record_type, set(ids)) for record_type, ids in changed.items()]
    while waiting:
        record_type, ids = waiting.pop()
        fresh = ids - found[record_type]
        if not fresh:
            continue
        found[record_type] |= fresh
        for parent, via in above.get(record_type, ()):
            waiting.append((parent, _referred(record_type, via, fresh)))
        for child, via in below.get(record_type, ()):
            waiting.append((child, _referring(child, via, fresh)))
    return {record_type: ids for record_type, ids in found.items() if ids and model.computations.get(record_type)}


def reading_through(record_type: str, condition: Typed | None, changed: Mapping[str, Collection[int]]) -> set[int]:
    """The records of a type of which a condition reads one of the changed records through references, or counts a child
    that does. A query for every step of every such path on which something has changed.
    """
    found: set[int] = set()
    for begins, parent in () if condition is None else parents(condition, record_type):
        types = (begins, *(up.record_type for up in parent.path))
        ids: set[int] = set()
        for reader, up in reversed(list(zip(types, parent.path, strict=False))):
            ids |= set(changed.get(up.record_type, ()))
            ids = _referring(reader, up.via, ids) if ids else ids
        if begins == record_type:
            found |= ids
        vias = {each.via for each in children(condition) if each.child == begins} if ids and condition else set()
        for via in vias:
            found |= _referred(begins, via, ids)
    return found


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


def add_affected(cursor: CursorWrapper, ids: Collection[int]) -> None:
    """Put more ids into the temporary table ``affected(id)``; none of them may be there."""
    if ids:
        listed, place = _listed(ids)
        cursor.execute(f"INSERT INTO affected (id) {place}", [listed])


def _referred(record_type: str, via: str, ids: set[int]) -> set[int]:
    listed, place = _listed(ids)
    table, column = connection.ops.quote_name(record_table(record_type)), reference_column(via)
    quoted = connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {quoted} FROM {table} WHERE id IN ({place}) AND {quoted} IS NOT NULL", [listed]
        )
        return {row[0] for row in cursor.fetchall()}


def _referring(record_type: str, via: str, ids: set[int]) -> set[int]:
    listed, place = _listed(ids)
    table, column = map(connection.ops.quote_name, (record_table(record_type), reference_column(via)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE {column} IN ({place})", [listed])
        return {row[0] for row in cursor.fetchall()}


def _listed(ids: Collection[int]) -> tuple[str | list[int], str]:
    """Any number of ids as one parameter, and the SELECT that reads it."""
    if connection.vendor == "postgresql":
        return list(ids), "SELECT unnest(%s::bigint[])"
    return json.dumps(list(ids)), "SELECT value FROM json_each(%s)"
