"""Expressions: from a tree to a function of its scope. Loops are in ``loops``, tests of cells in ``tests``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from keguan.language.dmn.budget import spend_on
from keguan.language.dmn.execution import loops, paths, tests
from keguan.language.dmn.execution.calls import compile_apply, compile_call, compile_function
from keguan.language.dmn.execution.operators import BINARY, negate, negation
from keguan.language.dmn.execution.scope import INPUT, Compiled, Scope
from keguan.language.dmn.types.comparison import before
from keguan.language.dmn.types.conformance import is_instance
from keguan.language.dmn.types.kinds import kind_of
from keguan.language.dmn.types.reading import Lookup, read_type
from keguan.language.dmn.values.dates import Date
from keguan.language.dmn.values.numbers import CONTEXT
from keguan.language.dmn.values.ranges import UNBOUNDED, Range
from keguan.language.dmn.values.temporal import parse_temporal
from keguan.language.feel import nodes
from keguan.language.feel.nodes import Node, UnaryTests
from keguan.language.feel.typed import Operator


class Compiler:
    """Compiles expressions and cells; the types they name are looked up by ``named``."""

    def __init__(self, named: Lookup) -> None:
        self.named = named

    def expression(self, node: Node) -> Compiled:
        """The expression, ready to run."""
        leaf = _LEAVES.get(type(node))
        return leaf(node) if leaf is not None else _COMPILERS[type(node)](self, node)

    def test(self, test: nodes.Test) -> Compiled:
        """A test, ready to run: true, false or null for the value that ``?`` has in its scope."""
        return tests.TESTS[type(test)](self, test)

    def cell(self, cell: UnaryTests) -> Compiled:
        """A cell of a decision table, ready to run."""
        return constant(True) if cell.any else tests.any_of([self.test(each) for each in cell.tests])


def constant(value: object) -> Compiled:
    """What is always that value."""
    return lambda _scope: value


def _number(node: nodes.NumberNode) -> Compiled:
    return constant(CONTEXT.create_decimal(Decimal(node.value.units).scaleb(-node.value.scale, CONTEXT)))


def _date(node: nodes.DateNode) -> Compiled:
    return constant(Date(node.value.year, node.value.month, node.value.day))


def _name(node: nodes.NameNode) -> Compiled:
    name = node.name
    if name != loops.PARTIAL:
        return lambda scope: scope.get(name)

    def run(scope: Scope) -> object:
        found = scope.get(name)
        return found.copy() if isinstance(found, loops.Partial) else found

    return run


def _binary(compiler: Compiler, node: nodes.BinaryNode) -> Compiled:
    left, right = compiler.expression(node.left), compiler.expression(node.right)
    if node.operator in {Operator.AND, Operator.OR}:
        return _junction(left, right, decisive=node.operator is Operator.OR)
    operation = BINARY[node.operator]

    def run(scope: Scope) -> object:
        first, second = left(scope), right(scope)
        spend_on(first, second)
        try:
            return operation(first, second)
        except ArithmeticError:  # a number too large for 34 digits and an exponent
            return None

    return run


def _junction(left: Compiled, right: Compiled, *, decisive: bool) -> Compiled:
    """``or`` (``decisive`` is true) and ``and`` (false), three-valued; what is no boolean counts as null."""

    def run(scope: Scope) -> object:
        first = left(scope)
        if first is decisive:
            return decisive
        second = right(scope)
        if second is decisive:
            return decisive
        return (not decisive) if isinstance(first, bool) and isinstance(second, bool) else None

    return run


def _negate(compiler: Compiler, node: nodes.NegateNode) -> Compiled:
    value = compiler.expression(node.value)
    return lambda scope: negate(value(scope))


def _not(compiler: Compiler, node: nodes.NotNode) -> Compiled:
    value = compiler.expression(node.value)
    return lambda scope: negation(value(scope))


def _if(compiler: Compiler, node: nodes.IfNode) -> Compiled:
    condition, then = compiler.expression(node.condition), compiler.expression(node.then)
    otherwise = compiler.expression(node.otherwise)
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _in(compiler: Compiler, node: nodes.InNode) -> Compiled:
    value, test = compiler.expression(node.value), compiler.test(node.test)
    return lambda scope: test(scope.inner({INPUT: value(scope)}))


def _list(compiler: Compiler, node: nodes.ListNode) -> Compiled:
    items = [compiler.expression(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


def _context(compiler: Compiler, node: nodes.ContextNode) -> Compiled:
    entries = [(entry.name, compiler.expression(entry.value)) for entry in node.entries]
    if len({name for name, _ in entries}) < len(entries):
        return constant(None)

    def run(scope: Scope) -> object:
        values: dict[str, object] = {}
        inside = scope.inner(values)
        for name, value in entries:
            values[name] = value(inside)
        return values

    return run


def _range(compiler: Compiler, node: nodes.RangeNode) -> Compiled:
    low = constant(UNBOUNDED) if node.low is None else compiler.expression(node.low)
    high = constant(UNBOUNDED) if node.high is None else compiler.expression(node.high)

    def run(scope: Scope) -> object:
        return range_of(low(scope), node.low_closed, high(scope), node.high_closed)

    return run


def range_of(low: object, low_closed: bool, high: object, high_closed: bool) -> Range | None:
    """The range, or None when its ends have no order."""
    ends = [end for end in (low, high) if end is not UNBOUNDED and end is not None]
    if any(kind_of(end) is None for end in ends) or (len(ends) == 2 and before(*ends) is None):
        return None
    return Range(low, low_closed and low is not None, high, high_closed and high is not None)


def _instance(compiler: Compiler, node: nodes.InstanceNode) -> Compiled:
    value, declared = compiler.expression(node.value), read_type(node.type, compiler.named)
    return constant(None) if declared is None else lambda scope: is_instance(value(scope), declared)


_LEAVES: dict[type, Callable[[Any], Compiled]] = {
    nodes.NumberNode: _number,
    nodes.TextNode: lambda node: constant(node.value),
    nodes.BooleanNode: lambda node: constant(node.value),
    nodes.NullNode: lambda _node: constant(None),
    nodes.DateNode: _date,
    nodes.AtNode: lambda node: constant(parse_temporal(node.text)),
    nodes.NameNode: _name,
    nodes.InputNode: lambda _node: lambda scope: scope.get(INPUT),
}
_COMPILERS: dict[type, Callable[[Compiler, Any], Compiled]] = {
    nodes.NegateNode: _negate,
    nodes.NotNode: _not,
    nodes.BinaryNode: _binary,
    nodes.IfNode: _if,
    nodes.InNode: _in,
    nodes.CallNode: compile_call,
    nodes.ApplyNode: compile_apply,
    nodes.FunctionNode: compile_function,
    nodes.PathNode: paths.compile_path,
    nodes.FilterNode: paths.compile_filter,
    nodes.ListNode: _list,
    nodes.ContextNode: _context,
    nodes.RangeNode: _range,
    nodes.ForNode: loops.compile_for,
    nodes.QuantifiedNode: loops.compile_quantified,
    nodes.InstanceNode: _instance,
}
