"""Looking through typed trees, by their shape alone."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, get_args

from keguan.language.feel.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Iterator


def inside(*roots: Any) -> Iterator[Typed]:
    """Every node of some trees, also inside children and in operands."""
    waiting: list[Any] = list(roots)
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += node
        elif is_dataclass(node) and isinstance(node, get_args(Typed)):
            yield node
            waiting += [getattr(node, each.name) for each in fields(node)]
