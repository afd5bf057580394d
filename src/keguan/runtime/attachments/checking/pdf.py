"""PDF (ISO 32000): refused with scripts, embedded files, forms that send, things to launch, or a password.

The file is gone through once from end to end, names decoded as a reader would (``/J#61vaScript``); what is packed into
object streams is unpacked, a bounded amount of it. Streams of pictures and fonts are looked through as bytes: a name
hidden between them is found as well.
"""

from __future__ import annotations

import re
import zlib
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.attachments.checking.unfit import Unfit, other

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes to which all object streams together may unpack."""

_PART, _OVERLAP, _HEAD = 1 << 20, 4_096, 1_024
_NAME = re.compile(rb"/([A-Za-z0-9#]{3,60})(?=[^A-Za-z0-9#])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_RUNS = frozenset(
    {
        *(b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"Rendition"),
        *(b"XFA", b"SubmitForm", b"ImportData", b"GoToE"),
    }
)
_PACKED, _LOCKED = b"ObjStm", b"Encrypt"
_DISGUISED = frozenset(
    {
        *(b"ASCIIHexDecode", b"AHx", b"ASCII85Decode", b"A85", b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL"),
        *(b"Crypt", b"DCTDecode", b"Predictor"),
    }
)
"""No program writes its object streams so."""


def check_pdf(content: IO[bytes], size: int, extension: str) -> None:
    """Raises ``Unfit``."""
    if b"%PDF-" not in content.read(_HEAD):
        raise other(extension)
    content.seek(max(0, size - _HEAD))
    if b"%%EOF" not in content.read():
        raise other(extension)
    packed: list[int] = []
    for begins, part in _parts(content):
        _check_names(part)
        packed += [
            begins + found.end() for found in _STREAM.finditer(part) if _is_packed(part, found.start(), extension)
        ]
    left = MOST_UNPACKED
    for begins in dict.fromkeys(packed):
        left = _unpack(content, begins, left)


def _parts(content: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """(where it begins, some bytes), each with the end of the one before."""
    content.seek(0)
    kept, at = b"", 0
    while part := content.read(_PART):
        whole = kept + part
        yield at - len(kept), whole
        at += len(part)
        kept = whole[-_OVERLAP:]


def _names(part: bytes) -> Iterator[bytes]:
    for found in _NAME.finditer(part):
        name = found[1]
        yield _ESCAPED.sub(lambda code: bytes((int(code[1], 16),)), name) if b"#" in name else name


def _check_names(part: bytes) -> None:
    for name in _names(part):
        if name in _RUNS:
            raise Unfit(
                "active", _("这份 PDF 带有脚本、嵌入的文件或会执行的动作，不能收。请打印成一份新的 PDF 再上传。")
            )
        if name == _LOCKED:
            raise Unfit("locked", _("这份 PDF 加了密码，无法检查。请去掉密码再上传。"))


def _is_packed(part: bytes, at: int, extension: str) -> bool:
    """Whether the dictionary before a stream says that it holds objects, or is too long to be seen whole."""
    before = part[max(0, at - _OVERLAP // 2) : at]
    begins = before.rfind(b"obj")
    names = set(_names(before[max(begins, 0) :]))
    if _PACKED in names and names & _DISGUISED:
        raise other(extension)
    return _PACKED in names or begins < 0


def _unpack(content: IO[bytes], begins: int, left: int) -> int:
    """Check the names in an object stream; how much may still be unpacked."""
    content.seek(begins)
    stream, kept = zlib.decompressobj(), b""
    while not stream.eof:
        part = stream.unconsumed_tail or content.read(_PART // 8)
        if not part:
            break
        try:
            found = stream.decompress(part, _PART)
        except zlib.error:
            break  # what no reader unpacks either, or what was not packed and has been read already
        left -= len(found)
        if left < 0:
            raise Unfit("swells", _("这份文件解开后大得不合常理，没有收下。请重新另存一份。"))
        _check_names(kept + found)
        kept = (kept + found)[-_OVERLAP:]
    return left
