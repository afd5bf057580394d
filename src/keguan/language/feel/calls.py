"""Function calls: constants of dates, the day of the decision, and ``count sum min max mean``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import expressions as catalogue
from keguan.language.feel import nodes
from keguan.language.feel.aggregates import aggregate, is_children
from keguan.language.feel.choosing import of_values
from keguan.language.feel.conversion import common, convert
from keguan.language.feel.lexer import parse_date
from keguan.language.feel.tokens import FUNCTIONS
from keguan.language.feel.typed import Literal, Today
from keguan.language.feel.types import DATE, Date, Null, Number
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.membership import Infer
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

MOST_VALUES = 8
"""How many plain values one ``min``, ``max``, ``sum`` or ``mean`` takes (its tree grows with their square)."""


def call(context: Context, node: nodes.CallNode, wanted: Type | None, infer: Infer) -> Typed | None:
    """The typed tree of a call."""
    function = FUNCTIONS.get(node.name)
    if function is None:
        return _unknown(context, node)
    if function == "today":
        return Today() if _takes(context, node, 0) else None
    if function == "date":
        return _date(context, node) if _takes(context, node, 1) else None
    if len(node.arguments) == 1:
        return _over_children(context, node, function, wanted, infer)
    if not node.arguments or function == "count":
        return _argument_count(context, node, "1")
    return _over_values(context, node, function, wanted, infer)


def _unknown(context: Context, node: nodes.CallNode) -> Typed | None:
    if is_children(context, node):
        return context.report(catalogue.CHILDREN_ALONE, node.span, name=node.name)
    names = "、".join(sorted(set(FUNCTIONS.values())))
    return context.report(catalogue.UNKNOWN_FUNCTION, node.name_span, name=node.name, functions=names)


def _takes(context: Context, node: nodes.CallNode, count: int) -> bool:
    if len(node.arguments) != count:
        _argument_count(context, node, str(count))
    return len(node.arguments) == count


def _argument_count(context: Context, node: nodes.CallNode, expected: str) -> Typed | None:
    found = str(len(node.arguments))
    return context.report(catalogue.ARGUMENT_COUNT, node.span, function=node.name, expected=expected, found=found)


def _date(context: Context, node: nodes.CallNode) -> Typed | None:
    argument = node.arguments[0]
    if not isinstance(argument, nodes.TextNode):
        return context.report(catalogue.BAD_DATE, argument.span, found=node.name)
    day = parse_date(argument.value)
    if day is None:
        return context.report(catalogue.BAD_DATE, argument.span, found=argument.value)
    return Literal(day, DATE)


def _over_children(
    context: Context, node: nodes.CallNode, function: str, wanted: Type | None, infer: Infer
) -> Typed | None:
    argument = node.arguments[0]
    if context.cell or context.within is not None:
        return _misplaced(context, node, argument)
    return aggregate(context, function, node.name, argument, wanted, infer)


def _misplaced(context: Context, node: nodes.CallNode, argument: nodes.Node) -> Typed | None:
    """An aggregate inside another one, or in a cell."""
    if context.cell:
        return context.report(catalogue.CELL_READS_RECORD, node.span, name=f"{node.name}(…)")
    while isinstance(argument, nodes.PathNode | nodes.FilterNode):
        argument = argument.base
    name = argument.name if isinstance(argument, nodes.NameNode | nodes.CallNode) else node.name
    return context.report(catalogue.NESTED_AGGREGATE, node.span, name=name)


def _over_values(
    context: Context, node: nodes.CallNode, function: str, wanted: Type | None, infer: Infer
) -> Typed | None:
    """``max(a, b)`` and its like: values brought to one type, then chosen or added with nulls skipped."""
    if len(node.arguments) > MOST_VALUES:
        return _argument_count(context, node, f"1–{MOST_VALUES}")
    values = [infer(context, argument, None) for argument in node.arguments]
    kind: Type | None = Null()
    for value in values:
        if value is None:
            return None
        kind = None if kind is None else common(kind, value.type)
    allowed = Number | Date if function in {"min", "max"} else Number
    if not isinstance(kind, allowed):
        return _not_counted(context, node, values)
    converted = [
        convert(context, value, kind, argument.span)
        for value, argument in zip(values, node.arguments, strict=True)
        if value is not None
    ]
    sound = [value for value in converted if value is not None]
    return of_values(function, sound, kind, wanted) if len(sound) == len(values) else None


def _not_counted(context: Context, node: nodes.CallNode, values: list[Typed | None]) -> Typed | None:
    """Point at the first value that the function cannot take, or that is of another kind than the first."""
    first = values[0]
    for value, argument in zip(values, node.arguments, strict=True):
        if value is not None and first is not None and not isinstance(value.type, Number):
            kinds = type_values(found=value.type)
            return context.report(catalogue.NOT_COUNTED, argument.span, function=node.name, **kinds)
    return None
