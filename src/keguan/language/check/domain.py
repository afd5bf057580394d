"""What values an input column can take at all: a count is never negative or empty (see ``never_empty``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, AggregateFunction, FieldRef, Rescale
from keguan.language.feel.types import Null
from keguan.language.model.model import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.check.never_empty import NeverEmpty
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Decision, Model


_COUNTS = frozenset({AggregateFunction.COUNT, AggregateFunction.DISTINCT})


@dataclass(frozen=True, slots=True)
class Domain:
    """Whether a value may be null, and the least number it can be (None: any)."""

    nullable: bool
    least: int | None = None


def domains(model: Model, decision: Decision, never_empty: NeverEmpty) -> tuple[Domain, ...]:
    """The domain of each input column."""
    facts = {
        computed.code: computed.expression
        for computed in model.computations[decision.record_type]
        if isinstance(computed, Fact)
    }
    return tuple(
        Domain(not never_empty.holds(each.expression, decision.record_type), _least(each.expression, facts))
        for each in decision.inputs
    )


def _least(typed: Typed, facts: Mapping[str, Typed]) -> int | None:
    match typed:
        case Aggregate(function) if function in _COUNTS:
            return 0
        case FieldRef(code) if code in facts and not isinstance(facts[code].type, Null):
            return _least(facts[code], facts)
        case Rescale(inner):
            return 0 if _least(inner, facts) == 0 else None
    return None
