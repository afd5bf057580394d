"""Rows of a list as table cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse

from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.records.queries import ShownRow

NUMBERS = frozenset({FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``label`` repeats its heading for narrow screens; ``pill`` for outcomes of decisions."""

    label: str
    text: str
    css: str
    pill: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """One record in a table, with the addresses of its page and its drawer."""

    url: str
    drawer: str
    cells: tuple[Cell, ...]
    id: int = 0


def table_rows(
    record_type: str, rows: Iterable[ShownRow], columns: Sequence[Column], language: str
) -> tuple[TableRow, ...]:
    """The rows of a table; the first cell always has a text to click on."""
    labels = [column.label.text(language) for column in columns]
    heads = [_css(column) for column in columns]
    made = []
    for row in rows:
        shown = [row.cells[column.code] for column in columns]
        cells = tuple(
            Cell(label, cell.text, _vacant(css, cell), column.source is Source.OUTCOME and cell.state == "plain")
            for label, css, cell, column in zip(labels, heads, shown, columns, strict=True)
        )
        url = reverse("records:record", args=[record_type, row.id])
        made.append(TableRow(url, f"{url}drawer/", _named(cells, row), row.id))
    return tuple(made)


def with_units(rows: tuple[TableRow, ...], shown: Iterable[ShownRow], label: str) -> tuple[TableRow, ...]:
    """The rows with whose they are after their first cell: the periods of two branches have the same name."""
    return tuple(
        replace(row, cells=(*row.cells[:1], Cell(label, each.unit, "nowrap", pill=False), *row.cells[1:]))
        for row, each in zip(rows, shown, strict=True)
    )


def is_number(column: Column) -> bool:
    """Whether the column's values are set right."""
    return column.kind in NUMBERS


def _named(cells: tuple[Cell, ...], row: ShownRow) -> tuple[Cell, ...]:
    """An empty first cell would leave nothing to open the record by: it becomes the record's number."""
    if not cells:
        return (Cell("", row.title.text or f"#{row.id}", "", pill=False),)
    first = cells[0]
    return cells if first.text else (Cell(first.label, f"#{row.id}", first.css, pill=False), *cells[1:])


def _css(column: Column) -> str:
    if column.kind in NUMBERS:
        return "number"
    return "table__long" if column.kind in {FieldKind.LONG_TEXT, FieldKind.TEXT} else "nowrap"


def _vacant(css: str, cell: Shown) -> str:
    if cell.state == "empty":
        return f"{css} vacant"
    return f"{css} nothing" if cell.state == "hidden" else css
