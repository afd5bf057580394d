"""Values as they go into the columns of a record table: sealed where they are sensitive, with a blind index."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.naming import blind_index_column, reference_column
from keguan.runtime.access.crypto import blind_index, blind_indexes, place, seal
from keguan.runtime.access.per_model import per_model
from keguan.runtime.access.sealed_values import as_text, written
from keguan.runtime.records.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.access.sealed_values import Value


class Encoder:
    """Encodes the fields of one record type."""

    def __init__(self, record_type: RecordType) -> None:
        self._type = record_type
        self._fields = record_type.fields
        self._where = {field.code: place(record_type.code, field.code) for field in record_type.fields}
        self._searched = tuple(record_type.field(code) for code in record_type.search)

    @property
    def columns(self) -> tuple[str, ...]:
        """The physical columns of all fields, in the order of :meth:`row`."""
        return tuple(name for field in self._fields for name in column_names(field))

    def row(self, record_id: int, values: Mapping[str, Value | None]) -> list[Any]:
        """All fields of a record, empty where no value is given."""
        encoded: list[Any] = []
        for field in self._fields:
            value = values.get(field.code)
            if field.sensitive:
                encoded += (None, None) if value is None else self._sealed(field, record_id, value)
            else:
                encoded.append(_plain(value) if value.__class__ in _AS_TEXT else value)
        return encoded

    def field(self, field: Field, record_id: int, value: Value | None) -> dict[str, Any]:
        """One field's columns with what goes into them."""
        if field.sensitive:
            sealed = (None, None) if value is None else self._sealed(field, record_id, value)
            return dict(zip(column_names(field), sealed, strict=True))
        return {column_names(field)[0]: _plain(value)}

    def index(self, field: Field, value: Value) -> int:
        """The blind index of a sensitive value, as it is written."""
        return blind_index(self._where[field.code], field.kind, as_text(value))

    def indexes(self, field: Field, value: Value) -> tuple[int, ...]:
        """The blind indexes under which a sensitive value is looked for: more than one while the key is rotated."""
        return blind_indexes(self._where[field.code], field.kind, as_text(value))

    def tokens(self, values: Mapping[str, Value | None]) -> frozenset[int]:
        """The search tokens of a record with these values."""
        found: set[int] = set()
        for field in self._searched:
            value = values.get(field.code)
            if value is not None:
                found |= tokens_of(self._type, field, as_text(value))
        return frozenset(found)

    def _sealed(self, field: Field, record_id: int, value: Value) -> tuple[bytes, int]:
        return seal(self._where[field.code], record_id, as_text(value)), self.index(field, value)


@per_model
def encoder(model: Model, record_type: str) -> Encoder:
    """The encoder of a record type. Raises ``KeyError``."""
    return Encoder(model.record_types[record_type])


_AS_TEXT = frozenset({date, datetime, time})


def column_names(field: Field) -> tuple[str, ...]:
    """The physical columns of a field."""
    if field.sensitive:
        return (field.code, blind_index_column(field.code))
    return (field.code if field.target is None else reference_column(field.code),)


def _plain(value: Value | None) -> Any:
    """A value as the driver takes it: SQLite keeps days, times and moments as text."""
    return written(value) if connection.vendor == "sqlite" else value
