"""All figures over one kind of child record as one grouped subquery, of the children alone or with their record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, AggregateFunction, FieldRef, InputRef, Operator, OuterRef, ParentRef
from keguan.language.feel.types import Number, Text
from keguan.language.feel.walk import is_outer
from keguan.language.model.naming import record_table, reference_column
from keguan.language.plan.expressions import quoted
from keguan.language.plan.parents import ParentJoins
from keguan.language.plan.walk import chain, nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.plan.context import Context
    from keguan.language.plan.expressions import Expressions

_IDS = Number(0)
_SQL = {AggregateFunction.SOME: "max", AggregateFunction.EVERY: "min", AggregateFunction.DISTINCT: "count"}
"""What stands for a figure that SQL has not; ``some`` and ``every`` are of 0 (false), 1 (null) and 2 (true)."""


def grouped_children(context: Context, child: str, via: str, group: Sequence[Aggregate], ids: str) -> str:
    """``SELECT parent, n1, n2 … GROUP BY parent`` for the aggregates of one (child, via).

    A condition that all of them share is tested once, in WHERE; the others each stand in a FILTER. With ``ids``, only
    the children of the records that this query gives.
    """
    columns = _Children(context, child)
    restriction = f"{columns.reference(via)} IN ({ids})" if ids else ""
    return _grouped(columns, via, group, columns.reference(via), restriction, "")


@dataclass(frozen=True, slots=True)
class Parents:
    """The layer that has what figures read of the record itself: its name, its column ``id``, and the text of what an
    ``OuterRef`` (or a ``ParentRef`` that begins at the record) means in it.
    """

    layer: str
    id: str
    column: Callable[[OuterRef | ParentRef], str]


def children_of_parents(context: Context, child: str, via: str, group: Sequence[Aggregate], parents: Parents) -> str:
    """As ``grouped_children``, for figures that read the record too: the children are joined with that layer, as ``p``,
    so that engines may hash and group them as always (a subquery for each record would go through the children of a
    trial, which no index helps to find, once for every record).
    """
    columns = _Children(context, child, parents.column)
    matched = f"{columns.reference(via)} = {parents.id}"
    return _grouped(columns, via, group, parents.id, matched, f"{parents.layer} AS p CROSS JOIN ")


def every_record(context: Context, record_type: str, group: Sequence[Aggregate], key: str | Typed | None) -> str:
    """``SELECT n1, n2 …`` for figures over all records of a type; with a ``key`` (a column of its table, or an
    expression over a record) ``SELECT k, n1, n2 … GROUP BY k``, a row for every key that some record has.
    """
    columns = _Children(context, record_type)
    expressions = columns.expressions()
    filters: Sequence[Sequence[Typed]]
    filters = [() if each.where is None else chain(each.where, Operator.AND) for each in group]
    shared: list[Typed] = []
    if key is None:
        shared, filters = _shared([tuple(each) for each in filters])
    figures = [
        f"{_figure(each, tests, expressions)} AS n{position}"
        for position, (each, tests) in enumerate(zip(group, filters, strict=True), start=1)
    ]
    select = ", ".join(figures if key is None else [f"{columns.key(key)} AS k", *figures])
    where = f" WHERE {' AND '.join(map(expressions.condition, shared))}" if shared else ""
    return f"SELECT {select} FROM {columns.relation('', {})}{where}{'' if key is None else ' GROUP BY 1'}"


def records_where(context: Context, record_type: str, where: Typed | None, key: str | Typed | None) -> str:
    """``SELECT id, k`` of the records of a type for which ``where`` is true, with the same key; null without one."""
    columns = _Children(context, record_type)
    condition = "" if where is None else f" WHERE {columns.expressions().condition(where)}"
    select = f"SELECT c.id AS id, {'NULL' if key is None else columns.key(key)} AS k"
    return f"{select} FROM {columns.relation('', {})}{condition}"


def of_nothing(function: AggregateFunction, column: str) -> str:
    """A figure's value where it is to be found in ``column``, which is null for a record without children: those count
    as zero, satisfy every and are not some.
    """
    match function:
        case AggregateFunction.COUNT | AggregateFunction.DISTINCT:
            return f"coalesce({column}, 0)"
        case AggregateFunction.SOME:
            return f"(nullif(coalesce({column}, 0), 1) = 2)"
        case AggregateFunction.EVERY:
            return f"(nullif(coalesce({column}, 2), 1) = 2)"
        case _:
            return column


def _grouped(
    columns: _Children, via: str, group: Sequence[Aggregate], parent: str, restriction: str, beside: str
) -> str:
    expressions = columns.expressions()
    shared, rest = _shared([() if each.where is None else chain(each.where, Operator.AND) for each in group])
    figures = [
        f"{_figure(each, filters, expressions)} AS n{position}"
        for position, (each, filters) in enumerate(zip(group, rest, strict=True), start=1)
    ]
    where = [expressions.condition(test) for test in shared]
    if restriction:
        where.append(restriction)
    conditions = f" WHERE {' AND '.join(where)}" if where else ""
    select = ", ".join([f"{parent} AS parent", *figures])
    used = {code: type_ for each in group for code, type_ in _fields(each)}
    return f"SELECT {select} FROM {beside}{columns.relation(via, used)}{conditions} GROUP BY {parent}"


def _shared(filters: Sequence[tuple[Typed, ...]]) -> tuple[list[Typed], list[list[Typed]]]:
    shared = [test for test in dict.fromkeys(filters[0]) if all(test in tests for tests in filters)]
    return shared, [[test for test in tests if test not in shared] for tests in filters]


def _figure(aggregate: Aggregate, filters: Sequence[Typed], expressions: Expressions) -> str:
    argument = "*" if aggregate.value is None else expressions.value(aggregate.value)
    match aggregate.function:
        case AggregateFunction.SOME | AggregateFunction.EVERY:
            argument = expressions.three_valued(argument)
        case AggregateFunction.DISTINCT:
            argument = f"DISTINCT {argument}"
        case _ if isinstance(aggregate.type, Text):
            argument = expressions.ordered(argument)
    figure = f"{_SQL.get(aggregate.function, aggregate.function.value)}({argument})"
    if filters:
        figure += f" FILTER (WHERE {' AND '.join(expressions.condition(test) for test in filters)})"
    if aggregate.function is AggregateFunction.SUM:
        return expressions.column(figure, aggregate.type)
    return figure


def _fields(aggregate: Aggregate) -> Iterator[tuple[str, Type]]:
    """The child's own fields that a figure reads, those through which it reads others too."""
    for part in (aggregate.where, aggregate.value):
        for node in nodes(part) if part is not None else ():
            if isinstance(node, FieldRef):
                yield node.code, node.type
            elif isinstance(node, ParentRef) and not node.outer:
                yield node.path[0].via, _IDS


