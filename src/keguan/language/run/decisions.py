"""A decision table as one Python function of its input values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, FieldRef, InputRef, Literal, Operator, ParameterRef, Today
from keguan.language.feel.types import Number
from keguan.language.feel.walk import walk
from keguan.language.model.model import HitPolicy
from keguan.language.run.constants import days
from keguan.language.run.expressions import Expressions, optional
from keguan.language.run.rules import Rows, conditions, rows
from keguan.language.run.sharing import days_of, repeated
from keguan.language.run.writer import Code, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        if self._decision.hit is HitPolicy.COLLECT_SUM:
            self._collect()
        elif not Rows(self._writer, self._expressions, self._answer).write(rows(self._decision.rules)):
            self._writer.line(f"return {_tuple(['None'] * (len(self._decision.outputs) + 1))}")
        return self._writer.lines

    def _leaf(self, typed: Typed) -> Code:
        match typed:
            case InputRef(index):
                return Code(f"i{index}", guards=() if index in self._plain else (f"i{index}",))
            case ParameterRef(code):
                return Code(parameter_name(code), guards=(parameter_name(code),))
            case Today():
                return Code("today")
            case FieldRef():
                return self._input_of(typed)
        raise ValueError(f"{self._decision.code}: a cell may not hold {type(typed).__name__}")

    def _input_of(self, field: FieldRef) -> Code:
        """A result may read a field only if it is an input column too, for replay from the stored inputs."""
        for index, column in enumerate(self._decision.inputs):
            if column.expression == field:
                return self._leaf(InputRef(index, field.type))
        raise ValueError(f"{self._decision.code}: {field.code} is not an input column")

    def _answer(self, rule: Rule) -> None:
        values = [optional(self._expressions.value(result)) for result in rule.results]
        self._writer.line(f"return {_tuple([*values, str(rule.number)])}")

    def _collect(self) -> None:
        """Add up every matching row; ``hit`` collects their numbers, each after a comma."""
        sums = [f"s{index}" for index in range(len(self._decision.outputs))]
        for name in sums:
            self._writer.line(f"{name} = None")
        self._writer.line("hit = ''")
        for row in rows(self._decision.rules):
            if row.conditions:
                with self._writer.block(f"if {self._expressions.conjunction(row.conditions).text}:"):
                    self._add(row.rule, sums)
            else:
                self._add(row.rule, sums)
        self._writer.line(f"return {_tuple([*sums, 'hit[1:] or None'])}")

    def _add(self, rule: Rule, sums: list[str]) -> None:
        self._writer.line(f"hit += {f',{rule.number}'!r}")
        for name, result in zip(sums, rule.results, strict=True):
            code = self._expressions.value(result)
            if isinstance(result, Literal) and result.value is None:
                continue
            text = f"{name} = {code.text} if {name} is None else {name} + {code.at(6)}"
            if code.guards:
                test = " and ".join(f"{guard} is not None" for guard in code.guards)
                with self._writer.block(f"if {test}:"):
                    self._writer.line(text)
            else:
                self._writer.line(text)


def cells(decision: Decision) -> list[Typed]:
    """The tests and results of every row."""
    tests = [test for rule in decision.rules for test in rule.tests if test is not None]
    return tests + [result for rule in decision.rules for result in rule.results]


def _tuple(values: Iterable[str]) -> str:
    listed = [value if value.isidentifier() or value[0] in "'\"" else _bracketed(value) for value in values]
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"


def _bracketed(value: str) -> str:
    return f"({value})" if " if " in value else value


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
