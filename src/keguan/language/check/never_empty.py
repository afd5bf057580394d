"""Which expressions are never empty: a count, a comparison by ``=``, what a table that takes every case gives …

A field that must be filled in counts as never empty only where that is asked for: an incomplete record may be there,
and what it lacks is told by 待补 rather than by the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.stamps import CODES
from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    Call,
    FieldRef,
    Function,
    If,
    Literal,
    Negate,
    Not,
    Operator,
    ParameterRef,
    ParentRef,
    Rescale,
    Today,
)
from keguan.language.model.model import Decision, Fact, HitPolicy

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model

_COUNTS = frozenset({AggregateFunction.COUNT, AggregateFunction.DISTINCT})
_QUANTIFIERS = frozenset({AggregateFunction.SOME, AggregateFunction.EVERY})
_ALWAYS_TWO_VALUED = frozenset({Operator.EQUAL, Operator.UNEQUAL})
_ORDER = frozenset({Operator.LESS, Operator.LESS_EQUAL, Operator.GREATER, Operator.GREATER_EQUAL})
_MAY_FAIL = frozenset(
    {Function.SUBSTRING, Function.MAKE_DATE, Function.ADD_DAYS, Function.ADD_SECONDS, Function.ADD_MONTHS}
)
"""Functions that give null for some arguments that are not null."""
_DIVIDING = frozenset({Operator.DIVIDE, Function.MODULO})
_ONE_ROW = frozenset({HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.PRIORITY})


class NeverEmpty:
    """The fields, facts and outcomes of a model that are never empty; with ``filled_in`` every record is complete."""

    def __init__(self, model: Model, *, filled_in: bool) -> None:
        self._known: set[tuple[str, str]] = set()
        if filled_in:
            self._known.update(
                (code, field.code)
                for code, record_type in model.record_types.items()
                for field in record_type.fields
                if field.required is True
            )
        for record_type_code in model.computation_order:
            for computed in model.computations[record_type_code]:
                self._add(computed)

    def holds(self, typed: Typed, record_type: str, present: frozenset[Typed] = frozenset()) -> bool:  # noqa: PLR0911 - an answer per kind of node
        """Whether an expression over a record type is never empty, given that those of ``present`` are not."""
        if present and typed in present:
            return True
        match typed:
            case Literal(value):
                return value is not None
            case ParameterRef() | Today():
                return True
            case FieldRef(code):
                return code in CODES or (record_type, code) in self._known
            case ParentRef(path, code):
                begins = (record_type, *(step.record_type for step in path))
                ways = (*(step.via for step in path), code)
                asked = zip(begins, ways, strict=True)
                return all(each in self._known or each[1] in CODES for each in asked)
            case Rescale(inner) | Not(inner) | Negate(inner):
                return self.holds(inner, record_type, present)
            case Binary(operator) if operator in _ALWAYS_TWO_VALUED:
                return True
            case Binary(operator, left, right):
                return self._all((left, right), operator, record_type, present)
            case Call(function, arguments):
                return function not in _MAY_FAIL and self._all(arguments, function, record_type, present)
            case If(condition, then, otherwise):
                return self.holds(then, record_type, present | _present(condition, truth=True)) and self.holds(
                    otherwise, record_type, present | _present(condition, truth=False)
                )
            case Aggregate(function, child, _, _, value):
                quantified = function in _QUANTIFIERS and value is not None and self.holds(value, child)
                return function in _COUNTS or quantified
        return False

    def _all(
        self, operands: tuple[Typed, ...], operation: Operator | Function, record_type: str, present: frozenset[Typed]
    ) -> bool:
        if operation in _DIVIDING and not (isinstance(operands[1], Literal) and operands[1].value):
            return False
        return all(self.holds(each, record_type, present) for each in operands)

    def _add(self, computed: Fact | Decision) -> None:
        if isinstance(computed, Fact):
            if self.holds(computed.expression, computed.record_type):
                self._known.add((computed.record_type, computed.code))
            return
        for index, output in enumerate(computed.outputs):
            if self._always_gives(computed, index):
                self._known.add((computed.record_type, output.code))

    def _always_gives(self, decision: Decision, output: int) -> bool:
        """Whether a table takes every case by a row without conditions, and gives something then."""
        if decision.hit is HitPolicy.COLLECT_COUNT:
            return True
        if decision.hit is HitPolicy.ANY:
            return False
        free = [rule for rule in decision.rules if all(test is None for test in rule.tests)]
        giving = decision.rules if decision.hit in _ONE_ROW else free[:1]
        return bool(free) and all(self.holds(rule.results[output], decision.record_type) for rule in giving)


def _present(condition: Typed, *, truth: bool) -> frozenset[Typed]:
    """What cannot be empty when a condition is true (or is not true)."""
    match condition:
        case Not(inner) if truth or _two_valued(inner):
            return _present(inner, truth=not truth)
        case Binary(Operator.AND, left, right) if truth:
            return _present(left, truth=True) | _present(right, truth=True)
        case Binary(Operator.OR, left, right) if not truth:
            return _present(left, truth=False) | _present(right, truth=False)
        case Binary(operator, left, right) if truth and operator in _ORDER:
            return frozenset({left, right})
        case Binary(Operator.EQUAL | Operator.UNEQUAL as operator, value, Literal(None)) if truth is (
            operator is Operator.UNEQUAL
        ):
            return frozenset({value})
    return frozenset()


def _two_valued(condition: Typed) -> bool:
    """Whether a condition is true or false, and never null."""
    while isinstance(condition, Not):
        condition = condition.value
    return isinstance(condition, Binary) and condition.operator in _ALWAYS_TWO_VALUED
