"""Progress on a terminal; silent where the output is not a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WIDTH = 28


@contextmanager
def counting(label: str) -> Iterator[Callable[[int], None]]:
    """A function to be told how many have been done so far, when nobody knows how many there will be."""
    shown = sys.stderr.isatty()

    def tell(done: int) -> None:
        if shown:
            _overwrite(f"{label} {done:,}")

    yield tell
    _end(shown)


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A function to be told how many of how many have been done."""
    shown = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if shown:
            filled = _WIDTH * done // max(total, 1)
            _overwrite(f"{label} [{'█' * filled}{'·' * (_WIDTH - filled)}] {done:,}/{total:,}")

    yield tell
    _end(shown)


def _overwrite(text: str) -> None:
    sys.stderr.write(f"\r\x1b[2K{text}")
    sys.stderr.flush()


def _end(shown: bool) -> None:
    if shown:
        sys.stderr.write("\n")
