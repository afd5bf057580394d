"""What kind of value an input column holds, so that people read 8,000,000.00 yuan and not 800000000."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.stamps import CODES
from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    FieldRef,
    If,
    Negate,
    Operator,
    OuterRef,
    ParentRef,
    Rescale,
)
from keguan.language.feel.types import Boolean, Date, DateTime, DayDuration, Number, Staff, Time
from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import columns

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Model

_KINDS: dict[type[Type], FieldKind] = {
    Boolean: FieldKind.BOOLEAN,
    Date: FieldKind.DATE,
    Time: FieldKind.TIME,
    DateTime: FieldKind.DATE_TIME,
    DayDuration: FieldKind.DURATION,
    Number: FieldKind.NUMBER,
    Staff: FieldKind.STAFF,
}
_SAME_KIND = {Operator.ADD, Operator.SUBTRACT}


def kind_of(model: Model, record_type: str, expression: Typed, outer: str = "") -> FieldKind:
    """The kind of the field or fact that the value comes from; where it comes from several, the kind of its type.

    ``outer`` is the type of the record that a figure over children is about.
    """
    match expression:
        case OuterRef(code=code):
            return _kind_of_code(model, outer, code)
        case ParentRef(code=code):
            return _kind_of_code(model, expression.record_type, code)
        case FieldRef(code=code):
            return _kind_of_code(model, record_type, code)
        case Aggregate(function=AggregateFunction.COUNT):
            return FieldKind.INTEGER
        case Aggregate(child=child, value=value) if value is not None:
            return kind_of(model, child, value, record_type)
        case _:
            inner = _of_same_kind(expression)
            return _kind_of_type(expression.type) if inner is None else kind_of(model, record_type, inner, outer)


def _kind_of_code(model: Model, record_type: str, code: str) -> FieldKind:
    return FieldKind.DATE_TIME if code in CODES else columns(model, record_type)[code].kind


def _of_same_kind(expression: Typed) -> Typed | None:
    """The part whose kind the whole has."""
    match expression:
        case Rescale(value=value) | Negate(value=value):
            return value
        case If(then=then):
            return then
        case Binary(operator=operator, left=left) if operator in _SAME_KIND:
            return left
        case _:
            return None


def _kind_of_type(type_: Type) -> FieldKind:
    return _KINDS.get(type(type_), FieldKind.TEXT)
