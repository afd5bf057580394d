"""Figures over child records: ``sum(购买合同[合同状态 != "已解除"].合同金额)``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import expressions as catalogue
from keguan.language.feel import names, nodes
from keguan.language.feel.arithmetic import quotient
from keguan.language.feel.choosing import is_null
from keguan.language.feel.membership import balanced, condition
from keguan.language.feel.scope import AmbiguousChildren, ChildName, ParameterName, RecordName
from keguan.language.feel.typed import Aggregate, AggregateFunction, Not, Operator
from keguan.language.feel.types import Date, Null, Number
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.membership import Infer
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type


@dataclass(frozen=True, slots=True)
class _Children:
    """What an aggregate's argument was found to mean: which children, which of them, and which of their fields."""

    name: str
    meaning: ChildName
    filters: tuple[nodes.Node, ...]
    field: nodes.PathNode | None


def is_children(context: Context, node: nodes.Node) -> bool:
    """Whether ``node`` is the name of children (with or without the reference field)."""
    if not isinstance(node, nodes.NameNode | nodes.CallNode):
        return False
    return isinstance(context.scope.find(node.name), ChildName | AmbiguousChildren)


def aggregate(
    context: Context, function: str, written: str, argument: nodes.Node, wanted: Type | None, infer: Infer
) -> Typed | None:
    """``function`` (called ``written`` by the author) over the children that ``argument`` means."""
    children = _children(context, argument)
    if children is None:
        return None
    inside = context.inside(children.name, children.meaning.scope)
    where = _where(inside, children.filters, infer)
    if children.filters and where is None:
        return None
    figure = Aggregate(AggregateFunction.COUNT, children.meaning.child, children.meaning.via, where, None, Number())
    if function == "count":
        return figure if children.field is None else _field_counted(context, children.field, children.name)
    if children.field is None:
        return context.report(catalogue.MISSING_PATH, argument.span, function=written, name=children.name)
    value = _value(inside, children.field, function, written)
    if value is None:
        return None
    return _mean(figure, value, wanted) if function == "mean" else _figure(figure, function, value)


def _figure(figure: Aggregate, function: str, value: Typed) -> Aggregate:
    return replace(figure, function=AggregateFunction(function), value=value, type=value.type)


def _mean(figure: Aggregate, value: Typed, wanted: Type | None) -> Typed:
    """The sum over the number of children that have a value; no such child gives null (a division by zero)."""
    present: Typed = Not(is_null(value))
    if figure.where is not None:
        present = balanced(Operator.AND, [figure.where, present])
    return quotient(_figure(figure, "sum", value), replace(figure, where=present), wanted)


def _field_counted(context: Context, field: nodes.PathNode, name: str) -> Typed | None:
    return context.report(catalogue.COUNT_OF_FIELD, field.name_span, name=field.name, children=name)


def _children(context: Context, argument: nodes.Node) -> _Children | None:
    field = argument if isinstance(argument, nodes.PathNode) else None
    node = argument.base if isinstance(argument, nodes.PathNode) else argument
    filters: list[nodes.Node] = []
    while isinstance(node, nodes.FilterNode):
        filters.insert(0, node.condition)
        node = node.base
    if not isinstance(node, nodes.NameNode | nodes.CallNode):
        context.report(catalogue.NOT_CHILDREN, node.span, name="…")
        return None
    meaning = _meaning(context, node)
    return None if meaning is None else _Children(node.name, meaning, tuple(filters), field)


def _meaning(context: Context, node: nodes.NameNode | nodes.CallNode) -> ChildName | None:
    found = context.scope.find(node.name)
    if found is None:
        names.unknown(context, node.name, node.span)
        return None
    if isinstance(found, RecordName | ParameterName):
        context.report(catalogue.NOT_CHILDREN, node.span, name=node.name)
        return None
    choices = found.choices if isinstance(found, AmbiguousChildren) else (("", found),)
    if isinstance(node, nodes.CallNode):
        wanted = [part.name for part in node.arguments if isinstance(part, nodes.NameNode)]
        choices = tuple(choice for choice in choices if wanted in ([choice[0]], [choice[1].via]))
    if len(choices) == 1:
        return choices[0][1]
    listed = found.choices if isinstance(found, AmbiguousChildren) else ()
    shown = "、".join(f"{node.name}({label})" for label, _ in listed) or node.name
    context.report(catalogue.AMBIGUOUS_CHILDREN, node.span, name=node.name, choices=shown)
    return None


def _where(inside: Context, filters: tuple[nodes.Node, ...], infer: Infer) -> Typed | None:
    typed = [condition(inside, each, infer) for each in filters]
    sound = [each for each in typed if each is not None]
    return balanced(Operator.AND, sound) if typed and len(sound) == len(typed) else None


def _value(inside: Context, field: nodes.PathNode, function: str, written: str) -> Typed | None:
    value = names.value_of(inside, nodes.NameNode(field.name, field.name_span))
    if value is None:
        return None
    allowed = Number | Date if function in {"min", "max"} else Number
    if isinstance(value.type, Null) or not isinstance(value.type, allowed):
        kinds = type_values(found=value.type)
        return inside.report(catalogue.NOT_COUNTED, field.name_span, function=written, **kinds)
    return value
