"""The innermost layer: the record's table, left-joined with what it refers to, and with one grouped subquery per kind
of child record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, FieldRef, InputRef, OuterRef, ParentRef
from keguan.language.feel.types import Number
from keguan.language.model.naming import record_table, reference_column
from keguan.language.plan.children import grouped_children, of_nothing
from keguan.language.plan.expressions import quoted
from keguan.language.plan.parents import ParentJoins

if TYPE_CHECKING:
    from keguan.language.feel.types import Type
    from keguan.language.plan.context import Context
    from keguan.language.plan.definition import Looked

IDS = Number(0)


class Base:
    """Names columns of the record and of its children, remembers which were asked for, and writes the FROM."""

    def __init__(self, context: Context, record_type: str, ids: str) -> None:
        self._context = context
        self._record_type = record_type
        self._ids = ids
        self._parents = ParentJoins(context, record_type, lambda via: self.field(via, IDS), ids)
        self._joins: dict[tuple[str, str], list[Aggregate]] = {}
        self._looked: list[str] = []

    def field(self, code: str, type_: Type) -> str:
        """A field of the record, or a computed column as it is stored now."""
        storage = self._context.storage
        column = storage.column_of(self._record_type, code)
        kept = IDS if column == reference_column(code) else type_
        if not storage.has_column(self._record_type, column, kept):
            return self._context.expressions(self._no_children).null(type_)
        return self._context.column(self._record_type, "r", column)

    def parent(self, read: ParentRef) -> str:
        """A value read through references."""
        return self._parents.column(read)

    def aggregate(self, aggregate: Aggregate) -> str:
        """A figure over child records."""
        group = self._joins.setdefault((aggregate.child, aggregate.via), [])
        if aggregate not in group:
            group.append(aggregate)
        join = list(self._joins).index((aggregate.child, aggregate.via)) + 1
        return of_nothing(aggregate.function, f"j{join}.n{group.index(aggregate) + 1}")

    def looked(self, looked: Looked) -> str:
        """What a quota did with the record; null where it was not among those that were cut."""
        if looked.table not in self._looked:
            self._looked.append(looked.table)
        return f"q{self._looked.index(looked.table) + 1}.{quoted(looked.code)}"

    def source(self) -> str:
        """What stands after FROM: the table and the joins for all that was asked for."""
        if not self._context.storage.has_table(self._record_type):
            return f"(SELECT {self._context.expressions(self._no_children).null(IDS)} AS id WHERE 1 = 0) AS r"
        parts = [f"{quoted(record_table(self._record_type))} AS r", *self._parents.joins()]
        for position, ((child, via), group) in enumerate(self._joins.items(), start=1):
            children = grouped_children(self._context, child, via, group, self._ids)
            parts.append(f"LEFT JOIN ({children}) AS j{position} ON j{position}.parent = r.id")
        for position, table in enumerate(self._looked, start=1):
            parts.append(f"LEFT JOIN {self._context.dialect.temporary}.{table} AS q{position} ON q{position}.id = r.id")
        return " ".join(parts)

    def conditions(self) -> list[str]:
        """What must be true of the record: that it is one of those, where only some are computed."""
        return [f"r.id IN ({self._ids})"] if self._ids else []

    def _no_children(self, node: FieldRef | OuterRef | ParentRef | InputRef | Aggregate) -> str:
        raise TypeError(f"a constant does not read {node}")
