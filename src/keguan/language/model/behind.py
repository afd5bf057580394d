"""What stands behind a figure: the sets of records that it counts or adds up, and those by which a share misses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, AggregateFunction, Binary, If, Literal, Not, Operator, Rescale
from keguan.language.feel.types import BOOLEAN, Number
from keguan.language.feel.walk import children

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed

_COUNT = Number(0)


class Part(StrEnum):
    """Which of a figure's records."""

    COUNTED = "counted"  # what the figure counts; of a share, its numerator
    OF = "of"  # a share's denominator
    MISSING = "missing"  # of a share: in the denominator and not in the numerator


@dataclass(frozen=True, slots=True)
class Behind:
    """One such set: the records of a type for which ``where`` is true (None: all of them)."""

    part: Part
    record_type: str
    where: Typed | None


def share_of(expression: Typed) -> tuple[Typed, Typed] | None:
    """The numerator and the denominator of an expression that is one division; None for any other."""
    while isinstance(expression, Rescale):
        expression = expression.value
    if isinstance(expression, Binary) and expression.operator is Operator.DIVIDE:
        return expression.left, expression.right
    return None


def behind(expression: Typed) -> tuple[Behind, ...]:
    """The sets behind a figure, the one that tells most first: what a share misses, where that can be said.

    A set is of one record type; of several aggregates over it in one place (a + b) it has the records of any.
    """
    share = share_of(expression)
    if share is None:
        return _sets(Part.COUNTED, expression)
    over, under = _sets(Part.COUNTED, share[0]), _sets(Part.OF, share[1])
    if len(over) == len(under) == 1 and over[0].record_type == under[0].record_type and over[0].where is not None:
        missing = _without(under[0].where, over[0].where)
        if missing is not None:
            return Behind(Part.MISSING, under[0].record_type, missing), *over, *under
    told = {(each.record_type, each.where) for each in over}
    return over + tuple(each for each in under if (each.record_type, each.where) not in told)


def members(expression: Typed) -> tuple[Aggregate, ...]:
    """For each record type that a figure reads, what counts the records of which it can tell anything."""
    wheres: dict[str, list[Typed | None]] = {}
    for each in children(expression):
        wheres.setdefault(each.child, []).append(each.where)
    return tuple(
        Aggregate(AggregateFunction.COUNT, child, "", _any(found), None, _COUNT) for child, found in wheres.items()
    )


def _sets(part: Part, expression: Typed) -> tuple[Behind, ...]:
    wheres: dict[str, list[Typed | None]] = {}
    for each in children(expression):
        wheres.setdefault(each.child, []).append(each.where)
    return tuple(Behind(part, child, _any(found)) for child, found in wheres.items())


def _any(wheres: list[Typed | None]) -> Typed | None:
    """True where one of these is; what another one implies is left out."""
    chains = [frozenset() if each is None else _conjuncts(each) for each in wheres]
    kept = [
        each
        for place, each in enumerate(wheres)
        if not any(other < chains[place] or (other == chains[place] and at < place) for at, other in enumerate(chains))
    ]
    found: Typed | None = kept[0]
    for each in kept[1:]:
        if found is None or each is None:
            return None
        found = Binary(Operator.OR, found, each, BOOLEAN)
    return found


def _conjuncts(condition: Typed) -> frozenset[Typed]:
    if isinstance(condition, Binary) and condition.operator is Operator.AND:
        return _conjuncts(condition.left) | _conjuncts(condition.right)
    return frozenset({condition})


def _without(base: Typed | None, taken: Typed) -> Typed | None:
    """``base`` and not ``taken``, where null is as good as false; None where ``base`` implies ``taken``."""
    known: frozenset[Typed] = frozenset() if base is None else _conjuncts(base)
    rest = [each for each in _ordered(taken) if each not in known]
    if not rest:
        return None
    left = rest[0]
    for each in rest[1:]:
        left = Binary(Operator.AND, left, each, BOOLEAN)
    missing: Typed = Not(If(left, Literal(True, BOOLEAN), Literal(False, BOOLEAN), BOOLEAN))
    return missing if base is None else Binary(Operator.AND, base, missing, BOOLEAN)


def _ordered(condition: Typed) -> list[Typed]:
    if isinstance(condition, Binary) and condition.operator is Operator.AND:
        return _ordered(condition.left) + _ordered(condition.right)
    return [condition]
