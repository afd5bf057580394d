"""The mark in an exported file: what tells, of a file that was leaked, whose export it was.

Every file shows number, name and moment where its kind has a place for them. CSV has none that is not data, and a line
more would be a row too many for whoever reads the file by machine. There the mark is in the quotes: RFC 4180 lets the
first cell of a line be quoted or not, and means the same; which of the two it is, is decided for each row by a keyed
hash of the row itself. So any part of the lines, in any order, still tells whose they are; a spreadsheet that saves the
file anew loses it (see ADR 19).
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST = 24
"""So many rows must be able to carry the mark before a file is laid to anybody's door."""

_ENDS = re.compile(r"\r?\n")
_MUST = frozenset('",\r\n')
_CHANCE = 1e-6
"""How probable it may be that rows agree with a mark by chance."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file that may have been leaked: its cells, and whether its first cell is quoted without need; None
    where the first cell cannot tell.
    """

    cells: tuple[str, ...]
    quoted: bool | None


def key_of(token: int) -> bytes:
    """The key by which a token marks rows."""
    return token.to_bytes(8, "big")


def bit(key: bytes, cells: Sequence[str]) -> bool:
    """Whether a mark has the first cell of this row in quotes."""
    row = "\x1f".join(cells)
    return bool(hashlib.blake2b(row.encode("utf-8", "surrogatepass"), key=key, digest_size=1).digest()[0] & 1)


def needs_quotes(cell: str) -> bool:
    """Whether a cell must be quoted whatever the mark says."""
    return not _MUST.isdisjoint(cell) or cell != cell.strip()


def lines_of(text: str) -> list[Line]:
    """The rows of a CSV file, or of a part of one."""
    found = []
    for written in _ENDS.split(text.removeprefix("\ufeff")):
        try:
            cells = tuple(next(csv.reader([written]), []))
        except csv.Error:  # no line of ours
            continue
        if cells:
            tells = bool(cells[0]) and not needs_quotes(cells[0])
            found.append(Line(cells, written.startswith('"') if tells else None))
    return found


def agreement(key: bytes, lines: Iterable[Line]) -> tuple[int, int]:
    """How many rows are quoted as this mark would have them, and how many can tell."""
    telling = [line for line in lines if line.quoted is not None]
    return sum(line.quoted is bit(key, line.cells) for line in telling), len(telling)


def convincing(agreeing: int, telling: int, tried: int) -> bool:
    """Whether so many rows agreeing out of so many, among ``tried`` marks, can hardly be chance."""
    if telling < LEAST or agreeing * 2 <= telling:
        return False
    tail = sum(comb(telling, each) for each in range(agreeing, telling + 1)) / 2**telling
    return bool(tail * tried < _CHANCE)
