"""``for``, ``some`` and ``every``: over children they become figures, over constants they are written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, reach
from keguan.language.feel.figures import figure
from keguan.language.feel.logic import balanced, condition
from keguan.language.feel.shapes import ChildrenShape, ColumnShape, ListShape, RangeShape, single
from keguan.language.feel.typed import AggregateFunction, Literal, Operator
from keguan.language.feel.types import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.feel import nodes
    from keguan.language.feel.context import Context
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed

    Turn = Callable[[Context], Shape | None]

MOST_TURNS = 64
"""How many turns one loop, with the loops in it, may have."""
MOST_NAMES = 6
"""How many names one loop may have: with two values each they fill ``MOST_TURNS``."""
MOST_ALTOGETHER = 512
"""How many turns and calls of functions one expression may have."""


def looped(context: Context, node: nodes.ForNode) -> Shape | None:
    """``for … return body``: a list, or a value for each child."""
    column = _over_children(context, node.iterations, lambda inside: inside.value(node.body), node.body)
    if not isinstance(column, bool):
        return column
    found = _turns(context, node.iterations, lambda inside: inside.shape(node.body)) if column else None
    return None if found is None else ListShape(tuple(found))


def quantified(context: Context, node: nodes.QuantifiedNode) -> Typed | None:
    """``some … satisfies condition`` and ``every … satisfies condition``."""
    column = _over_children(context, node.iterations, lambda inside: condition(inside, node.condition), node.condition)
    if not isinstance(column, bool):
        function = AggregateFunction.EVERY if node.every else AggregateFunction.SOME
        return None if column is None else figure(context, function, column)
    found = _turns(context, node.iterations, lambda inside: condition(inside, node.condition)) if column else None
    if found is None:
        return None
    typed = [typed for each in found if (typed := single(context, each, node.span)) is not None]
    return balanced(Operator.AND if node.every else Operator.OR, typed)


def _over_children(
    context: Context,
    iterations: Sequence[nodes.IterationNode],
    body: Callable[[Context], Typed | None],
    where: nodes.Node,
) -> ColumnShape | bool | None:
    """The column that a loop over children makes; True when it is not over children."""
    first = iterations[0]
    if first.until is not None:
        return True
    domain = context.shape(first.domain)
    if not isinstance(domain, ChildrenShape | ColumnShape):
        return domain is not None
    if context.cell:
        context.report(reach.CELL_READS_RECORD, first.domain.span, name=first.name)
        return None
    if len(iterations) > 1:
        context.report(reach.LOOPS_OVER_CHILDREN, iterations[1].span)
        return None
    if isinstance(domain, ChildrenShape):
        children = domain
        return ColumnShape(children, lambda inside: body(inside.looping(children, first.name)), where.span)
    column = domain

    def make(inside: Context) -> Typed | None:
        value = column.make(inside)
        return None if value is None else body(inside.looping(column.children).naming({first.name: value}))

    return ColumnShape(column.children, make, where.span)


def _turns(context: Context, iterations: Sequence[nodes.IterationNode], turn: Turn) -> list[Shape] | None:
    """What each turn gives, the first name going round slowest."""
    found: list[Shape] = []
    before = len(context.diagnostics)
    if len(iterations) > MOST_NAMES:
        context.report(fitting.TOO_MANY_TURNS, iterations[MOST_NAMES].span, limit=str(MOST_TURNS))
        return None

    def go(inside: Context, rest: Sequence[nodes.IterationNode]) -> bool:
        context.budget.spent += 1
        if len(found) > MOST_TURNS or context.budget.spent > MOST_ALTOGETHER:
            context.report(fitting.TOO_MANY_TURNS, iterations[0].span, limit=str(MOST_TURNS))
            return False
        if not rest:
            shape = turn(inside)
            if shape is not None:
                found.append(shape)
            return shape is not None
        items = _items(inside, rest[0])
        return items is not None and all(go(inside.naming({rest[0].name: item}), rest[1:]) for item in items)

    complete = go(context, iterations)
    return found if complete and len(context.diagnostics) == before else None


def _items(context: Context, node: nodes.IterationNode) -> Sequence[Shape] | None:
    if node.until is not None:
        return _between(context, node, context.value(node.domain), context.value(node.until))
    domain = context.shape(node.domain)
    match domain:
        case None:
            return None
        case ListShape(items):
            return items
        case RangeShape(low, True, high, True) if low is not None and high is not None:
            return _between(context, node, low, high)
    context.report(fitting.DYNAMIC_LIST, node.domain.span)
    return None


def _between(
    context: Context, node: nodes.IterationNode, first: Typed | None, last: Typed | None
) -> Sequence[Shape] | None:
    """The whole numbers from ``first`` to ``last``, which may be the smaller one."""
    if first is None or last is None:
        return None
    ends = [_whole(first), _whole(last)]
    if ends[0] is None or ends[1] is None:
        context.report(fitting.DYNAMIC_LIST, node.domain.span)
        return None
    step = 1 if ends[0] <= ends[1] else -1
    numbers = range(ends[0], ends[1] + step, step)
    if len(numbers) > MOST_TURNS:
        context.report(fitting.TOO_MANY_TURNS, node.span, limit=str(MOST_TURNS))
        return None
    return [Literal(number, Number()) for number in numbers]


def _whole(typed: Typed) -> int | None:
    if not isinstance(typed, Literal) or not isinstance(typed.type, Number) or not isinstance(typed.value, int):
        return None
    whole, rest = divmod(typed.value, 10**typed.type.scale)
    return None if rest else whole
