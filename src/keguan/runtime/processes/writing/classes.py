"""Which information classes a document gives away: its own, and those of all that stands in its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, FieldRef, ParentRef
from keguan.language.feel.walk import parts
from keguan.runtime.access.columns import columns
from keguan.runtime.access.disclosure import classes_of, disclosed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.feel.typed import Typed
    from keguan.language.model.document import DocumentTemplate, Placeholder
    from keguan.language.model.model import Model


def classes_in(model: Model, template: DocumentTemplate) -> frozenset[str]:
    """The classes that somebody must see in order to read a document of this kind."""
    own = {template.information_class}
    return frozenset(own.union(*(_of_place(model, template, place) for place in template.places)))


def classes_read(model: Model, record_type: str, expression: Typed) -> frozenset[str]:
    """What an expression gives away, of the record, what it refers to, its children and the case's forms."""
    if isinstance(expression, FieldRef) and "." in expression.code:
        form, _, field = expression.code.partition(".")
        return frozenset({model.blocks.forms[form].field(field).information_class})
    if isinstance(expression, FieldRef | ParentRef | Aggregate):
        return classes_of(model, record_type, expression)
    return frozenset[str]().union(*(classes_read(model, record_type, part) for part in parts(expression)))


def _of_place(model: Model, template: DocumentTemplate, place: Placeholder) -> Iterator[str]:
    if place.expression is not None:
        yield from classes_read(model, template.record_type, place.expression)
    if place.path:
        yield disclosed(model, template.record_type, place.path[0])
        target = columns(model, template.record_type)[place.path[0]].target
        if target is not None:
            code = place.path[1] if len(place.path) > 1 else model.record_types[target].title
            yield disclosed(model, target, code)
