"""Which kind of file is this? By its content, never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.imports.workbook import limits
from keguan.runtime.imports.workbook.delimited import read_delimited
from keguan.runtime.imports.workbook.spreadsheet import read_spreadsheet
from keguan.runtime.imports.workbook.unreadable import Unreadable

if TYPE_CHECKING:
    from keguan.runtime.imports.workbook.sheet import Workbook

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def check_size(size: int) -> None:
    """Raises ``Unreadable`` when a file of ``size`` bytes is empty or more than is read."""
    if size > limits.MAX_BYTES:
        raise Unreadable(
            "too_large",
            _("文件有 %(size)s MB，最多可以上传 %(limit)s MB。请删去图片和用不到的工作表，或分成几个文件依次导入。")
            % {"size": -(-size // (1024 * 1024)), "limit": limits.MAX_BYTES // (1024 * 1024)},
        )
    if size == 0:
        raise Unreadable("empty", _("文件是空的。请确认选对了文件，保存并关闭后重新上传。"))


def open_workbook(data: bytes) -> Workbook:
    """The workbook in an uploaded file. Raises ``Unreadable`` with what to do about it."""
    check_size(len(data))
    if data.startswith(_ZIP):
        return read_spreadsheet(data)
    if data.startswith(_OLE):
        raise Unreadable(
            "old_or_locked",
            _("这是旧版 .xls 文件，或者是加了打开密码的工作簿。请去掉密码，另存为“Excel 工作簿 (.xlsx)”后重新上传。"),
        )
    if data.startswith((_PDF, *_PICTURES)):
        raise Unreadable("other_document", _("这是 PDF、图片或压缩包，读不出表格。请上传 .xlsx 或 .csv 文件。"))
    return read_delimited(data)
