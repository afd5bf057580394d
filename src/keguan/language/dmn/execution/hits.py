"""What a decision table makes of the rules that match: hit policies, aggregation, defaults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING

from keguan.language.dmn.execution.operators import add
from keguan.language.dmn.types.comparison import before, same
from keguan.language.dmn.types.conformance import coerce
from keguan.language.dmn.xml.boxed import Aggregation, DecisionTable, HitPolicy

if TYPE_CHECKING:
    from keguan.language.dmn.execution.scope import Compiled, Scope
    from keguan.language.dmn.types.types import Type

Outputs = Sequence[object]
"""One rule's outputs, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """An output column: its name, its type, its values from the best to the worst, and its default."""

    name: str | None
    type: Type
    ranking: Compiled | None
    default: Compiled | None


def result_of(table: DecisionTable, columns: Sequence[Column], hits: Sequence[Outputs], scope: Scope) -> object:
    """The table's value. Where no rule matches it is the defaults, or null when there are none."""
    if not hits:
        return _default(table, columns, scope)
    policy = table.hit_policy
    if policy in {HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER}:
        hits = _ranked(hits, columns, scope)
    if policy in _SEVERAL:
        values = [_value(hit, columns) for hit in hits]
        return (
            values
            if policy is not HitPolicy.COLLECT or table.aggregation is None
            else _AGGREGATED[table.aggregation](values)
        )
    if policy is HitPolicy.UNIQUE and len(hits) > 1:
        return None
    if policy is HitPolicy.ANY and not all(same(list(hit), list(hits[0])) for hit in hits):
        return None
    return _value(hits[0], columns)


_SEVERAL = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})


def _value(outputs: Outputs, columns: Sequence[Column]) -> object:
    """One output is the value itself, several are a context."""
    if len(columns) == 1:
        return outputs[0] if outputs else None
    return {column.name or "": value for column, value in zip(columns, outputs, strict=False)}


def _default(table: DecisionTable, columns: Sequence[Column], scope: Scope) -> object:
    if all(column.default is None for column in columns):
        return None
    defaults = [None if column.default is None else coerce(column.default(scope), column.type) for column in columns]
    value = _value(defaults, columns)
    return [value] if table.hit_policy in _SEVERAL and table.aggregation is None else value


def _ranked(hits: Sequence[Outputs], columns: Sequence[Column], scope: Scope) -> list[Outputs]:
    """The hits by the ranking of the first output, then of the second; the order of the rules settles the rest."""
    rankings = [column.ranking(scope) if column.ranking is not None else None for column in columns]
    return sorted(hits, key=lambda hit: [_rank(value, ranking) for value, ranking in zip(hit, rankings, strict=False)])


def _rank(value: object, ranking: object) -> int:
    if not isinstance(ranking, list):
        return 0
    return next((place for place, each in enumerate(ranking) if same(value, each)), len(ranking))


def _least(values: list[object]) -> object:
    return reduce(lambda best, value: value if before(value, best) is True else best, values)


def _greatest(values: list[object]) -> object:
    return reduce(lambda best, value: value if before(best, value) is True else best, values)


_AGGREGATED: dict[Aggregation, Callable[[list[object]], object]] = {
    Aggregation.COUNT: lambda values: Decimal(len(values)),
    Aggregation.SUM: lambda values: reduce(add, values),
    Aggregation.MIN: _least,
    Aggregation.MAX: _greatest,
}
