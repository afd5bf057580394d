"""Where sealed values lie: every noun that keeps one says so, and a rotated key reaches them all.

A house test finds a binary column that nobody has named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Bound = Callable[[int, Sequence[Any]], tuple[str, int]]
"""From a row's id and its ``reads``: the place under which the value is sealed, and the id that it is bound to."""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column of sealed values on a table with a whole-numbered ``id``."""

    table: str
    column: str
    bound: Bound
    reads: tuple[str, ...] = ()


_named: list[SealedColumn] = []
_sources: list[Callable[[], Iterable[SealedColumn]]] = []


def register(*columns: SealedColumn) -> None:
    """Name columns that are always there. Called when an app gets ready."""
    _named.extend(columns)


def register_source(source: Callable[[], Iterable[SealedColumn]]) -> None:
    """Name what tells the columns that policies have made."""
    _sources.append(source)


def sealed_columns() -> Iterator[SealedColumn]:
    """Every column of sealed values in the database."""
    yield from _named
    for source in _sources:
        yield from source()
