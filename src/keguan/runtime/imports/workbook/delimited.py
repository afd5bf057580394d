"""Reading CSV files as Excel and other systems in China write them: UTF-8, GB18030 or UTF-16, comma, tab or ;."""

from __future__ import annotations

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from keguan.runtime.imports.workbook import limits, markup
from keguan.runtime.imports.workbook.sheet import Sheet, Workbook
from keguan.runtime.imports.workbook.unreadable import Unreadable

# GB18030 gives almost any bytes some meaning; these characters never stand in a real list.
_NEVER = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")
_DELIMITERS = ",\t;"
_MAX_CELL = 32_767
"""The longest cell Excel writes, in characters; a longer one means that a quotation mark was never closed."""


def read_delimited(data: bytes) -> Workbook:
    """The single, unnamed sheet of a CSV file. Raises ``Unreadable``."""
    text = decoded(data)
    return Workbook(("",), lambda name: Sheet(name, _rows(text)))


def decoded(data: bytes) -> str:
    """The text of a CSV file in whichever usual encoding it is. Raises ``Unreadable``."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(data, "utf-16")
    if b"\0" in data:
        raise Unreadable("binary", _("这不是文本文件，也不是 Excel 工作簿。请上传 .xlsx 或 .csv 文件。"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data.startswith(codecs.BOM_UTF8) or _begins_as_utf8(data):
            # The headings are UTF-8 but a later line is not: two encodings were pasted together.
            raise _wrong_encoding(data, error.start) from error
    return _decode(data, "gb18030")


def _begins_as_utf8(data: bytes) -> bool:
    first = data.lstrip().split(b"\n", 1)[0]
    try:
        return not first.isascii() and bool(first.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _decode(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(data, error.start) from error
    if stray := _NEVER.search(text):
        raise _wrong_encoding(data, len(text[: stray.start()].encode(encoding)))
    return text


def _wrong_encoding(data: bytes, position: int) -> Unreadable:
    return Unreadable(
        "encoding",
        _(
            "CSV 文件第 %(line)s 行的文字读不出来：编码既不是 UTF-8 也不是 GB18030（GBK），或者两种编码混在一起。"
            "请用 Excel 打开原始数据，另存为“CSV UTF-8”或 .xlsx 后重新上传。"
        )
        % {"line": data.count(b"\n", 0, position) + 1},
    )


def _rows(text: str) -> list[list[str]]:
    head = text[:4096].split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(row) > limits.MAX_COLUMNS and any(cell.strip() for cell in row[limits.MAX_COLUMNS :]):
                raise markup.too_wide("CSV")
            if len(rows) > limits.MAX_ROWS:
                raise markup.too_long("CSV")
    except csv.Error as error:
        raise Unreadable(
            "csv_quotes",
            _("CSV 文件第 %(line)s 行之后分不出列来，多半是少了一个引号。请检查这一行，或改用 .xlsx 文件。")
            % {"line": len(rows) + 1},
        ) from error
    return rows
