"""The movement matrix of a trial: outcomes as they are down the side, as they would be along the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.web.policies.flow import Movement

MOST = 12
"""With more outcomes than these on a side no matrix is drawn; the movements are listed instead."""


@dataclass(frozen=True, slots=True)
class Cell:
    """So many go from the row's outcome to the column's; ``url`` lists some of them, empty when none is named."""

    count: int
    stays: bool
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome as it is, and where those who have it would be."""

    label: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table. ``totals`` are how many would have each outcome."""

    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...]


def matrix(movements: Sequence[Movement], order: Sequence[str], urls: Mapping[tuple[str, str], str]) -> Matrix | None:
    """The matrix of these movements; None when it would be too wide to be read. ``order`` is that of the outcomes."""
    present = {side for each in movements if each.count for side in (each.before, each.after)}
    labels = [each for each in dict.fromkeys(order) if each in present]
    labels += sorted(present.difference(labels))
    if not labels or len(labels) > MOST:
        return None
    counts: dict[tuple[str, str], int] = {}
    for each in movements:
        counts[each.before, each.after] = counts.get((each.before, each.after), 0) + each.count
    rows = tuple(_row(before, labels, counts, urls) for before in labels)
    totals = tuple(sum(counts.get((before, after), 0) for before in labels) for after in labels)
    return Matrix(tuple(labels), tuple(row for row in rows if row.total), totals)


def _row(
    before: str, labels: Sequence[str], counts: Mapping[tuple[str, str], int], urls: Mapping[tuple[str, str], str]
) -> Row:
    cells = (
        Cell(counts.get((before, after), 0), before == after, urls.get((before, after), "") if before != after else "")
        for after in labels
    )
    return Row(before, tuple(cells), sum(counts.get((before, after), 0) for after in labels))
