"""What values an input column can take at all: a count is never negative or empty, a comparison of facts that are
never empty is never empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    FieldRef,
    If,
    Literal,
    Negate,
    Not,
    Operator,
    ParameterRef,
    Rescale,
    Today,
)
from keguan.language.feel.types import Null
from keguan.language.model.model import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Decision, Model


_COUNTS = frozenset({AggregateFunction.COUNT, AggregateFunction.DISTINCT})


@dataclass(frozen=True, slots=True)
class Domain:
    """Whether a value may be null, and the least number it can be (None: any)."""

    nullable: bool
    least: int | None = None


def domains(model: Model, decision: Decision) -> tuple[Domain, ...]:
    """The domain of each input column."""
    facts = {
        computed.code: computed.expression
        for computed in model.computations[decision.record_type]
        if isinstance(computed, Fact)
    }
    return tuple(Domain(_nullable(each.expression, facts), _least(each.expression, facts)) for each in decision.inputs)


def _nullable(typed: Typed, facts: Mapping[str, Typed]) -> bool:  # noqa: PLR0911 - an answer per kind of node
    match typed:
        case Aggregate(function):
            return function not in _COUNTS
        case FieldRef(code):
            return _nullable(facts[code], facts) if code in facts else True
        case Literal(value):
            return value is None
        case ParameterRef() | Today():
            return False
        case Rescale(inner) | Not(inner) | Negate(inner):
            return _nullable(inner, facts)
        case Binary(op, left, right):
            if op in (Operator.EQUAL, Operator.UNEQUAL):
                return False
            return op is Operator.DIVIDE or _nullable(left, facts) or _nullable(right, facts)
        case If(_, then, otherwise):
            return _nullable(then, facts) or _nullable(otherwise, facts)
    return True


def _least(typed: Typed, facts: Mapping[str, Typed]) -> int | None:
    match typed:
        case Aggregate(function) if function in _COUNTS:
            return 0
        case FieldRef(code) if code in facts and not isinstance(facts[code].type, Null):
            return _least(facts[code], facts)
        case Rescale(inner):
            return 0 if _least(inner, facts) == 0 else None
    return None
