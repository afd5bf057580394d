"""Lines of Python as they are generated: indentation, local names, and what is already known where a line stands."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.feel.typed import Typed

TERNARY, OR, AND, NOT, COMPARE, ADD, MULTIPLY, SIGN, ATOM = range(9)
"""How tightly Python binds, loosest first."""


@dataclass(frozen=True, slots=True)
class Code:
    """A Python expression. It may be evaluated when no name in ``guards`` is None; its value is null otherwise.

    A ``loose`` condition may give None where it means false.
    """

    text: str
    level: int = ATOM
    guards: tuple[str, ...] = ()
    loose: bool = False

    def at(self, level: int) -> str:
        """The text, in brackets if it binds looser than ``level``."""
        return self.text if self.level >= level else f"({self.text})"

    @property
    def nullable(self) -> bool:
        """Whether the value may be null."""
        return bool(self.guards)


class Writer:
    """Collects the body of one function. A name made in a block is known until the block ends."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._indent = 1
        self._known: list[dict[Typed, Code]] = [{}]
        self._hidden = 0
        self._count = 0

    def line(self, text: str) -> None:
        """One more line."""
        self.lines.append("    " * self._indent + text)

    def name(self, stem: str) -> str:
        """A local name that is not in use."""
        self._count += 1
        return f"{stem}{self._count}"

    def known(self, typed: Typed) -> Code | None:
        """The code for a tree whose value stands in a local name already."""
        for names in reversed(self._known[self._hidden :]):
            if typed in names:
                return names[typed]
        return None

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Lines about another record, where the same tree means something else: what was known is not, until they end.
        What is learnt among them is forgotten.
        """
        hidden, self._hidden = self._hidden, len(self._known)
        self._known.append({})
        yield
        self._known.pop()
        self._hidden = hidden

    def learn(self, typed: Typed, code: Code) -> Code:
        """From here to the end of the block, ``typed`` is had by ``code``."""
        self._known[-1][typed] = code
        return code

    def keep(self, typed: Typed, text: str, *, nullable: bool, stem: str = "t") -> Code:
        """Assign ``text`` to a new local name, which has the value of ``typed`` from here to the end of the block."""
        name = self.name(stem)
        self.line(f"{name} = {text}")
        return self.learn(typed, Code(name, guards=(name,) if nullable else ()))

    @contextmanager
    def block(self, opening: str) -> Iterator[None]:
        """Lines indented under ``opening``."""
        self.line(opening)
        self._indent += 1
        self._known.append({})
        yield
        self._known.pop()
        self._indent -= 1
