"""Small files to import, good and bad, made where they are needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, sheet: str = "客户", more: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook with one sheet; ``more(book, page)`` adds what the rows alone cannot say. Equal rows, equal bytes."""
    stream = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if more is not None:
            more(book, page)
    return stream.getvalue()


def csv(rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """A CSV file of plain cells."""
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows).encode(encoding)


def rezipped(data: bytes, replace: dict[str, bytes]) -> bytes:
    """The workbook with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replace.get(name, old.read(name)))
        for name in replace.keys() - set(old.namelist()):
            new.writestr(name, replace[name])
    return stream.getvalue()
