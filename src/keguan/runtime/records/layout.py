"""Which physical columns a record type, a decision's history and a search index have, and which are indexed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from keguan.language.feel.types import (
    Attachment,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Number,
    Staff,
    Text,
    Time,
)
from keguan.language.model.conditions import is_condition, is_hidden
from keguan.language.model.model import Decision, Fact, FieldKind
from keguan.language.model.naming import (
    QUOTA_GROUP,
    blind_index_column,
    by_table_column,
    reference_column,
    rule_column,
    trail_column,
)
from keguan.runtime.access.per_model import per_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Field, Model, OutputColumn, RecordType


class Storage(Enum):
    """How a column is kept: its type on SQLite and on PostgreSQL. Text is ordered by code point on both."""

    TEXT = ("text", 'text COLLATE "C"')
    WHOLE = ("bigint", "bigint")
    SMALL = ("integer", "integer")
    YES_NO = ("bool", "boolean")
    DAY = ("date", "date")
    CLOCK = ("time", "time")
    LOCAL = ("datetime", "timestamp")
    MOMENT = ("datetime", "timestamp with time zone")
    SEALED = ("BLOB", "bytea")
    ANY = ("", "text")  # history inputs: on SQLite any value, on PostgreSQL only after two versions disagreed


@dataclass(frozen=True, slots=True)
class Physical:
    """One column. ``indexed``: with an index on (column, id) over the rows that have a value, ``nulls``: over all."""

    name: str
    storage: Storage
    indexed: bool = False
    required: bool = False
    nulls: bool = False


SYSTEM = (
    Physical("owner_id", Storage.WHOLE, indexed=True),
    Physical("unit_id", Storage.WHOLE, indexed=True),
    Physical("import_id", Storage.WHOLE, indexed=True),
    Physical("import_row", Storage.SMALL),
    Physical("created_at", Storage.MOMENT, required=True),
    Physical("updated_at", Storage.MOMENT, required=True),
    Physical("version", Storage.SMALL, required=True),
)
"""Columns of every record table after its ``id``."""

_INDEXED = {
    FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT, FieldKind.DATE, FieldKind.TIME,
    FieldKind.DATE_TIME, FieldKind.DURATION, FieldKind.STAFF,
}  # fmt: skip
_FOUND_BY_EQUALITY = {FieldKind.PHONE, FieldKind.ID_NUMBER, FieldKind.USCC, FieldKind.BANK_CARD, FieldKind.EMAIL}
_FEW_CHOICES = 2
"""An index on so few values finds nothing faster than the table itself."""


_STORAGES: dict[type[Type], Storage] = {
    Number: Storage.WHOLE,
    DayDuration: Storage.WHOLE,
    MonthDuration: Storage.WHOLE,
    Staff: Storage.WHOLE,
    Attachment: Storage.SMALL,
    Boolean: Storage.YES_NO,
    Date: Storage.DAY,
    Time: Storage.CLOCK,
    DateTime: Storage.LOCAL,
}


def storage_of(kind: Type) -> Storage:
    """How values of an expression type are kept."""
    return _STORAGES.get(type(kind), Storage.TEXT)


@per_model
def record_columns(model: Model, record_type: str) -> tuple[Physical, ...]:
    """The columns of a record table after its ``id``: the system's, the fields', the computed."""
    declared = model.record_types[record_type]
    return (
        *SYSTEM,
        *(column for field in declared.fields for column in field_columns(declared, field)),
        *(column for step in model.computations.get(record_type, ()) for column in _computed(step)),
    )


def field_columns(record_type: RecordType, field: Field) -> tuple[Physical, ...]:
    """The column of a field, or both when it is sealed."""
    if field.sensitive:
        found = field.kind in _FOUND_BY_EQUALITY or field.code in record_type.duplicates
        return (
            Physical(field.code, Storage.SEALED),
            Physical(blind_index_column(field.code), Storage.WHOLE, indexed=found),
        )
    if field.target is not None:
        return (Physical(reference_column(field.code), Storage.WHOLE, indexed=True),)
    return (Physical(field.code, storage_of(field.type), indexed=_wants_index(record_type, field)),)


def _wants_index(record_type: RecordType, field: Field) -> bool:
    if field.code == record_type.title or field.code in record_type.duplicates:
        return field.kind is not FieldKind.LONG_TEXT
    return field.kind in _INDEXED or _many_choices(field.type)


def _many_choices(kind: Type) -> bool:
    return isinstance(kind, Text) and kind.choices is not None and len(kind.choices) > _FEW_CHOICES


def _computed(step: Fact | Decision) -> Iterator[Physical]:
    if isinstance(step, Fact):
        yield _result(step)
        return
    yield from map(_result, step.outputs)
    yield from (Physical(by_table_column(each.code), storage_of(each.type)) for each in cut_outputs(step))
    yield rule_physical(step, rule_column(step.code))


def _result(result: Fact | OutputColumn) -> Physical:
    groups = result.code.startswith(QUOTA_GROUP)
    shown = not is_hidden(result.code) and not isinstance(result.type, Boolean)
    indexed = shown or groups or is_condition(result.code)
    return Physical(result.code, storage_of(result.type), indexed=indexed, nulls=groups)


def rule_physical(decision: Decision, name: str) -> Physical:
    """The column for the rule(s) that matched: a number, or text such as ``1,3`` where several may."""
    return Physical(name, Storage.TEXT if decision.hit.collects else Storage.SMALL)


def history_columns(decision: Decision) -> tuple[Physical, ...]:
    """The columns of a decision's history after its ``id``."""
    return (
        Physical("record_id", Storage.WHOLE, required=True),
        Physical("decided_at", Storage.MOMENT, required=True),
        Physical("decided_on", Storage.DAY, required=True),
        Physical("publication_id", Storage.WHOLE, required=True),
        rule_physical(decision, "rule"),
        *(Physical(f"out_{output.code}", storage_of(output.type)) for output in decision.outputs),
        *(Physical(f"was_{output.code}", storage_of(output.type)) for output in decision.outputs),
        *(Physical(by_table_column(output.code), storage_of(output.type)) for output in cut_outputs(decision)),
        *(Physical(trail_column(cut.quota), Storage.TEXT) for cut in decision.cuts),
        *history_inputs(decision),
    )


def cut_outputs(decision: Decision) -> tuple[OutputColumn, ...]:
    """The outputs that quotas cut."""
    cut = {each.output for each in decision.cuts}
    return tuple(output for output in decision.outputs if output.code in cut)


def history_inputs(decision: Decision) -> tuple[Physical, ...]:
    """The columns of the inputs, numbered, and of what quotas grouped and ordered by. Another version may put another
    type in one.
    """
    keys = (key for cut in decision.cuts for key in (cut.group, cut.order) if key is not None)
    return (
        *(Physical(f"in_{index}", storage_of(column.expression.type)) for index, column in enumerate(decision.inputs)),
        *(Physical(key.code, storage_of(key.type)) for key in keys),
    )
