"""Tests applied to a subject: cells of decision tables and what follows ``in``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import expressions as catalogue
from keguan.language.feel import nodes
from keguan.language.feel.comparison import compare
from keguan.language.feel.conversion import convert
from keguan.language.feel.typed import Binary, Literal, Not, Operator
from keguan.language.feel.types import BOOLEAN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.feel.context import Context
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.source import Span

    Infer = Callable[[Context, nodes.Node, Type | None], Typed | None]


def any_of(context: Context, tests: Sequence[nodes.Test], subject: Typed, span: Span, infer: Infer) -> Typed | None:
    """Whether one of the tests holds for ``subject``, which stands at ``span``."""
    typed = [test_of(context, test, subject, span, infer) for test in tests]
    sound = [test for test in typed if test is not None]
    return balanced(Operator.OR, sound) if len(sound) == len(typed) else None


def test_of(context: Context, test: nodes.Test, subject: Typed, span: Span, infer: Infer) -> Typed | None:
    """Whether one test holds for ``subject``."""
    context = context.testing(subject)
    match test:
        case nodes.CompareTest(operator, value):
            return _compare(context, operator, subject, value, span, infer)
        case nodes.EqualTest(value) if nodes.mentions_input(value):
            return condition(context, value, infer)
        case nodes.EqualTest(value):
            return _compare(context, Operator.EQUAL, subject, value, span, infer)
        case nodes.RangeTest():
            return _range(context, test, subject, span, infer)
        case nodes.AnyTest(tests):
            return any_of(context, tests, subject, span, infer)
        case nodes.NotTest(tests):
            typed = any_of(context, tests, subject, span, infer)
            return None if typed is None else Not(typed)


def condition(context: Context, node: nodes.Node, infer: Infer) -> Typed | None:
    """An expression that must be a yes or no."""
    typed = infer(context, node, BOOLEAN)
    return None if typed is None else convert(context, typed, BOOLEAN, node.span)


def balanced(operator: Operator, operands: Sequence[Typed]) -> Typed:
    """``and`` or ``or`` over all operands as a tree of logarithmic depth, order kept."""
    if len(operands) == 1:
        return operands[0]
    middle = len(operands) // 2
    left, right = balanced(operator, operands[:middle]), balanced(operator, operands[middle:])
    return Binary(operator, left, right, BOOLEAN)


def _compare(
    context: Context, operator: Operator, subject: Typed, value: nodes.Node, span: Span, infer: Infer
) -> Typed | None:
    typed = infer(context, value, None)
    return None if typed is None else compare(context, operator, subject, typed, span, value.span)


def _range(context: Context, test: nodes.RangeTest, subject: Typed, span: Span, infer: Infer) -> Typed | None:
    above = Operator.GREATER_EQUAL if test.low_closed else Operator.GREATER
    below = Operator.LESS_EQUAL if test.high_closed else Operator.LESS
    low = _compare(context, above, subject, test.low, span, infer)
    high = _compare(context, below, subject, test.high, span, infer)
    if low is None or high is None:
        return None
    if _is_empty(low, high, closed=test.low_closed and test.high_closed):
        return context.report(catalogue.EMPTY_RANGE, test.span)
    return Binary(Operator.AND, low, high, BOOLEAN)


def _is_empty(low: Typed, high: Typed, *, closed: bool) -> bool:
    """Whether two constant endpoints leave nothing between them."""
    if not (isinstance(low, Binary) and isinstance(high, Binary)):
        return False
    if not (isinstance(low.right, Literal) and isinstance(high.right, Literal)) or low.left != high.left:
        return False
    first, last = low.right.value, high.right.value
    return bool(first > last or (first == last and not closed))  # type: ignore[operator]
