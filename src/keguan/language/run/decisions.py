"""A decision table as one Python function of its input values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, FieldRef, InputRef, Literal, Operator, ParameterRef, ParentRef, Today
from keguan.language.feel.types import Number
from keguan.language.feel.walk import walk
from keguan.language.model.model import HitPolicy
from keguan.language.model.ranking import ranked
from keguan.language.run.collecting import Collecting, tuple_of
from keguan.language.run.constants import days
from keguan.language.run.expressions import Expressions, optional
from keguan.language.run.rules import Rows, conditions, rows
from keguan.language.run.sharing import days_of, repeated
from keguan.language.run.writer import Code, Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Decision, Rule

_MOST_NUMBERS = frozenset(
    {Operator.EQUAL, Operator.UNEQUAL, Operator.LESS, Operator.LESS_EQUAL, Operator.GREATER, Operator.GREATER_EQUAL}
)


@dataclass(frozen=True, slots=True)
class DecisionCode:
    """The source of ``def decide(i0, i1, …, parameters…, today)`` and which parameters and whether today it takes.

    The function returns the outputs and then the rule column.
    """

    source: str
    inputs: int
    parameters: tuple[str, ...]
    today: bool

    def arguments(self) -> list[str]:
        """The names of the function's arguments, in order."""
        names = [f"i{index}" for index in range(self.inputs)] + [parameter_name(code) for code in self.parameters]
        return [*names, "today"] if self.today else names


def compile_decision(decision: Decision) -> str:
    """The source of the function ``decide`` of a decision table (see ``DecisionCode``).

    Raises ``ValueError`` when a result reads a field that is not an input column of its own.
    """
    return decision_code(decision).source


def parameter_name(code: str) -> str:
    """The name that a policy parameter has in generated code."""
    if not code.isidentifier():
        raise ValueError(code)
    return f"p_{code}"


def decision_code(decision: Decision, name: str = "decide") -> DecisionCode:
    """The function of a decision table, called ``name``, and its signature."""
    trees = [part for tree in cells(decision) for part in walk(tree)]
    parameters = tuple(sorted({part.code for part in trees if isinstance(part, ParameterRef)}))
    uses_today = any(isinstance(part, Today) for part in trees)
    code = DecisionCode("", len(decision.inputs), parameters, uses_today)
    body = _Body(decision).write()
    header = f"def {name}({', '.join(code.arguments())}):"
    source = "\n".join([*days(body, days_of(cells(decision))), header, *body, ""])
    return DecisionCode(source, code.inputs, parameters, uses_today)


class _Body:
    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self._writer = Writer()
        self._plain = _comparable(decision)
        tests = [
            part for rule in decision.rules for test in rule.tests if test is not None for part in conditions(test)
        ]
        self._expressions = Expressions(self._writer, self._leaf, repeated(tests, whole=False))

    def write(self) -> list[str]:
        """The lines of the function."""
        for index in sorted(self._plain):
            self._writer.line(f"if i{index} is None: i{index} = NOTHING")
        hit = self._decision.hit
        if hit.collects:
            Collecting(self._decision, self._writer, self._expressions).collect()
        elif hit is HitPolicy.ANY:
            Collecting(self._decision, self._writer, self._expressions).agree()
        else:
            self._first(ranked(self._decision) if hit.ranks else self._decision.rules)
        return self._writer.lines

    def _first(self, rules: Sequence[Rule]) -> None:
        if not Rows(self._writer, self._expressions, self._answer).write(rows(rules)):
            self._writer.line(f"return {tuple_of(['None'] * (len(self._decision.outputs) + 1))}")

    def _leaf(self, typed: Typed) -> Code:
        match typed:
            case InputRef(index):
                return Code(f"i{index}", guards=() if index in self._plain else (f"i{index}",))
            case ParameterRef(code):
                return Code(parameter_name(code), guards=(parameter_name(code),))
            case Today():
                return Code("today")
            case FieldRef() | ParentRef():
                return self._input_of(typed)
        raise ValueError(f"{self._decision.code}: a cell may not hold {type(typed).__name__}")

    def _input_of(self, field: FieldRef | ParentRef) -> Code:
        """A result may read a field only if it is an input column too, for replay from the stored inputs."""
        for index, column in enumerate(self._decision.inputs):
            if column.expression == field:
                return self._leaf(InputRef(index, field.type))
        raise ValueError(f"{self._decision.code}: {field.code} is not an input column")

    def _answer(self, rule: Rule) -> None:
        values = [optional(self._expressions.value(result)) for result in rule.results]
        self._writer.line(f"return {tuple_of([*values, str(rule.number)])}")


def cells(decision: Decision) -> list[Typed]:
    """The tests and results of every row."""
    tests = [test for rule in decision.rules for test in rule.tests if test is not None]
    return tests + [result for rule in decision.rules for result in rule.results]


def _comparable(decision: Decision) -> frozenset[int]:
    """The numeric inputs whose null may be stood for by NaN: tested more than once, compared only with constants."""
    uses: Counter[int] = Counter()
    other: Counter[int] = Counter()
    for tree in cells(decision):
        for part in walk(tree):
            if _compares_input(part):
                uses[part.left.index] += 1  # type: ignore[union-attr]
            elif isinstance(part, InputRef):
                other[part.index] += 1
    read = {
        column_index for column_index, column in enumerate(decision.inputs) if _is_result(decision, column.expression)
    }
    return frozenset(
        index for index, count in uses.items() if count > 1 and other[index] == count and index not in read
    )


def _compares_input(part: Typed) -> bool:
    return (
        isinstance(part, Binary)
        and part.operator in _MOST_NUMBERS
        and isinstance(part.left, InputRef)
        and isinstance(part.left.type, Number)
        and isinstance(part.right, Literal)
        and part.right.value is not None
    )


def _is_result(decision: Decision, expression: Typed) -> bool:
    return any(part == expression for rule in decision.rules for result in rule.results for part in walk(result))
