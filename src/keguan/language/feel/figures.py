"""Figures over child records: ``sum(购买合同[合同状态 != "已解除"].合同金额)``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, reach
from keguan.language.feel.arithmetic import quotient
from keguan.language.feel.logic import balanced, condition, is_null
from keguan.language.feel.shapes import ChildrenShape, ColumnShape, DistinctShape
from keguan.language.feel.typed import Aggregate, AggregateFunction, Not, Operator
from keguan.language.feel.types import BOOLEAN, Boolean, Date, DateTime, DayDuration, MonthDuration, Number, Time
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from keguan.language.feel import nodes
    from keguan.language.feel.context import Context
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

    Children = ChildrenShape | ColumnShape | DistinctShape

SUMMED = Number | DayDuration | MonthDuration
ORDERED = Number | Date | Time | DateTime | DayDuration | MonthDuration
_QUANTIFIERS = {"any": AggregateFunction.SOME, "all": AggregateFunction.EVERY}


def over_children(  # noqa: PLR0911 - one per kind of figure
    context: Context, name: str, call: nodes.CallNode, found: Children, wanted: Type | None
) -> Typed | None:
    """The function ``name`` over children; a distinct list here is one of children."""
    span = call.arguments[0].span
    if name == "count":
        return _count(context, found)
    if isinstance(found, ChildrenShape):
        return context.report(reach.MISSING_PATH, span, function=call.name, name=found.name)
    if isinstance(found, DistinctShape):
        return context.report(fitting.DISTINCT_COUNTED, span, function=call.name)
    if name in _QUANTIFIERS:
        return figure(context, _QUANTIFIERS[name], found)
    base = _base(context, found.children)
    value = None if base is None else found.make(context.looping(found.children))
    if base is None or value is None:
        return None
    allowed = ORDERED if name in {"min", "max"} else SUMMED
    if not isinstance(value.type, allowed):
        kinds = type_values(found=value.type)
        return context.report(fitting.NOT_COUNTED, found.span, function=call.name, **kinds)
    return _mean(base, value, wanted) if name == "mean" else _valued(base, AggregateFunction(name), value)


def figure(context: Context, function: AggregateFunction, column: ColumnShape) -> Typed | None:
    """``some`` or ``every`` over children, whose column is the condition."""
    if context.cell:
        return context.report(reach.CELL_READS_RECORD, column.span, name=column.children.name)
    base = _base(context, column.children)
    value = None if base is None else column.make(context.looping(column.children))
    if base is None or value is None:
        return None
    if not isinstance(value.type, Boolean):
        kinds = type_values(expected=BOOLEAN, found=value.type)
        return context.report(fitting.WRONG_TYPE, column.span, **kinds)
    return replace(_valued(base, function, value), type=BOOLEAN)


def _count(context: Context, found: Children) -> Typed | None:
    if isinstance(found, ChildrenShape):
        return _base(context, found)
    if isinstance(found, ColumnShape) and found.field is None:
        return _base(context, found.children)
    if isinstance(found, ColumnShape):
        names = {"name": found.field or "", "children": found.children.name}
        return context.report(fitting.COUNT_OF_FIELD, found.span, **names)
    column = found.values
    if not isinstance(column, ColumnShape):
        raise TypeError(column)
    base = _base(context, column.children)
    value = None if base is None else column.make(context.looping(column.children))
    if base is None or value is None:
        return None
    return replace(_valued(base, AggregateFunction.DISTINCT, value), type=Number())


def _valued(base: Aggregate, function: AggregateFunction, value: Typed) -> Aggregate:
    return replace(base, function=function, value=value, type=value.type)


def _mean(base: Aggregate, value: Typed, wanted: Type | None) -> Typed:
    """The sum over the number of children that have a value; no such child gives null (a division by zero)."""
    present: Typed = Not(is_null(value))
    if base.where is not None:
        present = balanced(Operator.AND, [base.where, present])
    return quotient(_valued(base, AggregateFunction.SUM, value), replace(base, where=present), wanted)


def _base(context: Context, children: ChildrenShape) -> Aggregate | None:
    """How many of the children pass the filters."""
    inside = context.filtering(children)
    typed = [condition(inside, each) for each in children.filters]
    sound = [each for each in typed if each is not None]
    if len(sound) != len(typed):
        return None
    where = balanced(Operator.AND, sound) if sound else None
    meaning = children.meaning
    return Aggregate(AggregateFunction.COUNT, meaning.child, meaning.via, where, None, Number())
