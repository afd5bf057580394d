"""What an expression sees when it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

INPUT = "?"
"""The name by which a cell's column is seen."""


class Scope:
    """Names with their values, and the scope around them."""

    __slots__ = ("names", "outer")

    def __init__(self, names: Mapping[str, object], outer: Scope | None = None) -> None:
        self.names = names
        self.outer = outer

    def inner(self, names: Mapping[str, object]) -> Scope:
        """A scope in which these names come first. ``names`` may still grow while it is used."""
        return Scope(names, self)

    def get(self, name: str) -> object:
        """The value of a name; None when there is none, as FEEL has it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return None


Compiled = Callable[[Scope], object]
"""An expression ready to run."""
