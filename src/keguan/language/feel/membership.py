"""Tests applied to a subject: cells of decision tables and what follows ``in``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, reach, writing
from keguan.language.feel import nodes
from keguan.language.feel.comparison import compare
from keguan.language.feel.figures import figure
from keguan.language.feel.logic import balanced, condition
from keguan.language.feel.outer import value_from_children
from keguan.language.feel.shapes import ColumnShape, DistinctShape, ListShape, RangeShape, single
from keguan.language.feel.typed import AggregateFunction, Binary, Literal, Not, Operator
from keguan.language.feel.types import Number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from keguan.language.feel.context import Context
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed
    from keguan.language.source import Span

    Spans = tuple[Span, Span]  # where the subject stands, and where the test


def any_of(context: Context, tests: Sequence[nodes.Test], subject: Typed, span: Span) -> Typed | None:
    """Whether one of the tests holds for ``subject``, which stands at ``span``."""
    typed = [test_of(context, test, subject, span) for test in tests]
    sound = [test for test in typed if test is not None]
    return balanced(Operator.OR, sound) if len(sound) == len(typed) else None


def test_of(context: Context, test: nodes.Test, subject: Typed, span: Span) -> Typed | None:  # noqa: PLR0911 - a kind
    """Whether one test holds for ``subject``."""
    context = context.testing(subject)
    match test:
        case nodes.CompareTest(operator, value):
            return _compare(context, operator, subject, value, span)
        case nodes.EqualTest(value) if nodes.mentions_input(value):
            return condition(context, value)
        case nodes.EqualTest(
            nodes.BinaryNode(Operator.SUBTRACT, nodes.NumberNode() as low, nodes.NumberNode() as high)
        ) if context.cell:
            return context.report(
                writing.SUBTRACTION_CELL, test.span, found=f"{low.text}-{high.text}", low=low.text, high=high.text
            )
        case nodes.EqualTest(value):
            shape = context.shape(value)
            return None if shape is None else matches(context, subject, shape, (span, value.span))
        case nodes.RangeTest():
            return _range(context, test, subject, span)
        case nodes.AnyTest(tests):
            return any_of(context, tests, subject, span)
        case nodes.NotTest(tests):
            typed = any_of(context, tests, subject, span)
            return None if typed is None else Not(typed)


def matches(context: Context, subject: Typed, shape: Shape, spans: Spans) -> Typed | None:
    """Whether ``subject`` equals a value, is in a list or lies in a range."""
    match shape:
        case ListShape(items):
            typed = [matches(context, subject, item, spans) for item in items]
            sound = [each for each in typed if each is not None]
            return balanced(Operator.OR, sound) if len(sound) == len(items) else None
        case RangeShape():
            return within(context, subject, shape, spans)
        case DistinctShape(values):
            return matches(context, subject, values, spans)
        case ColumnShape():
            return one_of_children(context, shape, subject, spans)
    value = single(context, shape, spans[1])
    return None if value is None else compare(context, Operator.EQUAL, subject, value, *spans)


def one_of_children(context: Context, column: ColumnShape, subject: Typed, spans: Spans) -> Typed | None:
    """Whether one of the children has the value ``subject``."""
    seen = value_from_children(subject)
    if seen is None:
        return context.report(reach.OUTER_NAME, spans[0], name="…", children=column.children.name)

    def same(inside: Context) -> Typed | None:
        value = column.make(inside)
        return None if value is None else compare(inside, Operator.EQUAL, value, seen, column.span, spans[0])

    return figure(context, AggregateFunction.SOME, ColumnShape(column.children, same, column.span))


def within(context: Context, subject: Typed, found: RangeShape, spans: Spans) -> Typed | None:
    """Whether ``subject`` lies in a range."""
    sides: list[Typed] = []
    above = Operator.GREATER_EQUAL if found.low_closed else Operator.GREATER
    below = Operator.LESS_EQUAL if found.high_closed else Operator.LESS
    for operator, end in ((above, found.low), (below, found.high)):
        side = None if end is None else compare(context, operator, subject, end, *spans)
        if end is not None and side is None:
            return None
        if side is not None:
            sides.append(side)
    if len(sides) == 1:
        return sides[0]
    if _is_empty(sides[0], sides[1], closed=found.low_closed and found.high_closed):
        return context.report(fitting.EMPTY_RANGE, spans[1])
    return balanced(Operator.AND, sides)


def _compare(context: Context, operator: Operator, subject: Typed, value: nodes.Node, span: Span) -> Typed | None:
    typed = context.value(value)
    return None if typed is None else compare(context, operator, subject, typed, span, value.span)


def _range(context: Context, test: nodes.RangeTest, subject: Typed, span: Span) -> Typed | None:
    low, high = context.value(test.low), context.value(test.high)
    if low is None or high is None:
        return None
    above = Operator.GREATER_EQUAL if test.low_closed else Operator.GREATER
    below = Operator.LESS_EQUAL if test.high_closed else Operator.LESS
    first = compare(context, above, subject, low, span, test.low.span)
    last = compare(context, below, subject, high, span, test.high.span)
    if first is None or last is None:
        return None
    if _is_empty(first, last, closed=test.low_closed and test.high_closed):
        return context.report(fitting.EMPTY_RANGE, test.span)
    return balanced(Operator.AND, [first, last])


def _is_empty(low: Typed, high: Typed, *, closed: bool) -> bool:
    """Whether two constant endpoints leave nothing between them; a null one decides nothing."""
    if not (isinstance(low, Binary) and isinstance(high, Binary)):
        return False
    first, last = _constant(low.right), _constant(high.right)
    return first is not None and last is not None and bool(first > last or (first == last and not closed))  # type: ignore[operator]  # of one kind


def _constant(end: Typed) -> Fraction | int | str | date | time | None:
    """The value of a constant endpoint, whatever its scale."""
    if not isinstance(end, Literal):
        return None
    value = end.value
    if isinstance(value, int) and isinstance(end.type, Number):
        return Fraction(value, 10**end.type.scale)
    return value
