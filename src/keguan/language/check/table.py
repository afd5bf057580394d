"""Exact questions about a decision table, answered on bit sets.

Each column maps its elementary cases to the set of rows that hold there. A search over the columns keeps the set of
rows still alive; it is remembered per (column, surviving rows) and stops as soon as a surviving row is free in every
column to come, so that hundreds of rows take milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.check.cells import Case, Column

_LIMIT = 300_000
"""How many different states one table may take; a table beyond it is said to be too large to check."""


class TooLarge(Exception):
    """The search was given up."""


class Table:
    """The columns of one decision table, merged by equal row sets and put in the best order for searching."""

    def __init__(self, columns: Sequence[Column], rows: int) -> None:
        self.rows = rows
        self._budget = _LIMIT
        classes = [_classes(column) for column in columns]
        self._order = sorted(range(len(columns)), key=lambda index: (columns[index].free.bit_count(), index))
        self._classes = [classes[index] for index in self._order]
        self._free_after = [0] * len(self._order) + [(1 << rows) - 1]
        for position in range(len(self._order) - 1, -1, -1):
            free = columns[self._order[position]].free
            self._free_after[position] = self._free_after[position + 1] & free
        self.cells = [
            [sum(1 << number for number, (rows_, _) in enumerate(each) if rows_ >> row & 1) for row in range(rows)]
            for each in self._classes
        ]

    def gap(self) -> dict[int, Case] | None:
        """A case that no row takes (by column; columns that do not matter left out), or None."""
        everything = [(1 << len(each)) - 1 for each in self._classes]
        return self._uncovered(everything, (1 << self.rows) - 1)

    def reached(self, row: int) -> dict[int, Case] | None:
        """A case that a row takes before any row above it, or None when there is none."""
        return self._uncovered([each[row] for each in self.cells], self.overlapping(row))

    def never(self, row: int) -> bool:
        """Whether a row holds in no case at all."""
        return any(each[row] == 0 for each in self.cells)

    def impossible(self, row: int) -> int | None:
        """The column (as in the decision) whose condition keeps a row from ever holding."""
        for position, each in enumerate(self.cells):
            if each[row] == 0:
                return self._order[position]
        return None

    def overlapping(self, row: int) -> int:
        """The rows above that hold in some case together with this one."""
        together = (1 << row) - 1
        for position, each in enumerate(self._classes):
            mine = self.cells[position][row]
            here = 0
            for number, (rows, _) in enumerate(each):
                if mine >> number & 1:
                    here |= rows
            together &= here
        return together

    def together(self, first: int, second: int) -> dict[int, Case]:
        """A case in which both rows hold, with the columns that one of them tests."""
        found = {}
        for position, each in enumerate(self._classes):
            both = self.cells[position][first] & self.cells[position][second]
            if both != (1 << len(each)) - 1:
                found[self._order[position]] = each[(both & -both).bit_length() - 1][1]
        return found

    def covers(self, above: int, row: int) -> bool:
        """Whether one row above takes every case of a row."""
        return all(each[row] & ~each[above] == 0 for each in self.cells)

    def _uncovered(self, allowed: Sequence[int], rows: int) -> dict[int, Case] | None:
        """A case within ``allowed`` (bits of classes per column) that none of ``rows`` takes."""
        covered: set[tuple[int, int]] = set()
        path: list[Case | None] = [None] * len(self._classes)
        choices = [_narrowed(each, cells, rows) for each, cells in zip(self._classes, allowed, strict=True)]

        def search(position: int, alive: int) -> bool:
            if alive == 0:
                return True
            if alive & self._free_after[position] or (position, alive) in covered:
                return False
            self._budget -= 1
            if self._budget < 0:
                raise TooLarge
            free, following = self._free_after[position + 1], position + 1
            for holding, case in choices[position]:
                narrowed = alive & holding
                # What ``search`` would find at once is looked at here: a call costs more than the look.
                if narrowed & free or (following, narrowed) in covered:
                    continue
                if search(following, narrowed):
                    whole = allowed[position] == (1 << len(self._classes[position])) - 1
                    path[position] = None if narrowed == alive and whole else case
                    return True
            covered.add((position, alive))
            return False

        if not search(0, rows):
            return None
        return {self._order[position]: case for position, case in enumerate(path) if case is not None}


def _classes(column: Column) -> list[tuple[int, Case]]:
    """(rows that hold, a case that stands for the class): cases with the same rows are one class."""
    merged: dict[int, Case] = {}
    for rows, case in zip(column.rows, column.cases, strict=True):
        merged.setdefault(rows, case)
    return list(merged.items())


def _narrowed(classes: Sequence[tuple[int, Case]], allowed: int, rows: int) -> list[tuple[int, Case]]:
    """The allowed classes as far as these rows can tell them apart."""
    merged: dict[int, Case] = {}
    for number, (holding, case) in enumerate(classes):
        if allowed >> number & 1:
            merged.setdefault(holding & rows, case)
    return list(merged.items())
