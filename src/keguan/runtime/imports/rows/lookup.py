"""Finding many stored records at once by the value of one field, encrypted or not. One query per field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.model import FieldKind
from keguan.language.model.naming import blind_index_column, record_table
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import condition_columns
from keguan.runtime.access.sealed_values import written
from keguan.runtime.access.viewer import Place
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Field, RecordType
    from keguan.runtime.access.sealed_values import Value

Key = int | str | tuple[int, ...]
"""What a value is found by: when the field is sensitive its blind indexes, one for each key that there still is, else
the value itself.
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """As much of a stored record as is needed to refer to it. ``title`` is empty for a sensitive title."""

    id: int
    owner_id: int | None
    unit_id: int | None
    import_id: int | None
    import_row: int | None
    title: str
    conditions: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        """Where the record stands."""
        return Place(self.owner_id, self.unit_id, self.conditions)


def key_of(record_type: RecordType, field: Field, value: Value) -> Key:
    """What the value of this field is found by."""
    if field.sensitive:
        return crypto.blind_indexes(crypto.place(record_type.code, field.code), field.kind, str(value))
    key: Key = written(value)
    return key


def find(record_type: RecordType, field: Field, keys: Iterable[Key | None]) -> dict[Key, list[Stored]]:
    """Records by key; records beyond the second with the same key are left out. One query, none without keys."""
    wanted = {each: key for key in keys if key is not None for each in (key if isinstance(key, tuple) else (key,))}
    if not wanted:
        return {}
    column = blind_index_column(field.code) if field.sensitive else field.code
    title = record_type.field(record_type.title)
    plain = not title.sensitive and title.kind in (FieldKind.TEXT, FieldKind.CHOICE, FieldKind.USCC)
    quoted = connection.ops.quote_name
    met = condition_columns(policies.current().model, record_type.code)
    # Identifiers come from the checked policy; values are bound.
    sql = (
        f"SELECT {quoted(column)}, id, owner_id, unit_id, import_id, import_row, "
        f"{''.join(f'{quoted(each)}, ' for each in met)}"
        f"{quoted(title.code) if plain else 'NULL'} FROM {quoted(record_table(record_type.code))} "
        f"WHERE {quoted(column)} IN ({', '.join(['%s'] * len(wanted))}) ORDER BY id"
    )
    found: dict[Key, list[Stored]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, list(wanted))
        for value, record_id, owner_id, unit_id, import_id, import_row, *conditions, name in cursor.fetchall():
            stored = found.setdefault(wanted[value], [])
            if len(stored) < 2:
                holds = frozenset(each for each, held in zip(met, conditions, strict=True) if held)
                stored.append(Stored(record_id, owner_id, unit_id, import_id, import_row, name or "", holds))
    return found
