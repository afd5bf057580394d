"""The rows of an export: a page at a time, each cell through the choke point, memory bounded by the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.access import Right
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.leaving_sight import LeavingSight
from keguan.runtime.exports.cells import reader
from keguan.runtime.permits.selected import selected
from keguan.runtime.records.paging import page_of
from keguan.runtime.records.shown_rows import Names, physical_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.permits.selection import Selection

PAGE = 2_000
"""Rows read at once."""

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read, for whom; ``approved`` by a permit."""

    viewer: Viewer
    model: Model
    selection: Selection
    approved: bool

    def count(self) -> int:
        """How many rows there are now. One query over all of them."""
        return selected(self.viewer, self.model, self.selection).count()

    def pages(self) -> Iterator[list[Cells]]:
        """The rows in the list's order. Per page one query (two where empty values begin), and one for each type that
        references point to, for owners and for people.
        """
        record_type, codes = self.selection.record_type, self.selection.columns
        found = selected(self.viewer, self.model, self.selection)
        sight = LeavingSight(
            self.viewer, record_type, Exit.EXPORT, Right.EXPORT, codes, self.model, approved=self.approved
        )
        readers = [(column.code, reader(column)) for column in sight.columns]
        wanted = list(physical_columns(self.model, record_type, codes))
        if found.order.column is not None and found.order.column.physical not in wanted:
            wanted.append(found.order.column.physical)
        after = ""
        while True:
            rows, after = page_of(found.rows, record_type, found.order, after, PAGE, wanted)
            names = Names(self.model)
            names.learn([(sight.columns, rows)])
            shown = (sight.show(row, names.related) for row in rows)
            yield [tuple(read(cells[code]) for code, read in readers) for cells in shown]
            if not after:
                return
