"""``base.name`` and ``base[condition]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, reach
from keguan.language.feel import nodes
from keguan.language.feel.names import field_of, item_of, through
from keguan.language.feel.properties import PROPERTIES, property_of
from keguan.language.feel.shapes import (
    TYPED,
    ChildrenShape,
    ColumnShape,
    ContextShape,
    ItemShape,
    ListShape,
    ParentShape,
    shape_words,
)
from keguan.language.feel.typed import Literal
from keguan.language.feel.types import NULL
from keguan.language.feel.words import type_words

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed


def path(context: Context, node: nodes.PathNode) -> Shape | None:
    """An entry of a context, a field of a child or of children, or a part of a date or a duration."""
    base = context.shape(node.base)
    return None if base is None else _taken(context, node, base)


def filtered(context: Context, node: nodes.FilterNode) -> Shape | None:
    """Children of which a condition holds, or the item of a list at a place."""
    base = context.shape(node.base)
    match base:
        case None:
            return None
        case ChildrenShape(name, meaning, filters):
            return ChildrenShape(name, meaning, (*filters, node.condition))
        case ListShape(items):
            return _item(context, node, items)
        case ColumnShape(children):
            return context.report(fitting.FILTER_BEFORE_FIELD, node.span, name=children.name)
    name = node.base.name if isinstance(node.base, nodes.NameNode | nodes.CallNode) else "…"
    return context.report(reach.NOT_CHILDREN, node.base.span, name=name)


def _taken(context: Context, node: nodes.PathNode, base: Shape) -> Shape | None:
    match base:
        case ItemShape(_, scope):
            return item_of(context, scope, node.name, node.name_span)
        case ParentShape():
            return through(context, base, node.name, node.name_span)
        case ChildrenShape(_, meaning):

            def make(inside: Context) -> Typed | None:
                return field_of(inside, meaning.scope, node.name, node.name_span)

            return ColumnShape(base, make, node.name_span, node.name)
        case ContextShape():
            found = base.find(node.name)
            return _missing(context, node, base) if found is None else found
        case ListShape(items):
            taken = [_taken(context, node, item) for item in items]
            sound = [each for each in taken if each is not None]
            return ListShape(tuple(sound)) if len(sound) == len(taken) else None
    found = property_of(base, node.name) if isinstance(base, TYPED) else None
    return _missing(context, node, base) if found is None else found


def _missing(context: Context, node: nodes.PathNode, base: Shape) -> Shape | None:
    if isinstance(base, ContextShape):
        (zh, en), known = shape_words(base), [name for name, _ in base.entries]
    elif isinstance(base, TYPED):
        (zh, en), known = type_words(base.type), list(PROPERTIES.get(type(base.type), {}))
    else:
        (zh, en), known = shape_words(base), []
    entry = reach.NO_PROPERTY if known else reach.NO_PROPERTIES
    return context.report(entry, node.name_span, name=node.name, found_zh=zh, found_en=en, known="、".join(known))


def _item(context: Context, node: nodes.FilterNode, items: tuple[Shape, ...]) -> Shape | None:
    """The item at a constant place, counted from 1, or from the end by a negative number; null where there is none."""
    condition = node.condition
    sign, number = (-1, condition.value) if isinstance(condition, nodes.NegateNode) else (1, condition)
    if not isinstance(number, nodes.NumberNode) or number.value.scale:
        return context.report(fitting.DYNAMIC_LIST, node.span)
    at = sign * number.value.units
    index = at - 1 if at > 0 else at + len(items)
    return items[index] if at and 0 <= index < len(items) else Literal(None, NULL)
