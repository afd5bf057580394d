"""Facts and decision tables as one list of definitions: named columns, each an expression over earlier ones.

A table becomes its inputs, the number of the rule that applies, and its outputs by rule number, so that every test is
written once. A sum over matching rules becomes one yes/no per rule, the list of rules, and the sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, FieldRef, If, Literal, Operator
from keguan.language.feel.types import BOOLEAN, NULL, TEXT, Number
from keguan.language.model.model import Decision, HitPolicy
from keguan.language.model.naming import rule_column
from keguan.language.plan.statement import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Model, Rule

RULE_NUMBER = Number(0)
_NO_RULE = Literal(None, NULL)


@dataclass(frozen=True, slots=True)
class Definition:
    """A named column. ``inputs`` are the names behind ``InputRef``; a ``rule_list`` loses its leading comma."""

    name: str
    type: Type
    expression: Typed
    inputs: tuple[str, ...] = ()
    rule_list: bool = False


@dataclass(frozen=True, slots=True)
class Lowered:
    """All definitions of a record type, and those of them that are columns of the computation."""

    definitions: dict[str, Definition]
    columns: tuple[Column, ...]


def lower(model: Model, record_type: str) -> Lowered:
    """The definitions of everything that is computed for a record type, in order."""
    definitions: dict[str, Definition] = {}
    columns: list[Column] = []
    for computation in model.computations.get(record_type, ()):
        if isinstance(computation, Decision):
            made = list(_decision(computation))
            columns += _columns(computation)
        else:
            made = [Definition(computation.code, computation.type, computation.expression)]
            columns.append(Column(computation.code, computation.type, ColumnKind.FACT))
        definitions.update((definition.name, definition) for definition in made)
    return Lowered(definitions, tuple(columns))


def input_name(decision: str, position: int) -> str:
    """The column of a decision's input."""
    return f"in_{decision}_{position}"


def _columns(decision: Decision) -> Iterator[Column]:
    code = decision.code
    for position, given in enumerate(decision.inputs):
        yield Column(input_name(code, position), given.expression.type, ColumnKind.INPUT, code)
    rule_type = TEXT if decision.hit is HitPolicy.COLLECT_SUM else RULE_NUMBER
    yield Column(rule_column(code), rule_type, ColumnKind.RULE, code)
    for output in decision.outputs:
        yield Column(output.code, output.type, ColumnKind.OUTPUT, code)


def _decision(decision: Decision) -> Iterator[Definition]:
    names = tuple(input_name(decision.code, position) for position in range(len(decision.inputs)))
    for name, given in zip(names, decision.inputs, strict=True):
        yield Definition(name, given.expression.type, given.expression)
    if decision.hit is HitPolicy.COLLECT_SUM:
        yield from _collected(decision, names)
    else:
        yield from _chosen(decision, names)


def _chosen(decision: Decision, names: tuple[str, ...]) -> Iterator[Definition]:
    rule = rule_column(decision.code)
    number: Typed = _NO_RULE
    for row in reversed(decision.rules):
        this = Literal(row.number, RULE_NUMBER)
        number = this if _always(row) else If(_matches(row), this, number, RULE_NUMBER)
    yield Definition(rule, RULE_NUMBER, number, names)
    for position, output in enumerate(decision.outputs):
        yield Definition(output.code, output.type, _by_rule(decision, rule, position, output.type), names)


def _by_rule(decision: Decision, rule: str, position: int, type_: Type) -> Typed:
    """The output by rule number; neighbouring rules with the same result share a branch."""
    chosen = FieldRef(rule, RULE_NUMBER)
    runs: list[tuple[int, Typed]] = []
    for row in sorted(decision.rules, key=lambda row: row.number):
        result = row.results[position]
        if runs and runs[-1][1] == result:
            runs.pop()
        runs.append((row.number, result))
    output: Typed = Literal(None, type_)
    if runs and runs[-1][1] == output:
        runs.pop()
    for last, result in reversed(runs):
        reached = Binary(Operator.LESS_EQUAL, chosen, Literal(last, RULE_NUMBER), BOOLEAN)
        output = If(reached, result, output, type_)
    return output


def _always(row: Rule) -> bool:
    return all(test is None for test in row.tests)


def _matches(row: Rule) -> Typed:
    return _joined(Operator.AND, [test for test in row.tests if test is not None], Literal(True, BOOLEAN), BOOLEAN)


def _joined(operator: Operator, parts: Sequence[Typed], nothing: Typed, type_: Type) -> Typed:
    """The parts under one operator, as a balanced tree: engines limit how deep an expression may be."""
    if not parts:
        return nothing
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    left = _joined(operator, parts[:middle], nothing, type_)
    return Binary(operator, left, _joined(operator, parts[middle:], nothing, type_), type_)


def _collected(decision: Decision, names: tuple[str, ...]) -> Iterator[Definition]:
    matched: list[tuple[FieldRef, Rule]] = []
    for row in decision.rules:
        name = f"match_{decision.code}_{row.number}"
        yes_or_no = If(_matches(row), Literal(True, BOOLEAN), Literal(False, BOOLEAN), BOOLEAN)
        yield Definition(name, BOOLEAN, yes_or_no, names)
        matched.append((FieldRef(name, BOOLEAN), row))
    numbers = [If(hit, Literal(f",{row.number}", TEXT), Literal("", TEXT), TEXT) for hit, row in matched]
    rules = _joined(Operator.ADD, numbers, Literal("", TEXT), TEXT)
    yield Definition(rule_column(decision.code), TEXT, rules, rule_list=True)
    for position, output in enumerate(decision.outputs):
        yield Definition(output.code, output.type, _sum(matched, position, output.type), names)


def _sum(matched: Sequence[tuple[FieldRef, Rule]], position: int, type_: Type) -> Typed:
    """The sum of the matching rules' results, without nulls; null when there is none to add."""
    there: list[Typed] = []
    parts: list[Typed] = []
    for hit, row in matched:
        result = row.results[position]
        counts: Typed = hit
        if not isinstance(result, Literal):
            known = Binary(Operator.UNEQUAL, result, Literal(None, NULL), BOOLEAN)
            counts = Binary(Operator.AND, hit, known, BOOLEAN)
        elif result.value is None:
            continue
        there.append(counts)
        parts.append(If(counts, result, Literal(0, type_), type_))
    total = _joined(Operator.ADD, parts, Literal(None, type_), type_)
    return If(_joined(Operator.OR, there, Literal(False, BOOLEAN), BOOLEAN), total, Literal(None, type_), type_)
