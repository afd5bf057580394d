"""Which information classes an expression gives away, for explanations and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, FieldRef, OuterRef, ParentRef
from keguan.language.feel.walk import parts, way
from keguan.runtime.access.columns import columns

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model


def classes_of(model: Model, record_type: str, expression: Typed, outer: str = "") -> frozenset[str]:
    """The classes of everything the expression reads, from the record, from its children and from what they refer to;
    in a figure over children also what it reads of the record, which is then of type ``outer``.
    """
    if isinstance(expression, FieldRef | OuterRef):
        read = outer if isinstance(expression, OuterRef) else record_type
        return frozenset({columns(model, read)[expression.code].information_class})
    if isinstance(expression, ParentRef):
        begins = outer if expression.outer else record_type
        return frozenset(columns(model, each)[code].information_class for each, code in way(begins, expression))
    if isinstance(expression, Aggregate):
        via = columns(model, expression.child)[expression.via].information_class
        inner = [part for part in (expression.where, expression.value) if part is not None]
        return frozenset({via}).union(*(classes_of(model, expression.child, part, record_type) for part in inner))
    return frozenset[str]().union(*(classes_of(model, record_type, part, outer) for part in parts(expression)))
