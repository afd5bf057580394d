"""Facts and decision tables as one list of definitions: named columns, each an expression over earlier ones.

A table becomes its inputs, the number of the rule that applies, and its outputs by rule number, so that every test is
written once. Where every matching row counts, it becomes one yes/no per rule, the list of rules, and the outputs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate
from keguan.language.feel.types import TEXT
from keguan.language.feel.walk import children, outer, rewritten
from keguan.language.model.model import Decision, Fact
from keguan.language.model.naming import rule_column
from keguan.language.plan.choosing import chosen
from keguan.language.plan.collecting import collected
from keguan.language.plan.context import Cutting
from keguan.language.plan.cut_outcomes import DecisionCuts
from keguan.language.plan.definition import RULE_NUMBER, Definition, inner_name
from keguan.language.plan.statement import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model


@dataclass(frozen=True, slots=True)
class Lowered:
    """All definitions of a record type, and those of them that are columns of the computation."""

    definitions: dict[str, Definition]
    columns: tuple[Column, ...]


def lower(model: Model, record_type: str, today: date, cutting: Cutting = Cutting.NONE) -> Lowered:
    """The definitions of everything that is computed for a record type, in order; quotas by the parameters of a day."""
    definitions: dict[str, Definition] = {}
    columns: list[Column] = []
    figures: dict[Aggregate, Definition] = {}
    cuts = DecisionCuts(model, record_type, today, cutting)
    for each in model.computations.get(record_type, ()):
        computation = _with_figures(each, figures)
        definitions.update((definition.name, definition) for definition in figures.values())
        if isinstance(computation, Decision):
            made = cuts.laid_over(computation, list(_decision(computation)))
            columns += [*_columns(computation), *cuts.columns(computation)]
        else:
            made = cuts.laid_over_fact(computation)
            columns.append(Column(computation.code, computation.type, ColumnKind.FACT))
        definitions.update((definition.name, definition) for definition in made)
    return Lowered(definitions, tuple(columns))


def _with_figures(computation: Fact | Decision, figures: dict[Aggregate, Definition]) -> Fact | Decision:
    """The computation with every figure over children that reads the record itself as a definition of its own: such a
    figure is computed from the layer that has what it reads, not from the tables alone.
    """

    def change(part: Typed) -> Typed | None:
        if not isinstance(part, Aggregate) or not outer(part):
            return None
        name = inner_name("outer", "", len(figures) + 1)
        return figures.setdefault(part, Definition(name, part.type, part)).reference

    def changed(typed: Typed) -> Typed:
        return rewritten(typed, change) if any(outer(each) for each in children(typed)) else typed

    if isinstance(computation, Fact):
        return replace(computation, expression=changed(computation.expression))
    inputs = tuple(replace(each, expression=changed(each.expression)) for each in computation.inputs)
    return replace(computation, inputs=inputs)


def input_name(decision: str, position: int) -> str:
    """The column of a decision's input."""
    return f"in_{decision}_{position}"


def _columns(decision: Decision) -> Iterator[Column]:
    code = decision.code
    for position, given in enumerate(decision.inputs):
        yield Column(input_name(code, position), given.expression.type, ColumnKind.INPUT, code)
    rule_type = TEXT if decision.hit.collects else RULE_NUMBER
    yield Column(rule_column(code), rule_type, ColumnKind.RULE, code)
    for output in decision.outputs:
        yield Column(output.code, output.type, ColumnKind.OUTPUT, code)


def _decision(decision: Decision) -> Iterator[Definition]:
    names = tuple(input_name(decision.code, position) for position in range(len(decision.inputs)))
    for name, given in zip(names, decision.inputs, strict=True):
        yield Definition(name, given.expression.type, given.expression)
    yield from collected(decision, names) if decision.hit.collects else chosen(decision, names)
