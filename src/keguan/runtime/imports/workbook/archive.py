"""Is this .xlsx safe to unpack? Sizes are measured by unpacking in small steps, since a directory can lie."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from keguan.runtime.imports.workbook import limits
from keguan.runtime.imports.workbook.unreadable import Unreadable

WORKBOOK = "xl/workbook.xml"
_STEP = 1024 * 1024


def check(data: bytes) -> zipfile.ZipFile:
    """The opened archive, when it is an .xlsx within limits.

    Raises ``Unreadable`` for a damaged archive, another kind of document, or one that unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _measure(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(
            "damaged", _("文件已损坏，读不出来。请用 Excel 或 WPS 打开它，另存为“Excel 工作簿 (.xlsx)”后重新上传。")
        ) from error
    names = archive.namelist()
    if WORKBOOK not in names:
        raise Unreadable(
            "other_document",
            _("这是压缩包或别的文档，不是 Excel 工作簿。请上传 .xlsx 或 .csv 文件；压缩包请先解压。"),
        )
    if len(set(names)) != len(names):
        raise Unreadable("damaged", _("工作簿内部有重名的部分，可能被改动过。请在 Excel 中另存一份后重新上传。"))
    return archive


def _measure(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    if len(parts) > limits.MAX_PARTS:
        raise _too_large()
    # First what the directory declares, which costs nothing; then what really comes out.
    _within(sum(part.file_size for part in parts), packed)
    unpacked = 0
    for part in parts:
        with archive.open(part) as stream:
            while step := stream.read(_STEP):
                unpacked += len(step)
                _within(unpacked, packed)


def _within(unpacked: int, packed: int) -> None:
    if unpacked > limits.MAX_UNPACKED or (unpacked > limits.RATIO_FLOOR and unpacked > packed * limits.MAX_RATIO):
        raise _too_large()


def _too_large() -> Unreadable:
    return Unreadable(
        "unpacks_too_large",
        _(
            "这个工作簿解开后异常地大（超过 %(size)s MB 或压缩比过高），为安全起见没有读取。"
            "请只把需要导入的数据复制到一个新工作簿里，另存后重新上传。"
        )
        % {"size": limits.MAX_UNPACKED // (1024 * 1024)},
    )
