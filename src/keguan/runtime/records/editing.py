"""What an edit changes in a stored record: columns, search tokens, period, and what the ledger will say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.feel.stamps import CODES
from keguan.language.model.model import FieldKind
from keguan.language.model.naming import blind_index_column, record_table, token_table
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import columns
from keguan.runtime.access.masks import mask
from keguan.runtime.access.sealed_values import as_text, written
from keguan.runtime.clock import now
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.draft import Draft
from keguan.runtime.records.encoding import column_names, encoder
from keguan.runtime.records.filing import file_by, with_stamps
from keguan.runtime.records.inserting import add_tokens, insert
from keguan.runtime.records.layout import record_columns
from keguan.runtime.records.periods import fill_periods
from keguan.runtime.records.tokens import tokens_ever, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.records.validation import Typed

Row = dict[str, Any]


@dataclass(slots=True)
class Edit:
    """The effect of new values on one record. ``changes`` are, by field code, old and new as the ledger may keep them:
    empty for sensitive and long values. ``left`` are records by type that it no longer refers to, and new periods.
    """

    record_type: str
    id: int
    version: int
    columns: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    tokens_gone: frozenset[int] = frozenset()
    tokens_new: frozenset[int] = frozenset()
    left: dict[str, tuple[int, ...]] = field(default_factory=dict)


def stored_rows(model: Model, record_type: str, ids: Iterable[int]) -> dict[int, Row]:
    """All columns of these records by id, locked until the end of the transaction where the database locks rows."""
    names = ("id", *(column.name for column in record_columns(model, record_type)))
    found = rows_of(model, record_type).filter(id__in=set(ids))
    if connection.vendor == "postgresql":
        found = found.order_by("id").select_for_update()  # in one order: two batches never wait for each other
    rows = (dict(zip(names, row, strict=True)) for row in found.values_list(*map(attribute, names)))
    return {row["id"]: row for row in rows}


def by_code(model: Model, record_type: str, row: Row) -> dict[str, Any]:
    """A stored row by code; a sensitive value as its ciphertext, good only for telling that there is one."""
    held = {code: row[column.physical] for code, column in columns(model, record_type).items()}
    return held | with_stamps({code: row[code] for code in CODES & row.keys()})


def untouched(declared: RecordType, row: Row, typed: Mapping[str, Typed]) -> frozenset[str]:
    """Codes of sensitive fields that came back from a form exactly as they were shown there: masked."""
    same = set()
    for code, value in typed.items():
        known = next((each for each in declared.fields if each.code == code), None)
        if known is None or not known.sensitive or not isinstance(value, str) or "*" not in value:
            continue
        old = opened(declared.code, known, row)
        if old is not None and mask(known.kind, old) == value:
            same.add(code)
    return frozenset(same)


def edit(model: Model, declared: RecordType, row: Row, values: Mapping[str, Value | None]) -> Edit:
    """What the values would change. Period records that are needed are made; nothing else is written."""
    found = Edit(declared.code, row["id"], row["version"])
    encode = encoder(model, declared.code)
    gone: frozenset[int] = frozenset()
    had: frozenset[int] = frozenset()
    new: frozenset[int] = frozenset()
    for code, value in values.items():
        known = declared.field(code)
        if not _differs(model, declared, known, row, value):
            continue
        found.columns |= encode.field(known, row["id"], value)
        found.changes[code] = _told(known, row, value)
        if known.target is not None:
            _leave(found, known.target, row[column_names(known)[0]])
        if code in declared.search:
            old = opened(declared.code, known, row)
            if old is not None:
                gone |= tokens_ever(declared, known, old)
                had |= tokens_of(declared, known, old)
            new |= frozenset() if value is None else tokens_of(declared, known, as_text(value))
    found.tokens_gone, found.tokens_new = gone - new, new - had
    _refill_periods(model, declared, row, values, found)
    timely = declared.timely
    if timely is not None and timely.happened in found.changes:
        due = declared.field(timely.due)
        found.columns |= encode.field(due, row["id"], file_by(declared, values.get(timely.happened)))
    return found


def write(found: Edit, *, changed: bool = True) -> bool:
    """Write an edit down. False, and nothing written, when the record was changed since it was read. Without
    ``changed`` the moment of the last change stays: what was written is only that all was found true.
    """
    quote = connection.ops.quote_name
    moment = connection.ops.adapt_datetimefield_value(now())
    moments = {"updated_at": moment} if changed else {}
    names = [*found.columns, *moments]
    assigned = ", ".join(f"{quote(name)} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(record_table(found.record_type))} SET {assigned}, version = version + 1 "
            "WHERE id = %s AND version = %s",
            [*found.columns.values(), *moments.values(), found.id, found.version],
        )
        if cursor.rowcount != 1:
            return False
        if found.tokens_gone:
            marks = ", ".join(["%s"] * len(found.tokens_gone))
            cursor.execute(
                f"DELETE FROM {quote(token_table(found.record_type))} WHERE token IN ({marks}) AND record_id = %s",
                [*found.tokens_gone, found.id],
            )
    if found.tokens_new:
        add_tokens(found.record_type, [(token, found.id) for token in found.tokens_new])
    return True


def _differs(model: Model, declared: RecordType, known: Field, row: Row, value: Value | None) -> bool:
    if not known.sensitive:
        return bool(row[column_names(known)[0]] != value)
    index = None if value is None else encoder(model, declared.code).index(known, value)
    if row[blind_index_column(known.code)] != index:
        return True
    # equal indexes of different spellings (an address with other blanks): compared in clear only then
    return value is not None and opened(declared.code, known, row) != as_text(value)


def opened(record_type: str, known: Field, row: Mapping[str, Any]) -> str | None:
    """A stored value as text, a sensitive one in clear: for the runtime's own use. Raises ``crypto.Unsealable``."""
    stored = row[column_names(known)[0]]
    if stored is None or not known.sensitive:
        return None if stored is None else str(stored)
    return crypto.open_sealed(crypto.place(record_type, known.code), row["id"], stored)


def _told(known: Field, row: Row, value: Value | None) -> list[Any]:
    if known.sensitive or known.kind is FieldKind.LONG_TEXT:
        return []
    return [_json(row[column_names(known)[0]]), _json(value)]


def _json(value: Any) -> Any:
    return written(value)


def _leave(found: Edit, target: str, old: int | None) -> None:
    if old is not None:
        found.left[target] = (*found.left.get(target, ()), old)


def _refill_periods(
    model: Model, declared: RecordType, row: Row, values: Mapping[str, Value | None], found: Edit
) -> None:
    """A changed date may fall into another period."""
    periodic = [each for each in declared.fields if each.kind is FieldKind.PERIOD and each.period_of in found.changes]
    if not periodic:
        return
    days = {each.code: row[each.code] for each in declared.fields if each.kind is FieldKind.DATE and not each.sensitive}
    draft = Draft(row["id"], row["owner_id"], row["unit_id"], values={**days, **values})
    for target, ids in fill_periods(model, declared.code, [draft], insert).items():
        found.left[target] = (*found.left.get(target, ()), *ids)
    for each in periodic:
        (name,) = column_names(each)
        if each.target is not None and draft.values[each.code] != row[name]:
            found.columns[name] = draft.values[each.code]
            _leave(found, each.target, row[name])
