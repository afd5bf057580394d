"""Which information classes an expression gives away, for explanations and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, FieldRef
from keguan.language.feel.walk import parts
from keguan.runtime.access.columns import columns

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model


def classes_of(model: Model, record_type: str, expression: Typed) -> frozenset[str]:
    """The classes of everything the expression reads, from the record and from its children."""
    if isinstance(expression, FieldRef):
        return frozenset({columns(model, record_type)[expression.code].information_class})
    if isinstance(expression, Aggregate):
        via = columns(model, expression.child)[expression.via].information_class
        inner = [part for part in (expression.where, expression.value) if part is not None]
        return frozenset({via}).union(*(classes_of(model, expression.child, part) for part in inner))
    return frozenset[str]().union(*(classes_of(model, record_type, part) for part in parts(expression)))
