"""Progress on a terminal; silent where the output is not a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

_WIDTH = 28


@contextmanager
def counting(label: str) -> Iterator[Callable[[int], None]]:
    """A function to be told how many have been done so far, when nobody knows how many there will be."""
    with Bars() as bars:
        yield lambda done: bars.write(f"{label} {done:,}")


class Bars:
    """One bar after another, each on its own line: a new label begins a new one."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._label = ""

    def __enter__(self) -> Self:
        """The bars themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last bar as it stands."""
        if self._label and self._shown:
            sys.stderr.write("\n")

    def tell(self, label: str, done: int, total: int) -> None:
        """So many of so many are done of what the label names."""
        filled = _WIDTH * done // max(total, 1)
        self.write(f"{label} [{'█' * filled}{'·' * (_WIDTH - filled)}] {done:,}/{total:,}", label)

    def write(self, text: str, label: str = " ") -> None:
        """Put the text in place of the line, or on a new one when the label is another."""
        if not self._shown:
            return
        start = "\n" if self._label not in ("", label) else "\r\x1b[2K"
        self._label = label
        sys.stderr.write(start + text)
        sys.stderr.flush()