class _Children:
    """The rows of a child record type: its table, or (in a trial) what the draft computes for them."""

    def __init__(
        self, context: Context, child: str, outer: Callable[[OuterRef | ParentRef], str] | None = None
    ) -> None:
        self._context = context
        self._child = child
        self._outer = outer
        self._parents = ParentJoins(context, child, self.reference)

    def expressions(self) -> Expressions:
        return self._context.expressions(self.resolve)

    def resolve(self, node: FieldRef | OuterRef | ParentRef | InputRef | Aggregate) -> str:
        if is_outer(node) and self._outer is not None:
            return self._outer(node)
        if isinstance(node, ParentRef):
            return self._parents.column(node)
        if not isinstance(node, FieldRef):
            raise TypeError(f"a filter or figure over {self._child} reads only its own fields, not {node}")
        return self._column(node.code, self._context.storage.column_of(self._child, node.code), node.type)

    def key(self, key: str | Typed) -> str:
        return f"c.{quoted(key)}" if isinstance(key, str) else self.expressions().value(key)

    def reference(self, via: str) -> str:
        return self._column(via, reference_column(via), _IDS)

    def relation(self, via: str, used: dict[str, Type]) -> str:
        return " ".join([self._rows(via, used), *self._parents.joins()])

    def _rows(self, via: str, used: dict[str, Type]) -> str:
        storage = self._context.storage
        if storage.computed(self._child):
            return f"({self._context.nested(self._child, {**used, via: _IDS})}) AS c"
        if not storage.has_table(self._child):
            null = self._context.expressions(self.resolve).null(_IDS)
            return f"(SELECT {null} AS id WHERE 1 = 0) AS c"
        return f"{quoted(record_table(self._child))} AS c"

    def _column(self, code: str, column: str, type_: Type) -> str:
        storage = self._context.storage
        if storage.computed(self._child):
            return f"c.{quoted(code)}"
        kept = _IDS if column == reference_column(code) else type_
        if storage.has_column(self._child, column, kept):
            return self._context.column(self._child, "c", column)
        return self._context.expressions(self.resolve).null(type_)
