"""PNG, JPEG and WebP: walked through by their structure, never decoded.

Sources: PNG (W3C Recommendation, third edition) §5; JPEG (ITU-T T.81) Annex B; WebP (RFC 9649) §2.
"""

from __future__ import annotations

import zlib
from typing import IO

from django.utils.translation import gettext as _

from keguan.runtime.attachments.checking.unfit import Unfit, other

MOST_PIXELS = 100_000_000
"""A picture that claims more would fill the memory of whoever opens it."""

_PART = 1 << 16
_PNG = b"\x89PNG\r\n\x1a\n"
_LONGEST_HEADERS = 4_000
"""Segments before the picture itself; a JPEG has some dozens."""
_START, _SCAN, _END = 0xD8, 0xDA, 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_image(content: IO[bytes], size: int, extension: str) -> None:
    """Raises ``Unfit``."""
    sizes = {"png": _png, "jpg": _jpeg, "jpeg": _jpeg, "webp": _webp}[extension](content, size)
    if sizes is None:
        raise other(extension)
    width, height = sizes
    if width * height > MOST_PIXELS or not width or not height:
        raise Unfit("pixels", _("图片太大：最多一亿像素。请缩小后再上传。"))


def _png(content: IO[bytes], size: int) -> tuple[int, int] | None:
    """The width and height; None for what is no whole PNG. Nothing may follow its end."""
    if content.read(len(_PNG)) != _PNG:
        return None
    sizes, pictures = None, 0
    while True:
        head = content.read(8)
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        if len(head) != 8 or length > size:
            return None
        summed, first, left = zlib.crc32(name), b"", length
        while left:
            part = content.read(min(left, _PART))
            if not part:
                return None
            first, left, summed = first or part, left - len(part), zlib.crc32(part, summed)
        if content.read(4) != summed.to_bytes(4, "big"):
            return None
        if (sizes is None) != (name == b"IHDR"):
            return None
        if sizes is None:
            sizes = int.from_bytes(first[:4], "big"), int.from_bytes(first[4:8], "big")
        pictures += name == b"IDAT"
        if name == b"IEND":
            return sizes if pictures and content.tell() == size else None


def _jpeg(content: IO[bytes], size: int) -> tuple[int, int] | None:
    """The width and height; None for what is no whole JPEG. Phones put a short film behind the picture: it may stay."""
    if content.read(2) != bytes((0xFF, _START)):
        return None
    sizes = None
    for _step in range(_LONGEST_HEADERS):
        mark = content.read(2)
        while mark[1:] == b"\xff":
            mark = mark[1:] + content.read(1)
        if len(mark) != 2 or mark[0] != 0xFF:
            return None
        if mark[1] in _ALONE:
            continue
        length = int.from_bytes(content.read(2), "big")
        if length < 2 or content.tell() + length - 2 > size:
            return None
        if mark[1] in _FRAMES:
            frame = content.read(length - 2)
            sizes = int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")
        elif mark[1] == _SCAN:
            return sizes if sizes is not None and _ends(content) else None
        else:
            content.seek(length - 2, 1)
    return None


def _ends(content: IO[bytes]) -> bool:
    """Whether the end of a picture comes."""
    kept = b""
    while part := content.read(_PART):
        if bytes((0xFF, _END)) in kept + part:
            return True
        kept = part[-1:]
    return False


def _webp(content: IO[bytes], size: int) -> tuple[int, int] | None:
    """The width and height; None for what is no whole WebP."""
    head = content.read(30)
    if len(head) != 30 or head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return None
    if size - 8 - int.from_bytes(head[4:8], "little") not in (0, 1):
        return None
    name, body = head[12:16], head[20:]
    if name == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if name == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return None
