"""What the parts of the compiler need of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from keguan.language.dmn.execution.scope import Compiled
    from keguan.language.dmn.types.reading import Lookup
    from keguan.language.feel.nodes import Node, Test


class Compiling(Protocol):
    """Compiles the expressions and tests inside an expression."""

    named: Lookup

    def expression(self, node: Node) -> Compiled:
        """The expression, ready to run."""

    def test(self, test: Test) -> Compiled:
        """The test, ready to run."""
