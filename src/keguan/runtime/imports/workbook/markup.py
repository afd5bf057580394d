"""What the fast reader does not tell about a sheet, read from its XML: its extent and its formula errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from keguan.runtime.imports.workbook import limits
from keguan.runtime.imports.workbook.archive import WORKBOOK
from keguan.runtime.imports.workbook.cells import FormulaError
from keguan.runtime.imports.workbook.unreadable import Unreadable

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_RELATIONS = "xl/_rels/workbook.xml.rels"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# No sign of an attribute is "<": every search ends at the next tag, however many there are that never close.
_CELL = rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?"
_REFERENCE = rb"r\s*=\s*[\"']"
_CONTENT = rb"[\"'](?:[^<>/]|/(?!>))*>\s*<(?:\w+:)?(?:v|is|f)\b"
# One cell far away makes the reader lay out the whole rectangle, gigabytes of it: look before it does. The bare
# references are looked for first, which is quick; only where one is far away, whether its cell has any content.
_WIDE, _LONG = rb"(?:[A-Z]{3,}|[D-Z][A-Z]|C[W-Z])\d+", rb"[A-Z]+(?:[2-9]\d{5}|\d{7,})"
_FAR = re.compile(_REFERENCE + b"(?:" + _WIDE + b"|" + _LONG + b")[\"']")
_FAR_COLUMN = re.compile(_CELL + _REFERENCE + _WIDE + _CONTENT)
_FAR_ROW = re.compile(_CELL + _REFERENCE + _LONG + _CONTENT)
# A cell with content is its opening tag up to the next tag of a cell, which must close it: two plain searches, because
# one pattern for both either takes quadratic time or needs possessive quantifiers, which Python 3.11.2 gets wrong.
_OPENED = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^<>/])>")
_NEXT = re.compile(rb"<(/?)(?:\w+:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR, _TEXT = re.compile(rb"\bt\s*=\s*[\"']e[\"']"), re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]+)(\d+)[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*>([^<]*)</")


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet, by sheet name. Raises ``Unreadable``."""
    relations = {item.get("Id"): item.get("Target", "") for item in _parsed(archive, _RELATIONS)}
    parts = {}
    for element in _parsed(archive, WORKBOOK).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            target = relations.get(element.get(_RELATION_ID), "")
            parts[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def check_extent(markup: bytes, sheet: str) -> None:
    """Raises ``Unreadable`` when a sheet uses more columns or rows than allowed. Empty formatted cells do not count."""
    if not _FAR.search(markup):
        return
    if _FAR_COLUMN.search(markup):
        raise too_wide(sheet)
    if _FAR_ROW.search(markup):
        raise too_long(sheet)


def too_wide(sheet: str) -> Unreadable:
    """The refusal of a sheet with too many columns."""
    return Unreadable(
        "too_many_columns",
        _("“%(sheet)s”的数据超出了 %(limit)s 列。请删去用不到的列；如果是一位客户占一列，请先转置成一位客户占一行。")
        % {"sheet": sheet, "limit": limits.MAX_COLUMNS},
    )


def too_long(sheet: str) -> Unreadable:
    """The refusal of a sheet with too many rows."""
    return Unreadable(
        "too_many_rows",
        _("“%(sheet)s”的数据超出了 %(limit)s 行。请把它分成几个文件，依次导入。")
        % {"sheet": sheet, "limit": limits.MAX_ROWS},
    )


def formula_errors(markup: bytes) -> dict[tuple[int, int], FormulaError]:
    """Cells whose formula gave an error or was saved without its result, by (row, column) from 0."""
    # Quick looks first: most sheets have neither.
    if not any(sign in markup for sign in (b'"e"', b"'e'", b"<f", b":f")):
        return {}
    found = {}
    for attributes, inner in _full_cells(markup):
        value = _VALUE.search(inner)
        if _ERROR.search(attributes):
            error = FormulaError(value.group(1).decode() if value else "#N/A")
        elif not value and b"f" in inner and _FORMULA.search(inner) and not _TEXT.search(attributes):
            error = FormulaError("")
        else:
            continue
        place = _PLACE.search(attributes)
        if place:
            found[int(place.group(2)) - 1, column_number(place.group(1).decode()) - 1] = error
    return found


def _full_cells(markup: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The attributes and the content of every cell that has any."""
    opened = _OPENED.search(markup)
    while opened:
        following = _NEXT.search(markup, opened.end())
        if following is None:
            return
        if following.group(1):
            yield opened.group(1), markup[opened.end() : following.start()]
        opened = _OPENED.search(markup, following.start())


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _parsed(archive: zipfile.ZipFile, part: str) -> ET.Element:
    try:
        text = archive.read(part)
        if b"<!DOCTYPE" in text.replace(b"\0", b""):  # in UTF-16 too: an .xlsx never has one, entity bombs do
            raise _damaged()
        return ET.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except (KeyError, ET.ParseError) as error:
        raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable("damaged", _("工作簿的目录读不出来，文件可能已损坏。请在 Excel 中打开并另存一份后重新上传。"))
