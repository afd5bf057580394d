"""Every fact and decision of a record type as one Python function over a record and its children.

The policy's parameters are written into it as constants: they change on a few days a year, so a function is made for
each set of values.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, FieldRef, OuterRef, ParameterRef, ParentRef, Today
from keguan.language.feel.types import DayDuration, Number
from keguan.language.feel.walk import children, outer, parameters
from keguan.language.model.model import Decision, Fact, HitPolicy
from keguan.language.model.naming import rule_column
from keguan.language.run.constants import constant, days
from keguan.language.run.decisions import cells, decision_code
from keguan.language.run.expressions import Expressions, literal, optional
from keguan.language.run.loops import Loop
from keguan.language.run.room import may_be_too_large, refusal
from keguan.language.run.sharing import days_of, repeated
from keguan.language.run.writer import Code, Writer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model
    from keguan.language.run.parameters import Value


def parameters_read(model: Model, record_type: str) -> tuple[str, ...]:
    """The codes of the policy parameters that a record type's facts and decisions read."""
    found: set[str] = set()
    for computation in model.computations.get(record_type, ()):
        trees = _trees(computation) + (cells(computation) if isinstance(computation, Decision) else [])
        found.update(code for tree in trees for code in parameters(tree))
    return tuple(sorted(found))


def record_source(model: Model, record_type: str, values: Mapping[str, Value], *, with_inputs: bool = False) -> str:
    """The source of ``def run(record, children, today)`` under the given parameter values.

    ``with_inputs`` adds ``in_<decision>_<n>`` to what the function returns.
    """
    return _Builder(model.computations.get(record_type, ()), values, with_inputs=with_inputs).build()


class _Builder:
    def __init__(
        self, computations: Sequence[Fact | Decision], values: Mapping[str, Value], *, with_inputs: bool
    ) -> None:
        self._computations = computations
        self._values = values
        self._with_inputs = with_inputs
        self._writer = Writer()
        self._computed: dict[str, Code] = {}
        self._results: dict[str, str] = {}
        self._decisions: list[str] = []
        self._trees = [tree for computation in computations for tree in _trees(computation)]
        self._figures = list(dict.fromkeys(part for tree in self._trees for part in children(tree)))
        self._awaited = {code for computation in computations for code in _columns(computation)}
        self._expressions = Expressions(self._writer, self._leaf, repeated(self._trees))

    def build(self) -> str:
        self._loops()
        for computation in self._computations:
            if any(figure in self._figures for tree in _trees(computation) for figure in children(tree)):
                self._loops()
            if isinstance(computation, Fact):
                self._fact(computation)
            else:
                self._decision(computation)
        listed = ", ".join(f"{code!r}: {text}" for code, text in self._results.items())
        self._writer.line(f"return {{{listed}}}")
        body = self._writer.lines
        used = days_of(self._trees) | {value for value in self._values.values() if isinstance(value, date | time)}
        return "\n".join([*days(body, used), *self._decisions, "def run(record, children, today):", *body, ""])

    def _loops(self) -> None:
        """The figures that read nothing of the record which is still to be computed; the others wait for that."""
        groups: dict[tuple[str, str], list[Aggregate]] = {}
        for aggregate in self._figures:
            if not any(isinstance(each, OuterRef) and each.code in self._awaited for each in outer(aggregate)):
                groups.setdefault((aggregate.child, aggregate.via), []).append(aggregate)
        self._figures = [each for each in self._figures if each not in groups.get((each.child, each.via), ())]
        for aggregates in groups.values():
            Loop(self._writer, self._leaf, aggregates).write()

    def _fact(self, fact: Fact) -> None:
        code = self._expressions.value(fact.expression)
        name = _local(fact.code)
        self._writer.line(f"{name} = {optional(code)}")
        if may_be_too_large(fact.expression):
            self._writer.line(refusal(fact.code, name, nullable=code.nullable))
        self._learn(fact.code, name, nullable=code.nullable)

    def _decision(self, decision: Decision) -> None:
        function = _local(f"decide_{decision.code}")
        code = decision_code(decision, function)
        self._decisions.append(code.source)
        inputs = [self._input(decision, index) for index in range(len(decision.inputs))]
        fixed = [constant(self._values[parameter]) for parameter in code.parameters]
        arguments = [*inputs, *fixed, *(["today"] if code.today else [])]
        columns = [*(output.code for output in decision.outputs), rule_column(decision.code)]
        names = [_local(column) for column in columns]
        self._writer.line(f"{', '.join(names)} = {function}({', '.join(arguments)})")
        for column, name in zip(columns, names, strict=True):
            if column in _calculated(decision):
                self._writer.line(refusal(column, name, nullable=True))
            self._learn(column, name, nullable=True)

    def _input(self, decision: Decision, index: int) -> str:
        """The source of an input's value; what is kept and does not stand in a name yet is given one."""
        expression = decision.inputs[index].expression
        text, unsure = optional(self._expressions.value(expression)), may_be_too_large(expression)
        if not self._with_inputs and not unsure:
            return f"({text})" if " if " in text else text
        code = f"in_{decision.code}_{index}"
        name = text if text.isidentifier() else _local(code)
        if name != text:
            self._writer.line(f"{name} = {text}")
        if unsure:
            self._writer.line(refusal(code, name, nullable=True))
        if self._with_inputs:
            self._results[code] = name
        return name

    def _learn(self, code: str, name: str, *, nullable: bool) -> None:
        self._computed[code] = Code(name, guards=(name,) if nullable else ())
        self._awaited.discard(code)
        self._results[code] = name

    def _leaf(self, typed: Typed) -> Code:
        match typed:
            case FieldRef(code) if code in self._computed:
                return self._computed[code]
            case FieldRef(code):
                return self._writer.keep(typed, f"record.get({code!r})", nullable=True, stem="f")
            case ParentRef():
                return self._writer.keep(typed, f"record.get({typed.key!r})", nullable=True, stem="p")
            case ParameterRef(code):
                return literal(self._values[code])
            case Today():
                return Code("today")
        raise ValueError(f"{type(typed).__name__} cannot stand in a fact")


def _local(code: str) -> str:
    if not code.isidentifier():
        raise ValueError(code)
    return f"v_{code}"


def _columns(computation: Fact | Decision) -> list[str]:
    return [computation.code] if isinstance(computation, Fact) else [output.code for output in computation.outputs]


def _calculated(decision: Decision) -> frozenset[str]:
    """The outputs whose value may be too large to be kept."""
    summed = decision.hit is HitPolicy.COLLECT_SUM
    return frozenset(
        output.code
        for index, output in enumerate(decision.outputs)
        if isinstance(output.type, Number | DayDuration)
        and (summed or any(may_be_too_large(rule.results[index]) for rule in decision.rules))
    )


def _trees(computation: Fact | Decision) -> list[Typed]:
    if isinstance(computation, Fact):
        return [computation.expression]
    return [column.expression for column in computation.inputs]
