"""A record's own name before its fields: in 客户's own conditions 客户.等级 is 等级."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from keguan.language.feel.nodes import FilterNode, NameNode, PathNode, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.feel.nodes import Node


def without_own_name(node: Node, own: frozenset[str]) -> Node:
    """The tree with ``own.name`` written as ``name``. What stands in a filter is about other records and is kept."""
    changed: Any = node
    if isinstance(node, PathNode) and isinstance(node.base, NameNode) and node.base.name in own:
        changed = NameNode(node.name, node.name_span)
    elif isinstance(node, FilterNode):
        changed = replace(node, base=without_own_name(node.base, own))
    else:
        for each in fields(node):
            value = getattr(node, each.name)
            if hasattr(value, "span"):
                changed = replace(changed, **{each.name: without_own_name(value, own)})
            elif isinstance(value, tuple) and any(hasattr(part, "span") for part in value):
                replaced = tuple(without_own_name(part, own) if hasattr(part, "span") else part for part in value)
                changed = replace(changed, **{each.name: replaced})
    result: Node = changed
    return result


def path_bases(node: Node) -> Iterator[NameNode]:
    """The names that stand before a dot, in reading order."""
    if isinstance(node, PathNode) and isinstance(node.base, NameNode):
        yield node.base
    for part in parts(node):
        yield from path_bases(part)  # type: ignore[arg-type]
