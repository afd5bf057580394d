"""Finding things in a model by code: labels, kinds and information classes of what a record has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.feel.typed import FieldRef, ParentRef
from keguan.language.feel.types import TEXT
from keguan.language.feel.walk import children, parents, references, way
from keguan.language.model.conditions import is_hidden
from keguan.language.model.model import Fact, Label

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, FieldKind, Model


@dataclass(frozen=True, slots=True)
class Item:
    """A field, fact or outcome of a record type, as far as it is shown to people."""

    code: str
    label: Label
    kind: FieldKind
    type: Type
    information_class: str


def items(model: Model, record_type: str) -> dict[str, Item]:
    """Everything that a record of a type has, by code: its fields, then facts and outcomes in the order computed."""
    found = {
        field.code: Item(field.code, field.label, field.kind, field.type, field.information_class)
        for field in model.record_types[record_type].fields
    }
    for computed in model.computations[record_type]:
        if is_hidden(computed.code):
            continue
        if isinstance(computed, Fact):
            found[computed.code] = Item(
                computed.code, computed.label, computed.kind, computed.type, computed.information_class
            )
        else:
            for output in computed.outputs:
                type_ = TEXT if computed.hit.lists else output.type  # what is joined of choices is itself no choice
                found[output.code] = Item(output.code, output.label, output.kind, type_, computed.information_class)
    return found


def input_item(model: Model, decision: Decision, index: int) -> Item | None:
    """The field, fact or outcome that an input column reads; None for a longer expression."""
    expression = decision.inputs[index].expression
    if isinstance(expression, ParentRef):
        return _above(model, decision.record_type, expression)
    if not isinstance(expression, FieldRef):
        return None
    return items(model, decision.record_type).get(expression.code)


def _above(model: Model, record_type: str, read: ParentRef) -> Item | None:
    """What is read through references, called by the whole way to it: 客户.等级."""
    found = [items(model, each).get(code) for each, code in way(record_type, read)]
    last = found[-1]
    known = [each.label for each in found if each is not None]
    if last is None or len(known) < len(found):
        return None
    label = Label(".".join(each.zh for each in known), " › ".join(each.en for each in known))
    return replace(last, label=label)


def input_classes(model: Model, decision: Decision) -> tuple[frozenset[str], ...]:
    """For each input column, the information classes of what its expression reads."""
    return tuple(_classes(model, decision.record_type, column.expression) for column in decision.inputs)


def _classes(model: Model, record_type: str, expression: Typed) -> frozenset[str]:
    own = items(model, record_type)
    found = {own[code].information_class for code in references(expression) if code in own}
    for aggregate in children(expression):
        known = items(model, aggregate.child)
        parts = [part for part in (aggregate.where, aggregate.value) if part is not None]
        read = {code for part in parts for code in references(part)} | {aggregate.via}
        found |= {known[code].information_class for code in read if code in known}
    for begins, parent in parents(expression, record_type):
        found |= {items(model, each)[code].information_class for each, code in way(begins, parent)}
    return frozenset(found)
