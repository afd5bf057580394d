"""Word and Excel files of today (ECMA-376): a ZIP archive of XML parts, without macros and of bounded size."""

from __future__ import annotations

import re
import zipfile
import zlib
from itertools import pairwise
from typing import IO

from django.utils.translation import gettext as _

from keguan.runtime.attachments.checking.unfit import Unfit, other

MOST_PARTS = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
"""Bytes that all parts together may claim to unpack to."""
_MOST_TIMES, _SMALL = 200, 1024 * 1024
"""How many times its packed size a part may unpack to, where it is not small."""
_LONGEST_LIST = 4 * 1024 * 1024
_LOCAL_HEADER = 30
_TYPES = "[Content_Types].xml"
_MAIN = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_RUNS = re.compile(
    r"vbaproject|macrosheets/|activex|oleobject|\.(?:bin|exe|dll|js|vbs|docm|xlsm|xlsb|xlam|dotm)$", re.IGNORECASE
)
_PRINTER = re.compile(r"printersettings/printersettings\d+\.bin$", re.IGNORECASE)
_RUNNING_TYPES = re.compile(rb"macroenabled|vbaproject|activex|oleobject", re.IGNORECASE)
_FAR_TEMPLATE = re.compile(rb"attachedTemplate[^>]*External|External[^>]*attachedTemplate", re.IGNORECASE)


def check_office(content: IO[bytes], size: int, extension: str) -> None:
    """Raises ``Unfit``."""
    del size
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
            _check_parts(parts, extension)
            types = _read(archive, _TYPES)
            if _MAIN[extension] not in types:
                raise _macros() if _RUNNING_TYPES.search(types) else other(extension)
            runs = [each for each in parts if _RUNS.search(each.filename) and not _PRINTER.search(each.filename)]
            if runs or _RUNNING_TYPES.search(types):
                raise _macros()
            settings = "word/_rels/settings.xml.rels"
            if settings in archive.namelist() and _FAR_TEMPLATE.search(_read(archive, settings)):
                raise Unfit("active", _("这份文件引用了外部模板，打开时会从别处取内容。请去掉模板后另存。"))
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
        raise other(extension) from None


def _check_parts(parts: list[zipfile.ZipInfo], extension: str) -> None:
    names = {each.filename for each in parts}
    if not parts or len(names) != len(parts):
        raise other(extension)
    encrypted = any(each.flag_bits & 1 for each in parts)
    outside = any(".." in each.filename.split("/") or each.filename.startswith("/") for each in parts)
    if encrypted or outside:
        raise other(extension)
    unpacked = sum(each.file_size for each in parts)
    swells = any(
        each.file_size > _SMALL and each.file_size > _MOST_TIMES * max(each.compress_size, 1) for each in parts
    )
    ordered = sorted(parts, key=lambda each: each.header_offset)
    shared = any(
        one.header_offset + _LOCAL_HEADER + one.compress_size > other_one.header_offset
        for one, other_one in pairwise(ordered)
    )
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swells or shared:
        raise Unfit("swells", _("这份文件解开后大得不合常理，没有收下。请重新另存一份。"))


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part that is a list, in full. Raises ``ValueError`` for one that is too long to be one."""
    with archive.open(name) as stream:
        found = stream.read(_LONGEST_LIST + 1)
    if len(found) > _LONGEST_LIST:
        raise ValueError(name)
    return found


def _macros() -> Unfit:
    return Unfit("active", _("这份文件带有宏或嵌入的对象，不能收。请另存为不带宏的 .docx 或 .xlsx。"))
