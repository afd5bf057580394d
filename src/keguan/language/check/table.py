"""Exact questions about a decision table, answered on bit sets.

Each column maps its elementary cases to the set of rows that hold there. A search over the columns keeps the set of
rows still alive; it is remembered per (column, surviving rows) and stops as soon as a surviving row is free in every
column to come, so that hundreds of rows take milliseconds.
"""

from __future__ import annotations

from functools import reduce
from itertools import compress
from operator import or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.check.cells import Case, Column

_LIMIT = 300_000
"""How many different states one table may take; a table beyond it is said to be too large to check."""

_COMPARED = 4
"""With how many of the smallest sets of rows another is compared: more would cost more than it saves."""

_ZERO_ONE = bytes.maketrans(b"01", b"\0\1")


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
        self._holding = [[holding for holding, _ in each] for each in self._classes]
        self.cells = [_by_row(each, rows) for each in self._holding]

    def gap(self) -> dict[int, Case] | None:
        """A case that no row takes (by column; columns that do not matter left out), or None."""
        everything = [(1 << len(each)) - 1 for each in self._classes]
        return self._uncovered(everything, (1 << self.rows) - 1)

    def reached(self, row: int) -> dict[int, Case] | None:
        """A case that a row takes before any row above it, or None when there is none."""
        return self._uncovered([each[row] for each in self.cells], self.overlapping(row))

    def comes_first(self, row: int, before: int | None = None) -> bool:
        """Whether there is a case that a row takes before any of ``before`` (a set of rows; None: those above it).

        As ``reached``, without saying which: the cases that the fewest rows take are tried first.
        """
        others = self.overlapping(row, before)
        choices = [
            _fewest({others & rows for rows in compress(holding, _switches(cells[row], len(holding)))})
            for holding, cells in zip(self._holding, self.cells, strict=True)
        ]
        return self._search(choices, others) is not None

    def never(self, row: int) -> bool:
        """Whether a row holds in no case at all."""
        return any(each[row] == 0 for each in self.cells)

    def impossible(self, row: int) -> int | None:
        """The column (as in the decision) whose condition keeps a row from ever holding."""
        for position, each in enumerate(self.cells):
            if each[row] == 0:
                return self._order[position]
        return None

    def overlapping(self, row: int, among: int | None = None) -> int:
        """Those of some rows (None: those above) that hold in some case together with this one."""
        together = (1 << row) - 1 if among is None else among
        for position, each in enumerate(self._holding):
            if not together:
                break
            together &= reduce(or_, compress(each, _switches(self.cells[position][row], len(each))), 0)
        return together

    def together(self, first: int, second: int) -> dict[int, Case]:
        """A case in which both rows hold, with the columns that one of them tests."""
        found = {}
        for position, each in enumerate(self._classes):
            both = self.cells[position][first] & self.cells[position][second]
            if both != (1 << len(each)) - 1:
                found[self._order[position]] = each[(both & -both).bit_length() - 1][1]
        return found

    def apart(self, row: int) -> dict[int, Case]:
        """A case in which a row holds with few others (column by column the class with the fewest)."""
        return self._chosen(1 << row, lambda rows: rows.bit_count())

    def fullest(self) -> dict[int, Case]:
        """A case in which many rows hold (column by column the class with the most)."""
        return self._chosen(0, lambda rows: -rows.bit_count())

    def _chosen(self, wanted: int, rank: Callable[[int], int]) -> dict[int, Case]:
        """Of each column the best class by the rows still alive in it, among those in which ``wanted`` hold; columns
        that make no difference are left out.
        """
        found, alive = {}, (1 << self.rows) - 1
        for position, classes in enumerate(self._classes):
            fitting = [(holding, case) for holding, case in classes if holding & wanted == wanted]
            holding, case = min(fitting, key=lambda each: rank(alive & each[0]))
            if any(alive & each != alive & holding for each, _ in classes):
                found[self._order[position]] = case
            alive &= holding
        return found

    def covers(self, above: int, row: int) -> bool:
        """Whether one row above takes every case of a row."""
        return all(each[row] & ~each[above] == 0 for each in self.cells)

    def _uncovered(self, allowed: Sequence[int], rows: int) -> dict[int, Case] | None:
        """A case within ``allowed`` (bits of classes per column) that none of ``rows`` takes."""
        known = [_narrowed(each, cells, rows) for each, cells in zip(self._classes, allowed, strict=True)]
        path = self._search([list(each) for each in known], rows)
        if path is None:
            return None
        found, alive = {}, rows
        for position, chosen in enumerate(path):
            whole = allowed[position] == (1 << len(self._classes[position])) - 1
            if not (whole and alive & chosen == alive):
                found[self._order[position]] = known[position][chosen]
            alive &= chosen
        return found

    def _search(self, choices: Sequence[Sequence[int]], rows: int) -> list[int] | None:
        """What to choose in the first columns, one set of rows each, so that none of ``rows`` is in all of them."""
        covered: set[tuple[int, int]] = set()
        path: list[int] = []

        def search(position: int, alive: int) -> bool:
            if alive == 0:
                return True
            if alive & self._free_after[position] or (position, alive) in covered:
                return False
            self._budget -= 1
            if self._budget < 0:
                raise TooLarge
            free, following = self._free_after[position + 1], position + 1
            for holding in choices[position]:
                narrowed = alive & holding
                # What ``search`` would find at once is looked at here: a call costs more than the look.
                if narrowed & free or (following, narrowed) in covered:
                    continue
                if search(following, narrowed):
                    path.append(holding)
                    return True
            covered.add((position, alive))
            return False

        return path[::-1] if search(0, rows) else None


def _classes(column: Column) -> list[tuple[int, Case]]:
    """(rows that hold, a case that stands for the class): cases with the same rows are one class."""
    merged: dict[int, Case] = {}
    for rows, case in zip(column.rows, column.cases, strict=True):
        merged.setdefault(rows, case)
    return list(merged.items())


def _narrowed(classes: Sequence[tuple[int, Case]], allowed: int, rows: int) -> dict[int, Case]:
    """The allowed classes as far as these rows can tell them apart."""
    merged: dict[int, Case] = {}
    for holding, case in compress(classes, _switches(allowed, len(classes))):
        merged.setdefault(holding & rows, case)
    return merged


def _fewest(choices: set[int]) -> list[int]:
    """Sets of rows, the smallest first; those that hold all of one of the first few are of no use and left out."""
    kept: list[int] = []
    for rows in sorted(choices, key=int.bit_count):
        if all(one & ~rows for one in kept[:_COMPARED]):
            kept.append(rows)
    return kept


def _switches(bits: int, length: int) -> bytes:
    """The lowest bits, one byte each: what ``compress`` selects by."""
    return format(bits, f"0{length}b").encode().translate(_ZERO_ONE)[::-1]


def _by_row(holding: Sequence[int], rows: int) -> list[int]:
    """Of each row the classes in which it holds (bit i: class i), given the rows that hold in each class."""
    if not rows:
        return []
    lines = [format(each, f"0{rows}b") for each in reversed(holding)]
    return [int("".join(digits), 2) for digits in zip(*lines, strict=True)][::-1] if lines else [0] * rows
