"""An export as a workbook.

XlsxWriter makes the workbook around the rows: styles, headings, footer, properties, the picture behind the sheet. It
cannot write rows without keeping them in memory or, in clear, on the disk; so the rows go by themselves from the page
that was read into the compressed and encrypted file, as text that is never a formula.
"""

from __future__ import annotations

import io
import re
from itertools import count
from typing import IO, TYPE_CHECKING, cast
from zipfile import ZIP_DEFLATED, ZipFile

from keguan.runtime.exports.cells import Figure
from keguan.runtime.exports.forms import picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.runtime.exports.forms import Cover, Sink

SHEET_ROWS = 1_000_000
"""Rows of a sheet, below its headings; Excel takes 1,048,576 lines."""

PROPERTY, NAME = "Keguan", "_kg"
"""Where the mark stands besides the visible line: a custom property, and a hidden name."""

_ROWS = re.compile(rb"</row></sheetData>")
_SIZE = re.compile(rb"<dimension [^>]*/>")
"""Says how far the sheet goes, before anybody knows; it may be left out."""
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write(sink: Sink, cover: Cover, pages: Iterable[list[tuple[str, ...]]]) -> int:
    """As many sheets as the rows need, each with the headings; the visible line above them."""
    sheets = max(1, -(-cover.rows // SHEET_ROWS))
    counted = _Counted(pages)
    with (
        ZipFile(io.BytesIO(_around(cover, sheets))) as around,
        ZipFile(cast("IO[bytes]", sink), "w", ZIP_DEFLATED, compresslevel=1) as book,  # it only writes
    ):
        for part in around.namelist():
            found = _SHEET.fullmatch(part)
            if found is None:
                book.writestr(part, around.read(part))
                continue
            before, after = _ROWS.split(around.read(part), maxsplit=1)
            with book.open(part, "w", force_zip64=True) as stream:
                stream.write(_SIZE.sub(b"", before) + b"</row>")
                line = 3
                for rows in counted.sheet(last=int(found.group(1)) == sheets):
                    stream.write("".join(map(_row, count(line), rows)).encode())
                    line += len(rows)
                stream.write(b"</sheetData>" + after)
    return counted.rows


class _Counted:
    """The pages, shared out to the sheets."""

    def __init__(self, pages: Iterable[list[tuple[str, ...]]]) -> None:
        self._pages = iter(pages)
        self.rows = 0

    def sheet(self, *, last: bool) -> Iterator[list[tuple[str, ...]]]:
        """The pages of one sheet; the last takes what is left. A page is never torn apart."""
        here = 0
        for page in self._pages:
            self.rows += len(page)
            here += len(page)
            yield page
            if not last and here >= SHEET_ROWS:
                return


def _row(line: int, cells: tuple[str, ...]) -> str:
    return f'<row r="{line}">{"".join(map(_cell, cells))}</row>'


def _cell(text: str) -> str:
    if not text:
        return "<c/>"
    if isinstance(text, Figure):
        return f"<c><v>{text}</v></c>" if len(text) <= 15 else f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    if not text.isprintable():
        text = _NOT_XML.sub("\ufffd", text)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text[:_LONGEST_CELL].translate(_ESCAPED)}</t></is></c>'


def _around(cover: Cover, sheets: int) -> bytes:
    """The workbook with everything but its rows: the visible line in the first, the headings in the second row."""
    import xlsxwriter  # only who writes a workbook waits for it

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        mark = f"{cover.token:016x}"
        book.set_properties({"title": cover.title, "comments": cover.words})
        book.set_custom_property(PROPERTY, mark)
        note = book.add_format({"font_color": "#808080", "font_size": 9})
        heading = book.add_format({"bold": True, "bg_color": "#F2F4F7", "border": 1})
        behind = picture.behind(cover.words)
        for number in range(1, sheets + 1):
            name = _sheet_name(cover.title)
            page = book.add_worksheet(name if sheets == 1 else f"{name[:26]} {number}")
            page.write_string(0, 0, cover.words, note)
            for column, label in enumerate(cover.headings):
                page.write_string(1, column, label, heading)
                page.set_column(column, column, max(12, len(label) * 2 + 4))
            page.freeze_panes(2, 0)
            said = cover.words.replace("&", "&&")[:200]
            page.set_header(f"&L&8{said}")
            page.set_footer(f"&L&8{said}&R&8&P / &N")
            page.repeat_rows(0, 1)
            if behind:
                page.set_background(io.BytesIO(behind))
        book.define_name(NAME, f'="{mark}"')
    return _hidden(stream.getvalue())


def _hidden(book: bytes) -> bytes:
    """The workbook with the marking name hidden from its list of names."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            data = before.read(part)
            if part == "xl/workbook.xml":
                data = data.replace(
                    f'<definedName name="{NAME}"'.encode(), f'<definedName name="{NAME}" hidden="1"'.encode()
                )
            after.writestr(part, data)
    return made.getvalue()


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "1"
