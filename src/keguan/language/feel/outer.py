"""What the record has, as it reads while its children are gone through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.feel.shapes import (
    ChildrenShape,
    ColumnShape,
    ContextShape,
    DistinctShape,
    FunctionShape,
    ItemShape,
    ListShape,
    ParentShape,
    RangeShape,
)
from keguan.language.feel.typed import Aggregate, FieldRef, InputRef, OuterRef, ParentRef
from keguan.language.feel.walk import rewritten, walk

if TYPE_CHECKING:
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed


def seen_from_children(shape: Shape) -> Shape | None:  # noqa: PLR0911 - one per kind of shape
    """A shape that was typed over the record, inside a figure over its children; None where it is itself made over
    children, which cannot be done anew for each of them.
    """
    match shape:
        case ListShape(items):
            seen = [each for item in items if (each := seen_from_children(item)) is not None]
            return ListShape(tuple(seen)) if len(seen) == len(items) else None
        case ContextShape(entries):
            named = [(name, each) for name, entry in entries if (each := seen_from_children(entry)) is not None]
            return ContextShape(tuple(named)) if len(named) == len(entries) else None
        case RangeShape(low, low_closed, high, high_closed):
            first, last = _end(low), _end(high)
            lost = (low is not None and first is None) or (high is not None and last is None)
            return None if lost else RangeShape(first, low_closed, last, high_closed)
        case FunctionShape() | ItemShape():
            return shape
        case ParentShape():
            return replace(shape, outer=True)
        case ChildrenShape() | ColumnShape() | DistinctShape():
            return None
        case _:
            return value_from_children(shape)


def value_from_children(typed: Typed) -> Typed | None:
    """As ``seen_from_children``, for one value."""
    if any(isinstance(part, Aggregate | InputRef) for part in walk(typed)):
        return None
    return rewritten(typed, _from_children)


def _from_children(part: Typed) -> Typed | None:
    if isinstance(part, FieldRef):
        return OuterRef(part.code, part.type)
    return replace(part, outer=True) if isinstance(part, ParentRef) else None


def _end(end: Typed | None) -> Typed | None:
    return None if end is None else value_from_children(end)
