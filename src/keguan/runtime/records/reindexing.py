"""Blind indexes and search tokens made again, after their key has been rotated, while people go on working.

A few hundred records a transaction, in the order of their ids; what is right already is left alone. Killed at any line,
it is run again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Q

from keguan.language.model.naming import blind_index_column, record_table, token_table
from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_values import as_text
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.encoding import column_names
from keguan.runtime.records.tokens import tokens_ever, tokens_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.jobs.progress import Progress

BATCH = 500


class Part(Enum):
    """What one run makes again."""

    INDEXES = "indexes"
    NEW_TOKENS = "new tokens"  # under the keys that tokens are written with, one that waits among them
    OLD_TOKENS = "old tokens"  # taken away: those under keys that nothing is written with any more


@dataclass(slots=True)
class Reindexed:
    """What one run did: records with another index, tokens that came or went, values that do not open."""

    records: int = 0
    tokens: int = 0
    damaged: int = 0


def reindex(part: Part, progress: Progress | None = None) -> Reindexed:
    """Bring one part of every record to the keys of now. Raises ``Cancelled`` when asked to stop."""
    model = policies.current().model
    ends = {code: sequence.newest(code) for code in model.record_types}
    total, before = sum(ends.values()), 0
    done = Reindexed()
    for code in model.record_types:
        for reached in _Reindexing(part, model, model.record_types[code], done).run():
            if progress is not None:
                progress.check_cancelled()
                progress.step(before + min(reached, ends[code]), total)
        before += ends[code]
    return done


def index_anew(model: Model, record_type: str, ids: Collection[int]) -> int:
    """Bring the blind indexes of these records to the key of now: of rows that lay beside their table when its key was
    rotated, and are back. Gives how many had another; inside a transaction.
    """
    done = Reindexed()
    _Reindexing(Part.INDEXES, model, model.record_types[record_type], done).only(ids)
    return done.records


class _Reindexing:
    """One record type's."""

    def __init__(self, part: Part, model: Model, declared: RecordType, done: Reindexed) -> None:
        self._part, self._model, self._type, self._done = part, model, declared, done
        self._fields = (
            [field for field in declared.fields if field.sensitive]
            if part is Part.INDEXES
            else [declared.field(code) for code in declared.search]
        )
        self._columns = sorted({name for field in self._fields for name in column_names(field)})

    def run(self) -> Iterator[int]:
        """Go through the records; yields the id that it has reached after each transaction."""
        if not self._columns:
            return
        after: int | None = 0
        while after is not None:
            with transaction.atomic():
                after = self._batch(after)
            if after is not None:
                yield after

    def only(self, ids: Collection[int]) -> None:
        """Go through these records alone."""
        listed = sorted(ids)
        for first in range(0, len(listed) if self._columns else 0, BATCH):
            self._write(self._rows(Q(id__in=listed[first : first + BATCH])))

    def _batch(self, after: int) -> int | None:
        rows = self._rows(Q(id__gt=after))
        if not rows:
            return None
        self._write(rows)
        last: int = rows[-1]["id"]
        return last

    def _write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        texts = [(row, self._texts(row)) for row in rows]
        if self._part is Part.INDEXES:
            self._write_indexes([(row["id"], changed) for row, of in texts if (changed := self._indexes(row, of))])
        else:
            self._write_tokens(
                [
                    (token, row["id"])
                    for row, of in texts
                    for field in self._fields
                    if field.code in of
                    for token in self._tokens(field, of[field.code])
                ]
            )

    def _rows(self, which: Q) -> list[dict[str, Any]]:
        """The next records by physical column; on PostgreSQL locked, on SQLite the transaction is alone anyway."""
        found = rows_of(self._model, self._type.code).filter(which).order_by("id")
        if connection.vendor == "postgresql":
            found = found.select_for_update()
        names = {attribute(name): name for name in self._columns}
        return [
            {names.get(name, name): value for name, value in row.items()} for row in found.values("id", *names)[:BATCH]
        ]

    def _texts(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Each field's value as text; a damaged one is left out."""
        texts: dict[str, str] = {}
        for field in self._fields:
            stored = row[column_names(field)[0]]
            if stored is None:
                continue
            if not field.sensitive:
                texts[field.code] = as_text(stored)
                continue
            try:
                texts[field.code] = crypto.open_sealed(crypto.place(self._type.code, field.code), row["id"], stored)
            except crypto.Unsealable:
                self._done.damaged += 1
        return texts

    def _indexes(self, row: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, int | None]:
        changed: dict[str, int | None] = {}
        for field in self._fields:
            text = texts.get(field.code)
            if text is None:
                continue
            index = crypto.blind_index(crypto.place(self._type.code, field.code), field.kind, text)
            if row[blind_index_column(field.code)] != index:
                changed[blind_index_column(field.code)] = index
        return changed

    def _write_indexes(self, changed: Sequence[tuple[int, Mapping[str, int | None]]]) -> None:
        """One statement for all records with the same changed columns. Not an edit: no version, no moment."""
        quote = connection.ops.quote_name
        by_columns: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
        for record_id, values in changed:
            by_columns[tuple(values)].append([*values.values(), record_id])
        with connection.cursor() as cursor:
            for names, rows in by_columns.items():
                sets = ", ".join(f"{quote(name)} = %s" for name in names)
                cursor.executemany(f"UPDATE {quote(record_table(self._type.code))} SET {sets} WHERE id = %s", rows)
        self._done.records += len(changed)

    def _tokens(self, field: Field, text: str) -> frozenset[int]:
        written = tokens_of(self._type, field, text)
        return written if self._part is Part.NEW_TOKENS else tokens_ever(self._type, field, text) - written

    def _write_tokens(self, pairs: list[tuple[int, int]]) -> None:
        """Tokens are found by themselves, never by their record: so those that go are named one by one."""
        table = connection.ops.quote_name(token_table(self._type.code))
        if self._part is Part.NEW_TOKENS:
            insert = f"INSERT INTO {table} (token, record_id) {{}} ON CONFLICT DO NOTHING"
            self._done.tokens += _run(insert.format("VALUES (%s, %s)"), insert.format(_PAIRS), pairs)
            return
        self._done.tokens += _run(
            f"DELETE FROM {table} WHERE token = %s AND record_id = %s",
            f"DELETE FROM {table} AS t USING ({_PAIRS}) AS gone(token, record_id) "
            "WHERE t.token = gone.token AND t.record_id = gone.record_id",
            pairs,
        )


_PAIRS = "SELECT * FROM unnest(%s::bigint[], %s::bigint[])"


def _run(one_by_one: str, by_lists: str, pairs: list[tuple[int, int]]) -> int:
    """Run it for all pairs, the way that is quickest on this engine, and return how many rows it touched."""
    if not pairs:
        return 0
    ordered = sorted(pairs)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(by_lists, [[token for token, _ in ordered], [record_id for _, record_id in ordered]])
        else:
            cursor.executemany(one_by_one, ordered)
        touched: int = cursor.rowcount
    return max(touched, 0)
