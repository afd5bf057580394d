"""Which columns the tables have.

A trial reads tables of the policy in force with the expressions of a draft, so a column that the draft adds may not
be there yet: it then reads as null, and a missing table as one without rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.stamps import CODES
from keguan.language.feel.types import DATE_TIME, TEXT, Number
from keguan.language.model.model import Decision, FieldKind
from keguan.language.model.naming import by_table_column, reference_column, rule_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Field, Model

_REFERENCE = Number(0)


def physical_name(field: Field) -> str:
    """The column of a field that is not sensitive."""
    return reference_column(field.code) if field.kind in (FieldKind.REFERENCE, FieldKind.PERIOD) else field.code


def stored_columns(model: Model, record_type: str) -> Mapping[str, Type]:
    """The columns of a record type's table with the types of their values; empty for an unknown type. Of a sensitive
    field no more is read than whether it has a value.
    """
    if record_type not in model.record_types:
        return {}
    columns: dict[str, Type] = {"id": _REFERENCE, **dict.fromkeys(sorted(CODES), DATE_TIME)}
    for field in model.record_types[record_type].fields:
        name = physical_name(field)
        columns[name] = field.type if name == field.code else _REFERENCE
    for computation in model.computations.get(record_type, ()):
        if isinstance(computation, Decision):
            columns[rule_column(computation.code)] = TEXT if computation.hit.collects else _REFERENCE
            columns.update((output.code, output.type) for output in computation.outputs)
            cut = {each.output for each in computation.cuts}
            columns |= {by_table_column(each.code): each.type for each in computation.outputs if each.code in cut}
        else:
            columns[computation.code] = computation.type
    return columns


class Storage:
    """The tables as they are: those of ``current`` (the policy in force), read for ``model``.

    ``trial`` is True when ``current`` is another model than the one being computed: then facts of child records are
    computed on the way, because their stored columns still follow the policy in force.
    """

    def __init__(self, model: Model, current: Model | None = None) -> None:
        self.model = model
        self.trial = current is not None and current is not model
        self._current = current if current is not None else model

    def has_table(self, record_type: str) -> bool:
        """Whether the record type has a table."""
        return record_type in self._current.record_types

    def has_column(self, record_type: str, column: str, type_: Type) -> bool:
        """Whether the table has the column, holding values of this type."""
        stored = stored_columns(self._current, record_type).get(column)
        if isinstance(stored, Number) or isinstance(type_, Number):
            return stored == type_
        return type(stored) is type(type_)

    def column_of(self, record_type: str, code: str) -> str:
        """The column in which a field, fact or outcome of the model is stored."""
        for field in self.model.record_types[record_type].fields:
            if field.code == code:
                return physical_name(field)
        return code

    def sealed(self, record_type: str, column: str) -> bool:
        """Whether a column holds what nobody may read here but only that there is something."""
        known = self._current.record_types.get(record_type)
        return known is not None and any(field.sensitive and field.code == column for field in known.fields)

    def computed(self, record_type: str) -> bool:
        """Whether children of this type must be computed on the way instead of being read as stored."""
        return self.trial and bool(self.model.computations.get(record_type))
