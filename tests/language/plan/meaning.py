"""What typed trees mean, as plainly as it can be said: an interpreter for tests, slow and without cleverness."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    Call,
    FieldRef,
    Function,
    If,
    InputRef,
    Literal,
    Negate,
    Not,
    Operator,
    OuterRef,
    ParameterRef,
    ParentRef,
    Rescale,
    Today,
)
from keguan.language.feel.types import Number, Text
from keguan.language.model.model import Decision, Fact, HitPolicy
from keguan.language.model.naming import rule_column
from tests.language.plan.functions import FUNCTIONS, ROUNDING, number_as_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Model, Rule
    from keguan.language.plan.statement import Value

Record = dict[str, Any]
Children = dict[tuple[str, str], list[Record]]
STRICT = {
    Operator.LESS: operator.lt,
    Operator.LESS_EQUAL: operator.le,
    Operator.GREATER: operator.gt,
    Operator.GREATER_EQUAL: operator.ge,
}
EXACT = {Operator.ADD: operator.add, Operator.SUBTRACT: operator.sub, Operator.MULTIPLY: operator.mul}


class Meaning:
    """Evaluates trees for one record on one day."""

    def __init__(self, model: Model, today: date, record: Mapping[str, Any], children: Children) -> None:
        self.model = model
        self.today = today
        self.record = dict(record)
        self.children = children
        self.inputs: Sequence[Value] = ()
        self.outer: Record = {}

    def compute(self, record_type: str) -> Record:
        """Everything that is computed for the record, by column."""
        results: Record = {}
        for computation in self.model.computations[record_type]:
            if isinstance(computation, Fact):
                made = {computation.code: self.value(computation.expression)}
            else:
                made = self.decide(computation)
            results |= made
            self.record |= made
        return results

    def decide(self, decision: Decision) -> Record:
        """The inputs, rule and outputs of a table."""
        self.inputs = [self.value(given.expression) for given in decision.inputs]
        made: Record = {f"in_{decision.code}_{n}": value for n, value in enumerate(self.inputs)}
        hits = [rule for rule in decision.rules if all(t is None or self.value(t) is True for t in rule.tests)]
        results = {hit.number: [self.value(result) for result in hit.results] for hit in hits}
        if decision.hit.collects:
            rule: Value = ",".join(str(hit.number) for hit in hits) or None
            order = by_choices(decision, hits) if decision.hit is HitPolicy.OUTPUT_ORDER else hits
            columns = [[results[hit.number][n] for hit in order] for n in range(len(decision.outputs))]
            values = [
                self._collected(decision.hit, [value for value in column if value is not None], output.type)
                for column, output in zip(columns, decision.outputs, strict=True)
            ]
        else:
            chosen = by_choices(decision, hits) if decision.hit is HitPolicy.PRIORITY else hits
            if decision.hit is HitPolicy.ANY and any(values != results[hits[0].number] for values in results.values()):
                chosen = []
            rule = chosen[0].number if chosen else None
            values = results[chosen[0].number] if chosen else [None] * len(decision.outputs)
        made[rule_column(decision.code)] = rule
        return made | {output.code: value for output, value in zip(decision.outputs, values, strict=True)}

    def _collected(self, hit: HitPolicy, values: Sequence[Any], type_: Type) -> Any:
        match hit:
            case HitPolicy.COLLECT_COUNT:
                return len(values) * 10 ** scale(type_)
            case HitPolicy.COLLECT_SUM:
                return self._added(values)
            case HitPolicy.COLLECT_MIN:
                return min(values, default=None)
            case HitPolicy.COLLECT_MAX:
                return max(values, default=None)
            case HitPolicy.COLLECT | HitPolicy.RULE_ORDER | HitPolicy.OUTPUT_ORDER:
                return "、".join(values) if values else None
        raise TypeError(hit)

    def value(self, node: Typed) -> Any:  # noqa: C901, PLR0911, PLR0912 - one answer for each kind of node
        """The value of a tree; None is null."""
        match node:
            case Literal(value=value):
                return value
            case FieldRef(code=code):
                return self.record[code]
            case OuterRef(code=code):
                return self.outer[code]
            case ParentRef(outer=outer):
                return (self.outer if outer else self.record)[node.key]
            case InputRef(index=index):
                return self.inputs[index]
            case ParameterRef(code=code):
                return self._parameter(code)
            case Today():
                return self.today
            case Not(value=value):
                return {True: False, False: True, None: None}[self.value(value)]
            case Negate(value=value):
                return self._number(0 if self.value(value) is None else -self._exact(value), node, value)
            case Rescale(value=value):
                return self._number(self._exact(value), node, value)
            case If(condition=condition, then=then, otherwise=otherwise):
                return self.value(then if self.value(condition) is True else otherwise)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case Aggregate():
                return self._aggregate(node)

    def _parameter(self, code: str) -> Value:
        held = [each.value for each in self.model.parameters[code].values if each.since <= self.today]
        return held[-1] if held else None

    def _call(self, node: Call) -> Any:
        values = [self.value(each) for each in node.arguments]
        if None in values:
            return None
        first = node.arguments[0]
        if node.function in ROUNDING:
            return ROUNDING[node.function](Fraction(values[0], 10 ** (scale(first.type) - scale(node.type))))
        if isinstance(first.type, Number) and node.function is Function.TEXT_OF:
            return number_as_text(values[0], first.type.scale)
        return FUNCTIONS[node.function](*values)

    def _exact(self, node: Typed) -> Fraction:
        return Fraction(self.value(node) or 0, 10 ** scale(node.type))

    def _number(self, exact: Fraction, node: Typed, *operands: Typed) -> int | None:
        if any(self.value(each) is None for each in operands):
            return None
        return round(exact * 10 ** scale(node.type))

    def _binary(self, node: Binary) -> Any:  # noqa: PLR0911 - one answer for each operator
        left, right = self.value(node.left), self.value(node.right)
        match node.operator:
            case Operator.EQUAL:
                return left == right
            case Operator.UNEQUAL:
                return left != right
            case Operator.AND:
                return False if left is False or right is False else None if None in (left, right) else True
            case Operator.OR:
                return True if left is True or right is True else None if None in (left, right) else False
            case Operator.DIVIDE:
                if left is None or not right:
                    return None
                return self._number(self._exact(node.left) / self._exact(node.right), node)
            case Operator.ADD if isinstance(node.type, Text):
                return None if left is None or right is None else left + right
            case found if found in EXACT:
                if left is None or right is None:
                    return None
                return self._number(EXACT[found](self._exact(node.left), self._exact(node.right)), node)
        return None if left is None or right is None else STRICT[node.operator](left, right)

    def _aggregate(self, node: Aggregate) -> Any:
        inside = [Meaning(self.model, self.today, row, {}) for row in self.children.get((node.child, node.via), [])]
        for each in inside:
            each.outer = self.record
        counted = [each for each in inside if node.where is None or each.value(node.where) is True]
        if node.value is None:
            return len(counted)
        found = [each.value(node.value) for each in counted]
        if node.function is AggregateFunction.SOME:
            return True if True in found else None if None in found else False
        if node.function is AggregateFunction.EVERY:
            return False if False in found else None if None in found else True
        values = [value for value in found if value is not None]
        if node.function is AggregateFunction.DISTINCT:
            return len(set(values))
        if node.function is AggregateFunction.SUM:
            return self._added(values)
        return (min if node.function is AggregateFunction.MIN else max)(values, default=None)

    def _added(self, values: Sequence[Any]) -> Any:
        there = [value for value in values if value is not None]
        return sum(there) if there else None


def scale(type_: Type) -> int:
    """How many decimal places a number's type has; a duration counts whole seconds or months."""
    return type_.scale if isinstance(type_, Number) else 0


def by_choices(decision: Decision, hits: Sequence[Rule]) -> list[Rule]:
    """Rows sorted by the place of their results among the choices of the outputs, the first output first."""

    def places(hit: Rule) -> list[int]:
        found = []
        for output, result in zip(decision.outputs, hit.results, strict=True):
            choices = output.type.choices if isinstance(output.type, Text) else None
            if choices:
                assert isinstance(result, Literal)
                found.append([*choices, None].index(result.value))  # type: ignore[arg-type]  # a constant text
        return found

    return sorted(hits, key=places)
