"""A record taken out of its table and put back as it was: every column, its search tokens with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection

from keguan.language.model.naming import record_table, token_table
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import Source, columns
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.access.sealed_values import as_text, from_text, written
from keguan.runtime.records.editing import opened
from keguan.runtime.records.encoding import column_names, encoder
from keguan.runtime.records.inserting import add_tokens, bulk
from keguan.runtime.records.layout import SYSTEM, record_columns
from keguan.runtime.records.tokens import tokens_ever

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.access.sealed_values import Value

    Row = Mapping[str, Any]

_PLACE = "merge"


def packed(model: Model, record_type: str, row: Row) -> bytes:
    """A stored row as sealed JSON: system columns, fields as text, and what was computed."""
    declared = model.record_types[record_type]
    own = {name for field in declared.fields for name in column_names(field)} | {column.name for column in SYSTEM}
    kept = {
        "system": {column.name: written(row[column.name]) for column in SYSTEM},
        "fields": texts(declared, row),
        "computed": {
            column.name: written(row[column.name])
            for column in record_columns(model, record_type)
            if column.name not in own
        },
    }
    return crypto.seal(place(record_type), row["id"], orjson.dumps(kept).decode())


def texts(declared: RecordType, row: Row) -> dict[str, str | None]:
    """Each field of a stored row as text, sensitive ones in clear: for the runtime's own use."""
    found: dict[str, str | None] = {}
    for field in declared.fields:
        value = row[column_names(field)[0]]
        if value is None:
            found[field.code] = None
        else:
            found[field.code] = opened(declared.code, field, row) if field.sensitive else as_text(value)
    return found


def values(declared: RecordType, kept: Mapping[str, str | None]) -> dict[str, Value | None]:
    """Texts of :func:`texts` as values again, of the fields that there still are and whose kind still fits."""
    found: dict[str, Value | None] = {}
    for field in declared.fields:
        text = kept.get(field.code)
        try:
            found[field.code] = None if text is None else from_text(field.type, text)
        except ValueError:
            found[field.code] = None
    return found


def take_out(model: Model, record_type: str, row: Row) -> None:
    """Delete the row and its search tokens."""
    quote, declared = connection.ops.quote_name, model.record_types[record_type]
    kept = texts(declared, row)
    gone: set[int] = set()
    for code in declared.search:
        text = kept[code]
        if text is not None:
            gone |= tokens_ever(declared, declared.field(code), text)
    with connection.cursor() as cursor:
        if gone:
            marks = ", ".join(["%s"] * len(gone))
            cursor.execute(
                f"DELETE FROM {quote(token_table(record_type))} WHERE token IN ({marks}) AND record_id = %s",
                [*sorted(gone), row["id"]],
            )
        cursor.execute(f"DELETE FROM {quote(record_table(record_type))} WHERE id = %s", [row["id"]])


def put_back(model: Model, record_type: str, record_id: int, sealed: bytes) -> dict[str, Value | None]:
    """Insert a packed row again under its id, sealed and indexed with the keys of now. Gives its fields' values."""
    kept: dict[str, dict[str, Any]] = orjson.loads(crypto.open_sealed(place(record_type), record_id, sealed))
    declared, encode = model.record_types[record_type], encoder(model, record_type)
    own = values(declared, kept["fields"])
    system = {name: _system(name, value) for name, value in kept["system"].items()}
    there = {column.name for column in record_columns(model, record_type)} - {*encode.columns, *system}
    computed = {name: _computed(model, record_type, name, kept["computed"].get(name)) for name in sorted(there)}
    names = ("id", *system, *encode.columns, *computed)
    row: Sequence[Any] = [record_id, *system.values(), *encode.row(record_id, own), *computed.values()]
    bulk(record_table(record_type), names, [row])
    if declared.search:
        add_tokens(record_type, [(token, record_id) for token in encode.tokens(own)])
    return own


def place(record_type: str) -> str:
    """Under which a record's packed row is sealed."""
    return f"{_PLACE}/{record_type}"


def _system(name: str, value: Any) -> Any:
    if name not in ("created_at", "updated_at") or value is None:
        return value
    moment = datetime.fromisoformat(value)
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return connection.ops.adapt_datetimefield_value(moment)


def _computed(model: Model, record_type: str, physical: str, value: Any) -> Any:
    """Days and moments as the driver takes them; PostgreSQL's COPY wants them typed."""
    if not isinstance(value, str) or connection.vendor == "sqlite":
        return value
    column = next((each for each in columns(model, record_type).values() if each.physical == physical), None)
    if column is None or column.source is Source.FIELD:
        return value
    return from_text(column.type, value)


SEALED = (
    SealedColumn("records_merge", "gone", lambda _id, reads: (place(reads[0]), reads[1]), ("record_type", "gone_id")),
    SealedColumn("records_merge", "taken", lambda _id, reads: (place(reads[0]), reads[1]), ("record_type", "kept_id")),
)
"""Where packed rows lie."""
