"""Reading .xlsx files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from keguan.runtime.imports.workbook import archive, limits, markup
from keguan.runtime.imports.workbook.sheet import Sheet, Workbook
from keguan.runtime.imports.workbook.unreadable import Unreadable

if TYPE_CHECKING:
    import zipfile

    from keguan.runtime.imports.workbook.cells import Cell


def read_spreadsheet(data: bytes) -> Workbook:
    """The workbook in an .xlsx file; hidden sheets are left out. Raises ``Unreadable``."""
    opened = archive.check(data)
    parts = markup.sheet_parts(opened)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as error:
        raise _damaged() from error
    names = tuple(
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible and sheet.name in parts
    )
    if not names:
        raise Unreadable("no_sheets", _("这个工作簿里没有可见的工作表。请取消隐藏后重新上传。"))
    return Workbook(names, lambda name: _sheet(book, opened, parts, name))


def _sheet(book: CalamineWorkbook, opened: zipfile.ZipFile, parts: dict[str, str], name: str) -> Sheet:
    try:
        text = opened.read(parts[name])
        markup.check_extent(text, name)
        sheet = book.get_sheet_by_name(name)
        rows = cast("list[list[Cell]]", list(sheet.iter_rows()))
        merged = tuple(sheet.merged_cell_ranges or ())
    except (CalamineError, KeyError) as error:
        raise _damaged() from error
    if rows and len(rows[0]) > limits.MAX_COLUMNS:
        raise markup.too_wide(name)
    if len(rows) > limits.MAX_ROWS:
        raise markup.too_long(name)
    for (row, column), error_cell in markup.formula_errors(text).items():
        while row >= len(rows):
            rows.append([None] * (len(rows[0]) if rows else column + 1))
        cells = rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = error_cell
    return Sheet(name, rows, merged)


def _damaged() -> Unreadable:
    return Unreadable(
        "damaged", _("工作表读不出来，文件可能已损坏。请在 Excel 或 WPS 中打开并另存为 .xlsx 后重新上传。")
    )
