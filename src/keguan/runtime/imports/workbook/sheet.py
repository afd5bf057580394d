"""One sheet of an uploaded file as plain rows, whatever kind of file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keguan.runtime.imports.workbook.markup import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.runtime.imports.workbook.cells import Cell

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells from the first row of the file on, so that ``rows[0]`` is what Excel numbers 1.

    ``merged`` are merged areas as ((first row, first column), (last row, last column)) from 0.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """An uploaded file: the names of its sheets in order, and a way to read one. A CSV file has one, unnamed."""

    sheet_names: tuple[str, ...]
    read: Callable[[str], Sheet] = field(repr=False)


def area(merged: Range) -> str:
    """A merged area as Excel writes it: ``B2:C5``."""
    (top, left), (bottom, right) = merged
    return f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
