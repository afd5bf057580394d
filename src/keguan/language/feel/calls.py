"""Function calls: figures over children and over lists, and the functions of plain values."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, reach
from keguan.language.feel import nodes
from keguan.language.feel.applying import applied
from keguan.language.feel.builtins import ARGUMENTS, FUNCTIONS, REFUSED
from keguan.language.feel.calendar_functions import CALENDAR
from keguan.language.feel.choosing import over_values
from keguan.language.feel.defaults import with_default
from keguan.language.feel.figures import over_children
from keguan.language.feel.logic import is_null
from keguan.language.feel.membership import matches
from keguan.language.feel.names import children_of
from keguan.language.feel.period_ends import PERIOD_ENDS
from keguan.language.feel.scalars import SCALARS
from keguan.language.feel.scope import AmbiguousChildren, ChildName
from keguan.language.feel.shapes import (
    ChildrenShape,
    ColumnShape,
    DistinctShape,
    FunctionShape,
    ListShape,
    single,
)
from keguan.language.feel.typed import Literal, Not, Today
from keguan.language.feel.types import Number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel.context import Context
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

_HANDLERS = {**SCALARS, **CALENDAR, **PERIOD_ENDS, "with default": with_default}
_SHOWN = "、".join(sorted(set(FUNCTIONS.values())))


def call(context: Context, node: nodes.CallNode, wanted: Type | None) -> Shape | None:  # noqa: PLR0911 - one per kind
    """What a call gives."""
    bound = context.bound.get(node.name)
    if bound is not None and isinstance(bound.shape, FunctionShape):
        return applied(context, bound.shape, node.arguments, node.names, node.span)
    name = FUNCTIONS.get(node.name)
    if name is None:
        return _unknown(context, node)
    arguments = _arguments(context, node, name)
    if arguments is None:
        return None
    if name in _HANDLERS:
        return _HANDLERS[name](context, arguments, wanted)
    match name:
        case "today":
            return Today()
        case "is defined":
            return _is_defined(context, arguments[0])
        case "list contains":
            return _list_contains(context, arguments)
        case "distinct values":
            return _distinct(context, arguments[0])
    return _figure(context, node, name, wanted)


def apply_to(context: Context, node: nodes.ApplyNode) -> Shape | None:
    """A call of something that is not a plain name."""
    function = context.shape(node.function)
    if function is None:
        return None
    if not isinstance(function, FunctionShape):
        return context.report(reach.NOT_A_FUNCTION, node.function.span)
    return applied(context, function, node.arguments, node.names, node.span)


def _unknown(context: Context, node: nodes.CallNode) -> Shape | None:
    found = context.scope.find(node.name)
    if isinstance(found, ChildName | AmbiguousChildren):
        return children_of(context, node, found)
    if node.name in REFUSED:
        zh, en = REFUSED[node.name]
        return context.report(reach.NOT_SET_BASED, node.name_span, name=node.name, instead_zh=zh, instead_en=en)
    close = difflib.get_close_matches(node.name, FUNCTIONS, n=1, cutoff=0.75)
    if close:
        return context.report(reach.MISSPELT_FUNCTION, node.name_span, name=node.name, suggestion=close[0])
    return context.report(reach.UNKNOWN_FUNCTION, node.name_span, name=node.name, functions=_SHOWN)


def _arguments(context: Context, node: nodes.CallNode, name: str) -> Sequence[nodes.Node] | None:
    """The arguments in the order of the function's parameters, or None after reporting that they do not fit."""
    forms = ARGUMENTS.get(name)
    count = len(node.arguments)
    if forms is None:
        if not node.names or node.names == ("list",):
            return node.arguments
        _misnamed(context, node, ("list",))
        return None
    if not node.names:
        if any(len(form) == count for form in forms):
            return node.arguments
        _miscounted(context, node, "/".join(str(len(form)) for form in forms))
        return None
    for form in forms:
        if len(form) == count and set(form) == set(node.names):
            given = dict(zip(node.names, node.arguments, strict=True))
            return [given[each] for each in form]
    _misnamed(context, node, forms[-1])
    return None


