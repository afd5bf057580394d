"""Paths and filters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.language.dmn.budget import spend_on
from keguan.language.dmn.execution.properties import member
from keguan.language.dmn.values.numbers import whole

if TYPE_CHECKING:
    from keguan.language.dmn.execution.compiling import Compiling
    from keguan.language.dmn.execution.scope import Compiled, Scope
    from keguan.language.feel import nodes

ITEM = "item"


def compile_path(compiler: Compiling, node: nodes.PathNode) -> Compiled:
    """``base.name``."""
    base, name = compiler.expression(node.base), node.name
    return lambda scope: member(base(scope), name)


def compile_filter(compiler: Compiling, node: nodes.FilterNode) -> Compiled:
    """``base[condition]``: the item at a place, or the items for which the condition is true."""
    base, condition = compiler.expression(node.base), compiler.expression(node.condition)
    return lambda scope: filtered(base(scope), condition, scope)


def filtered(value: object, condition: Compiled, scope: Scope) -> object:
    """The filter's value. A single value is a list of one; null is a list of none.

    Whether the condition is a place is asked of it with the first item in reach, as the items may have an entry of the
    name that it mentions.
    """
    items = value if isinstance(value, list) else [] if value is None else [value]
    place = condition(item_scope(scope, items[0]) if items else scope)
    if isinstance(place, Decimal):
        return None if value is None else _at(items, place)
    spend_on(items)
    return [item for item in items if condition(item_scope(scope, item)) is True]


def item_scope(scope: Scope, item: object) -> Scope:
    """Where an item's entries are in reach by name, and the item as ``item``."""
    inner = scope.inner({ITEM: item})
    return inner.inner(item) if isinstance(item, dict) else inner


def _at(items: list[object], place: Decimal) -> object:
    """The item at a place counted from 1, or from the end when it is negative; None when there is none."""
    index = whole(place)
    if index is None or index == 0 or abs(index) > len(items):
        return None
    return items[index - 1 if index > 0 else index]
