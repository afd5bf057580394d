"""Putting many new records into their tables at once, with their search tokens and the periods they fall into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.naming import record_table, token_table
from keguan.runtime.clock import now
from keguan.runtime.records.encoding import encoder
from keguan.runtime.records.filing import fill_due
from keguan.runtime.records.periods import fill_periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.records.draft import Draft

_SYSTEM = ("id", "owner_id", "unit_id", "import_id", "import_row", "created_at", "updated_at", "version")
FIRST_VERSION = 1


def insert(
    model: Model, record_type: str, drafts: Sequence[Draft], import_id: int | None = None
) -> dict[str, tuple[int, ...]]:
    """Insert the drafts, and the period records that they need and that are not there yet.

    Returns the ids of those period records by type. A few statements, however many drafts.
    """
    made = fill_periods(model, record_type, drafts, insert)
    fill_due(model.record_types[record_type], drafts)
    encode = encoder(model, record_type)
    moment = connection.ops.adapt_datetimefield_value(now())
    rows = (
        (
            *(each.id, each.owner_id, each.unit_id, import_id, each.import_row, moment, moment, FIRST_VERSION),
            *encode.row(each.id, each.values),
        )
        for each in drafts
    )
    bulk(record_table(record_type), (*_SYSTEM, *encode.columns), rows)
    if model.record_types[record_type].search:
        add_tokens(record_type, [(token, each.id) for each in drafts for token in encode.tokens(each.values)])
    return made


def add_tokens(record_type: str, pairs: list[tuple[int, int]]) -> None:
    """Add (token, record id) pairs, none of which is there yet."""
    bulk(token_table(record_type), ("token", "record_id"), sorted(pairs))


def bulk(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows by the quickest way the database has."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", list(rows))