def _miscounted(context: Context, node: nodes.CallNode, expected: str) -> None:
    found = str(len(node.arguments))
    context.report(reach.ARGUMENT_COUNT, node.span, function=node.name, expected=expected, found=found)


def _misnamed(context: Context, node: nodes.CallNode, known: Sequence[str]) -> None:
    context.report(reach.ARGUMENT_NAMES, node.span, function=node.name, names="、".join(known))


def _is_defined(context: Context, argument: nodes.Node) -> Typed | None:
    shape = context.shape(argument)
    if isinstance(shape, ChildrenShape | ColumnShape):
        return single(context, shape, argument.span)
    if shape is None:
        return None
    value = single(context, shape, argument.span)
    return None if value is None else Not(is_null(value))


def _list_contains(context: Context, arguments: Sequence[nodes.Node]) -> Typed | None:
    found, subject = context.shape(arguments[0]), context.value(arguments[1])
    if found is None or subject is None:
        return None
    if not isinstance(found, ListShape | ColumnShape | DistinctShape):
        return context.report(fitting.LIST_EXPECTED, arguments[0].span)
    return matches(context, subject, found, (arguments[1].span, arguments[0].span))


def _distinct(context: Context, argument: nodes.Node) -> Shape | None:
    found = context.shape(argument)
    if found is None or isinstance(found, DistinctShape):
        return found
    if not isinstance(found, ListShape | ColumnShape):
        return context.report(fitting.LIST_EXPECTED, argument.span)
    return DistinctShape(found)


def _figure(  # noqa: PLR0911 - one per kind of argument
    context: Context, node: nodes.CallNode, name: str, wanted: Type | None
) -> Shape | None:
    """``count sum min max mean all any`` over children, over a list or over the arguments themselves."""
    if len(node.arguments) != 1:
        if not node.arguments or name == "count":
            _miscounted(context, node, "1")
            return None
        shapes = [context.shape(argument) for argument in node.arguments]
        spans = [argument.span for argument in node.arguments]
        return over_values(context, name, node, (shapes, spans), wanted)
    argument = node.arguments[0]
    if not _placed(context, node, argument):
        return None
    found = context.shape(argument)
    if isinstance(found, DistinctShape) and isinstance(found.values, ListShape):
        found = _different(context, found.values, argument)
    if isinstance(found, ListShape):
        if name == "count":
            return Literal(len(found.items), Number())
        return over_values(context, name, node, (found.items, [argument.span] * len(found.items)), wanted)
    if isinstance(found, ChildrenShape | ColumnShape | DistinctShape):
        return over_children(context, name, node, found, wanted)
    if found is None:
        return None
    shown = argument.name if isinstance(argument, nodes.NameNode | nodes.CallNode) else "…"
    return context.report(reach.NOT_CHILDREN, argument.span, name=shown)


def _placed(context: Context, node: nodes.CallNode, argument: nodes.Node) -> bool:
    """Whether a figure may stand here: not over children in a cell, and not inside another one."""
    while isinstance(argument, nodes.PathNode | nodes.FilterNode):
        argument = argument.base
    if not isinstance(argument, nodes.NameNode | nodes.CallNode) or argument.name in context.bound:
        return True
    scopes = (context.scope,) if context.outer is None else (context.scope, context.outer)
    if not any(isinstance(scope.find(argument.name), ChildName | AmbiguousChildren) for scope in scopes):
        return True
    if context.cell:
        context.report(reach.CELL_READS_RECORD, node.span, name=f"{node.name}(…)")
    elif context.within is not None:
        context.report(reach.NESTED_AGGREGATE, node.span, name=argument.name)
    return not context.cell and context.within is None


def _different(context: Context, found: ListShape, argument: nodes.Node) -> ListShape | None:
    """The different values among constants."""
    constants = [item for item in found.items if isinstance(item, Literal)]
    if len(constants) == len(found.items):
        return ListShape(tuple(dict.fromkeys(constants)))
    context.report(fitting.DYNAMIC_LIST, argument.span)
    return None
