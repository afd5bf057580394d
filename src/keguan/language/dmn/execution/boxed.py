"""Boxed expressions: from what the file has to a function of the scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from keguan.language.dmn.execution import loops
from keguan.language.dmn.execution.calls import closure, external, parameters_of
from keguan.language.dmn.execution.paths import filtered
from keguan.language.dmn.execution.table import compile_table
from keguan.language.dmn.types.conformance import coerce
from keguan.language.dmn.types.invoking import invoke_named
from keguan.language.dmn.types.types import ANY, Type
from keguan.language.dmn.xml import boxed

if TYPE_CHECKING:
    from keguan.language.dmn.execution.scope import Compiled, Scope

Names = frozenset[str]


class Reading(Protocol):
    """Parses and compiles the FEEL of a model, and knows its types."""

    def feel(self, text: boxed.Text, names: Names) -> Compiled:
        """The expression that the text is; with a fault in it, null."""

    def cell(self, text: boxed.Text, names: Names) -> Compiled:
        """The tests that the text is; with a fault in it, null."""

    def several(self, text: boxed.Text, names: Names) -> Compiled:
        """The list of the expressions that stand in the text with commas between them."""

    def allowed_values(self, type_name: str | None) -> boxed.Text | None:
        """What the item definition of that name allows, or None when it says nothing."""

    def type(self, name: str | None) -> Type:
        """The type of that name; any type when there is none of it."""


def compile_boxed(reading: Reading, expression: boxed.Expression, names: Names) -> Compiled:
    """The expression, ready to run, its value as its declared type has it. ``names`` are those in reach."""
    run = _COMPILERS[type(expression)](reading, expression, names)
    declared = reading.type(expression.type)
    if declared == ANY or isinstance(expression, boxed.Definition):
        return run
    return lambda scope: coerce(run(scope), declared)


def _literal(reading: Reading, each: boxed.Literal, names: Names) -> Compiled:
    return reading.feel(each.text, names)


def _context(reading: Reading, each: boxed.Context, names: Names) -> Compiled:
    entries: list[tuple[str | None, Type, Compiled]] = []
    for variable, expression in each.entries:
        declared = ANY if variable is None else reading.type(variable.type)
        name = None if variable is None else variable.name
        entries.append((name, declared, compile_boxed(reading, expression, names)))
        names = names if name is None else names | {name}

    def run(scope: Scope) -> object:
        values: dict[str, object] = {}
        inside = scope.inner(values)
        for name, declared, value in entries:
            if name is None:
                return value(inside)
            values[name] = coerce(value(inside), declared)
        return values

    return run


def _items(reading: Reading, each: boxed.Items, names: Names) -> Compiled:
    items = [compile_boxed(reading, item, names) for item in each.items]
    return lambda scope: [item(scope) for item in items]


def _relation(reading: Reading, each: boxed.Relation, names: Names) -> Compiled:
    columns = [(column.name, reading.type(column.type)) for column in each.columns]
    rows = [[compile_boxed(reading, cell, names) for cell in row] for row in each.rows]

    def run(scope: Scope) -> object:
        return [
            {name: coerce(cell(scope), declared) for (name, declared), cell in zip(columns, row, strict=False)}
            for row in rows
        ]

    return run


def _definition(reading: Reading, each: boxed.Definition, names: Names) -> Compiled:
    parameters = parameters_of([(parameter.name, reading.type(parameter.type)) for parameter in each.parameters])
    if each.body is None or each.kind != "FEEL":
        return lambda _scope: external(parameters)
    inside = names | {parameter.name for parameter in each.parameters}
    body = compile_boxed(reading, each.body, inside)
    return lambda scope: closure("function", parameters, body, scope)


def _invocation(reading: Reading, each: boxed.Invocation, names: Names) -> Compiled:
    function = compile_boxed(reading, each.function, names)
    bindings = {name: compile_boxed(reading, value, names) for name, value in each.bindings}
    return lambda scope: invoke_named(function(scope), {name: value(scope) for name, value in bindings.items()})


def _conditional(reading: Reading, each: boxed.Conditional, names: Names) -> Compiled:
    condition, then, otherwise = (
        compile_boxed(reading, part, names) for part in (each.condition, each.then, each.otherwise)
    )
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _iteration(reading: Reading, each: boxed.Iteration, names: Names) -> Compiled:
    domain = loops.domain(compile_boxed(reading, each.domain, names))
    body = compile_boxed(reading, each.body, names | {each.variable, loops.PARTIAL})
    iterations = [(each.variable, domain)]
    if each.word == "for":
        return lambda scope: loops.collected(iterations, body, scope)
    return lambda scope: loops.quantified(iterations, body, scope, every=each.word == "every")


def _filter(reading: Reading, each: boxed.Filter, names: Names) -> Compiled:
    domain, condition = (compile_boxed(reading, part, names) for part in (each.domain, each.condition))
    return lambda scope: filtered(domain(scope), condition, scope)


_COMPILERS: dict[type, Callable[[Reading, Any, Names], Compiled]] = {
    boxed.Literal: _literal,
    boxed.Context: _context,
    boxed.Items: _items,
    boxed.Relation: _relation,
    boxed.Definition: _definition,
    boxed.Invocation: _invocation,
    boxed.Conditional: _conditional,
    boxed.Iteration: _iteration,
    boxed.Filter: _filter,
    boxed.DecisionTable: compile_table,
}
