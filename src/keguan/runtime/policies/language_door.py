"""The runtime's door to the language: what other folders may have checked, planned and explained."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from django.db import connection

from keguan.language.api import (
    SUM_UNIT,
    Brought,
    Computation,
    DecisionSimulation,
    Difference,
    Explanation,
    FactSimulation,
    Letter,
    QuotaSimulation,
    Receipt,
    Regrouping,
    Runner,
    Signature,
    Signer,
    Simulation,
    Statement,
    Suggestion,
    Sums,
    Unreadable,
    WriteBack,
    bring_in,
    computation,
    cut_outputs,
    differences,
    ending,
    explain,
    figure_records,
    figure_values,
    keeping,
    on_day,
    outcome,
    print_letter,
    print_policy,
    quota_simulation,
    register,
    regrouping,
    simulation,
    suggestions,
    values_of,
    write_back,
)
from keguan.language.feel import children, parents
from keguan.language.model.evaluate import parameters_on
from keguan.language.model.model import Decision, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model
    from keguan.language.run import Value

__all__ = [
    "SUM_UNIT",
    "Brought",
    "Computation",
    "DecisionSimulation",
    "Dialect",
    "Difference",
    "Explanation",
    "FactSimulation",
    "Letter",
    "QuotaSimulation",
    "Receipt",
    "Regrouping",
    "Runner",
    "Signature",
    "Signer",
    "Simulation",
    "Statement",
    "Suggestion",
    "Sums",
    "Unreadable",
    "WriteBack",
    "bring_in",
    "computation",
    "cut_outputs",
    "decided_again",
    "dialect",
    "differences",
    "ending",
    "explain",
    "figure_records",
    "figure_values",
    "keeping",
    "on_day",
    "print_letter",
    "print_policy",
    "quota_simulation",
    "readers_of_children",
    "readers_of_parents",
    "register",
    "regrouping",
    "simulation",
    "suggestions",
    "values_of",
    "write_back",
]

Dialect = Literal["sqlite", "postgresql"]


def dialect() -> Dialect:
    """The SQL dialect of the database in use."""
    return "postgresql" if connection.vendor == "postgresql" else "sqlite"


def decided_again(
    model: Model, decision: Decision, inputs: Sequence[Value], day: date
) -> tuple[tuple[Value, ...], int | str | None]:
    """The outcome and the rule, as they are stored, of these inputs by this model's parameters of that day."""
    found = outcome(decision, inputs, parameters_on(model.parameters, day), day)
    if decision.hit.collects:
        return found.values, ",".join(map(str, found.rules)) or None
    return found.values, found.rule


def readers_of_children(model: Model) -> Mapping[str, frozenset[tuple[str, str]]]:
    """For each record type that facts or decisions of others read: (that type, the reference field that leads to it).

    When a record of the key changes, the records it refers to through these fields are to be computed.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for record_type, steps in model.computations.items():
        for step in steps:
            for expression in _expressions(step):
                for aggregate in children(expression):
                    found[aggregate.child].add((record_type, aggregate.via))
    return {child: frozenset(readers) for child, readers in found.items()}


def readers_of_parents(model: Model) -> Mapping[str, frozenset[tuple[str, str]]]:
    """For each record type that facts or decisions of others read through references: (the type whose records refer to
    it, the reference field). When a record of the key changes, those that refer to it through these fields are to be
    computed, or what counts them.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for record_type, steps in model.computations.items():
        for step in steps:
            for expression in _expressions(step):
                for begins, parent in parents(expression, record_type):
                    types = (begins, *(up.record_type for up in parent.path))
                    for reader, up in zip(types, parent.path, strict=False):
                        found[up.record_type].add((reader, up.via))
    return {parent: frozenset(readers) for parent, readers in found.items()}


def _expressions(step: Fact | Decision) -> Iterator[Typed]:
    if isinstance(step, Fact):
        yield step.expression
        return
    yield from (column.expression for column in step.inputs)
    for rule in step.rules:
        yield from (test for test in rule.tests if test is not None)
        yield from rule.results
