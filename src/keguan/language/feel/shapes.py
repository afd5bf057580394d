"""What an expression may be besides one value: lists, contexts, ranges, functions and children.

They exist only while an expression is typed. What is left in the end must be one value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from keguan.language.diagnostics.catalogue import fitting, reach
from keguan.language.feel.typed import Typed, Up
from keguan.language.feel.walk import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.feel.context import Context
    from keguan.language.feel.nodes import FunctionNode, Node
    from keguan.language.feel.scope import ChildName, Scope
    from keguan.language.source import Span

TYPED = get_args(Typed)
MOST_NODES = 20_000
"""How large a tree may grow when names, lists and functions have been written out."""


@dataclass(frozen=True, slots=True)
class ListShape:
    """A list whose length is known."""

    items: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class ContextShape:
    """Named entries."""

    entries: tuple[tuple[str, Shape], ...]

    def find(self, name: str) -> Shape | None:
        """The entry of that name."""
        return dict(self.entries).get(name)


@dataclass(frozen=True, slots=True)
class RangeShape:
    """A range; None for an open end."""

    low: Typed | None
    low_closed: bool
    high: Typed | None
    high_closed: bool


@dataclass(frozen=True, slots=True)
class FunctionShape:
    """A function and the place it was written at."""

    node: FunctionNode
    home: Context


@dataclass(frozen=True, slots=True)
class ItemShape:
    """One child record, inside a figure over children."""

    name: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class ParentShape:
    """The record that a path of reference fields leads to. Without a path it is the record that a figure over children
    is about, reached from the child.
    """

    name: str
    scope: Scope
    path: tuple[Up, ...] = ()
    outer: bool = False


@dataclass(frozen=True, slots=True)
class ChildrenShape:
    """Child records of which every filter is true."""

    name: str
    meaning: ChildName
    filters: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One value for each child; ``make`` types it at the place it is given. ``field`` names it if it is a field."""

    children: ChildrenShape
    make: Callable[[Context], Typed | None]
    span: Span
    field: str | None = None


@dataclass(frozen=True, slots=True)
class DistinctShape:
    """The different values of a list or of children."""

    values: ListShape | ColumnShape


Shape = (
    Typed | ListShape | ContextShape | RangeShape | FunctionShape | ItemShape | ParentShape | ChildrenShape
    | ColumnShape | DistinctShape
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bound:
    """What a name was given, and whether that was inside a figure over children."""

    shape: Shape
    inside: bool


def single(context: Context, shape: Shape | None, span: Span) -> Typed | None:
    """``shape`` if it is one value; anything else is reported."""
    if shape is None or isinstance(shape, TYPED):
        return shape
    if isinstance(shape, ChildrenShape | ColumnShape):
        name = shape.name if isinstance(shape, ChildrenShape) else shape.children.name
        return context.report(reach.CHILDREN_ALONE, span, name=name)
    if isinstance(shape, ParentShape):
        return context.report(reach.REFERENCE_FIELD, span, name=shape.name)
    zh, en = shape_words(shape)
    return context.report(fitting.NOT_ONE_VALUE, span, found_zh=zh, found_en=en)


def shape_words(shape: Shape) -> tuple[str, str]:
    """What a shape that is not one value is called."""
    match shape:
        case ListShape() | DistinctShape():
            return "一个列表", "a list"
        case ContextShape():
            return "一组带名字的值", "a context"
        case RangeShape():
            return "一个区间", "a range"
        case FunctionShape():
            return "一个函数", "a function"
        case ParentShape():
            return "另一份档案", "another record"
        case _:
            return "下级档案", "child records"


def is_large(shape: Shape | None) -> bool:
    """Whether a tree has more than ``MOST_NODES``; what stands in several places counts each time."""
    if not isinstance(shape, TYPED):
        return False
    count, waiting = 0, [shape]
    while waiting:
        count += 1
        if count > MOST_NODES:
            return True
        waiting.extend(parts(waiting.pop()))
    return False
