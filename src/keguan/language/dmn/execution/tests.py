"""The tests of a cell, and what stands behind ``in``: true, false or null of the value that ``?`` has in the scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from keguan.language.dmn.budget import spend_on
from keguan.language.dmn.execution.operators import BINARY, negation
from keguan.language.dmn.execution.scope import INPUT
from keguan.language.dmn.types.comparison import at_most, before, equal, within
from keguan.language.dmn.values.ranges import Range
from keguan.language.feel import nodes

if TYPE_CHECKING:
    from keguan.language.dmn.execution.compiling import Compiling
    from keguan.language.dmn.execution.scope import Compiled, Scope


def any_of(tests: Sequence[Compiled]) -> Compiled:
    """One of the tests holds."""
    return lambda scope: disjunction(test(scope) for test in tests)


def disjunction(values: Iterable[object]) -> bool | None:
    """True when one is true, else None when one is neither true nor false, else False."""
    found: bool | None = False
    for value in values:
        if value is True:
            return True
        found = found if value is False else None
    return found


def _compare(compiler: Compiling, test: nodes.CompareTest) -> Compiled:
    operation, value = BINARY[test.operator], compiler.expression(test.value)
    return lambda scope: operation(scope.get(INPUT), value(scope))


def _range(compiler: Compiling, test: nodes.RangeTest) -> Compiled:
    low, high = compiler.expression(test.low), compiler.expression(test.high)

    def run(scope: Scope) -> object:
        value, start, end = scope.get(INPUT), low(scope), high(scope)
        above = at_most(start, value) if test.low_closed else before(start, value)
        below = at_most(value, end) if test.high_closed else before(value, end)
        if above is False or below is False:
            return False
        return None if above is None or below is None else True

    return run


def _equal(compiler: Compiling, test: nodes.EqualTest) -> Compiled:
    value = compiler.expression(test.value)
    if nodes.mentions_input(test.value):
        return lambda scope: _condition(value(scope), scope.get(INPUT))
    return lambda scope: matches(scope.get(INPUT), value(scope))


def _condition(found: object, value: object) -> object:
    """A test that speaks of ``?`` is its own answer, unless what it gives is no answer."""
    return found if found is None or isinstance(found, bool) else matches(value, found)


def matches(value: object, expected: object) -> bool | None:
    """Whether a value is what was expected: equal to it, in it, or one of it."""
    if isinstance(expected, Range):
        return within(value, expected)
    if isinstance(expected, list) and not isinstance(value, list):
        spend_on(expected)
        return disjunction(matches(value, item) for item in expected)
    if isinstance(expected, list) and isinstance(value, list):
        return equal(value, expected) is True or any(equal(value, item) is True for item in expected)
    return equal(value, expected)


def _not(compiler: Compiling, test: nodes.NotTest) -> Compiled:
    inner = any_of([compiler.test(each) for each in test.tests])
    return lambda scope: negation(inner(scope))


def _any(compiler: Compiling, test: nodes.AnyTest) -> Compiled:
    inner = any_of([compiler.test(each) for each in test.tests])
    plain = [compiler.expression(each.value) for each in test.tests if isinstance(each, nodes.EqualTest)]

    def run(scope: Scope) -> object:
        value = scope.get(INPUT)
        if isinstance(value, list) and equal(value, [item(scope) for item in plain]) is True:
            return True
        return inner(scope)

    return run


TESTS: dict[type, Callable[[Compiling, Any], Compiled]] = {
    nodes.CompareTest: _compare,
    nodes.RangeTest: _range,
    nodes.EqualTest: _equal,
    nodes.NotTest: _not,
    nodes.AnyTest: _any,
}
