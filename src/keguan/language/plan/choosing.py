"""Tables of which one row gives the outcome: the number of the rule that applies, and the outputs by rule number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, FieldRef, If, Literal, Not, Operator
from keguan.language.feel.types import BOOLEAN
from keguan.language.model.model import HitPolicy
from keguan.language.model.naming import rule_column
from keguan.language.model.ranking import ranked
from keguan.language.plan.definition import (
    RULE_NUMBER,
    YES,
    Definition,
    always,
    inner_name,
    joined,
    match_flags,
    matches,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, Rule

_NO_RULE = Literal(None, RULE_NUMBER)


def chosen(decision: Decision, names: tuple[str, ...]) -> Iterator[Definition]:
    """The rule column and the outputs. ``names`` are the columns of the inputs."""
    if decision.hit is HitPolicy.ANY:
        yield from _agreed(decision, names)
        return
    number: Typed = _NO_RULE
    for row in reversed(_in_question(decision)):
        this = Literal(row.number, RULE_NUMBER)
        number = this if always(row) else If(matches(row), this, number, RULE_NUMBER)
    rule = Definition(rule_column(decision.code), RULE_NUMBER, number, names)
    yield rule
    for position, output in enumerate(decision.outputs):
        result = _by_rule(decision, rule.reference, position, output.type)
        yield Definition(output.code, output.type, result, names)


def _in_question(decision: Decision) -> tuple[Rule, ...]:
    return ranked(decision) if decision.hit.ranks else decision.rules


def _by_rule(decision: Decision, rule: FieldRef, position: int, type_: Type) -> Typed:
    """The output by rule number; neighbouring rules with the same result share a branch."""
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
        reached = Binary(Operator.LESS_EQUAL, rule, Literal(last, RULE_NUMBER), BOOLEAN)
        output = If(reached, result, output, type_)
    return output


def _agreed(decision: Decision, names: tuple[str, ...]) -> Iterator[Definition]:
    """The first row that matches, if every other one that matches says the same; else null."""
    flags = list(match_flags(decision, names))
    yield from (flag for flag, _ in flags)
    number: Typed = _NO_RULE
    for flag, row in reversed(flags):
        number = If(flag.reference, Literal(row.number, RULE_NUMBER), number, RULE_NUMBER)
    first = Definition(inner_name("first", decision.code), RULE_NUMBER, number)
    yield first
    proposed = [
        Definition(
            inner_name("result", decision.code, position),
            output.type,
            _by_rule(decision, first.reference, position, output.type),
            names,
        )
        for position, output in enumerate(decision.outputs)
    ]
    yield from proposed
    alike = []
    for flag, row in flags:
        pairs = zip(proposed, row.results, strict=True)
        same: list[Typed] = [Binary(Operator.EQUAL, each.reference, result, BOOLEAN) for each, result in pairs]
        silent = Not(flag.reference)
        alike.append(Binary(Operator.OR, silent, joined(Operator.AND, same, YES, BOOLEAN), BOOLEAN))
    agree = Definition(inner_name("agree", decision.code), BOOLEAN, joined(Operator.AND, alike, YES, BOOLEAN), names)
    yield agree
    yield _where_agreed(rule_column(decision.code), agree, first)
    for output, each in zip(decision.outputs, proposed, strict=True):
        yield _where_agreed(output.code, agree, each)


def _where_agreed(name: str, agree: Definition, proposed: Definition) -> Definition:
    value = If(agree.reference, proposed.reference, Literal(None, proposed.type), proposed.type)
    return Definition(name, proposed.type, value)
