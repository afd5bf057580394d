"""Comparisons: both sides brought to one type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting
from keguan.language.feel.conversion import check_choice, common, convert
from keguan.language.feel.typed import Binary, Literal, Operator
from keguan.language.feel.types import (
    BOOLEAN,
    Attachment,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Null,
    Number,
    Staff,
    Text,
)
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.source import Span

EQUALITIES = frozenset({Operator.EQUAL, Operator.UNEQUAL})


def compare(
    context: Context, operator: Operator, left: Typed, right: Typed, left_span: Span, right_span: Span
) -> Typed | None:
    """``left operator right`` as a Boolean. The spans are where to point when a side does not fit."""
    kind = common(left.type, right.type)
    if kind is None:
        return _different(context, left.type, right.type, right_span)
    if operator not in EQUALITIES and not _ordered(context, operator, left, right, right_span):
        return None
    if not _choices_fit(context, left, right, left_span, right_span):
        return None
    if not isinstance(kind, Number | Null):
        kind = left.type if isinstance(right.type, Null) else right.type
        left, right = _nulls(left, kind), _nulls(right, kind)
        return Binary(operator, left, right, BOOLEAN)
    first, second = convert(context, left, kind, left_span), convert(context, right, kind, right_span)
    return None if first is None or second is None else Binary(operator, first, second, BOOLEAN)


def _nulls(side: Typed, kind: Type) -> Typed:
    return Literal(None, kind) if isinstance(side.type, Null) else side


def _different(context: Context, left: Type, right: Type, span: Span) -> Typed | None:
    kinds = {type(left), type(right)}
    if kinds & {DayDuration, MonthDuration} and Number in kinds:
        return context.report(fitting.DURATION_EXPECTED, span, **type_values(found=right))
    if kinds == {Date, DateTime}:
        return context.report(fitting.DAY_AND_MOMENT, span)
    if Date in kinds:
        return context.report(
            fitting.DATE_EXPECTED, span, **type_values(found=right if isinstance(left, Date) else left)
        )
    return context.report(fitting.NOT_COMPARABLE, span, **type_values(left=left, right=right))


def _ordered(context: Context, operator: Operator, left: Typed, right: Typed, span: Span) -> bool:
    for side in (left.type, right.type):
        chosen = isinstance(side, Text) and side.choices is not None
        if chosen or isinstance(side, Boolean | Staff | Attachment | Null):
            context.report(fitting.NOT_ORDERED, span, operator=operator.value, **type_values(type=side))
            return False
    return True


def _choices_fit(context: Context, left: Typed, right: Typed, left_span: Span, right_span: Span) -> bool:
    if isinstance(left.type, Text) and not check_choice(context, right, left.type, right_span):
        return False
    return not isinstance(right.type, Text) or check_choice(context, left, right.type, left_span)
