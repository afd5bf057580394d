"""Files that are sent to do harm, or that came to harm on their way."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from tests.language.paper.documents import word

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = "word/document.xml"
_ENTRY = b"PK\x01\x02"  # an entry of a packed file's table of contents
_FLAGS, _METHOD, _SIZE, _NAME = 8, 10, 24, 46


def with_body(make: Callable[[bytes], bytes]) -> bytes:
    """A Word file whose text is what ``make`` makes of a sound one's."""
    return _packed(lambda name, data: make(data) if name == BODY else data)


def bomb() -> bytes:
    """80 MB in a hundred thousand bytes."""
    return with_body(lambda _text: b"<a>" + b"0" * (80 * 1024 * 1024))


def flood() -> bytes:
    """A million and a half paragraphs in two hundred thousand bytes."""
    return with_body(lambda text: _around(text, b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_500_000))


def wide() -> bytes:
    """A table cell that says that it covers a hundred million columns."""
    cell = b'<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p/></w:tc>'
    return with_body(lambda text: _around(text, b"<w:tbl><w:tr>" + cell + b"</w:tr></w:tbl>"))


def ring() -> bytes:
    """The style of the title is based on itself."""
    title = b'<w:name w:val="Title"/><w:basedOn w:val="%s"/>'
    sound, ringed = title % b"Normal", title % b"Title"
    return _packed(lambda name, data: data.replace(sound, ringed) if name == "word/styles.xml" else data)


def macro() -> bytes:
    """A document with macros under the name of one without."""
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    enabled = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    return _packed(lambda name, data: data.replace(plain, enabled) if name == "[Content_Types].xml" else data)


def outside() -> bytes:
    """A text that would have another file of this machine read into it."""
    start = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return with_body(lambda text: start + text.split(b"?>", 1)[1].replace("总则".encode(), b"&a;"))


def lying() -> bytes:
    """A packed file that gives its text's size as ten bytes."""
    return _entries(_SIZE, struct.pack("<I", 10), only=BODY.encode())


def encrypted() -> bytes:
    """A packed file that says that it wants a password."""
    return _entries(_FLAGS, struct.pack("<H", 1))


def unknown_packing() -> bytes:
    """A packed file in a way of packing that there is not."""
    return _entries(_METHOD, struct.pack("<H", 99))


def truncated() -> bytes:
    """The first half of a file."""
    data = word()
    return data[: len(data) // 2]


HOSTILE: dict[str, Callable[[], bytes]] = {
    each.__name__: each for each in (bomb, flood, wide, macro, lying, encrypted, unknown_packing, truncated)
}
"""Files to be refused."""


def _packed(make: Callable[[str, bytes], bytes]) -> bytes:
    source, made = zipfile.ZipFile(BytesIO(word())), BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(name, make(name, source.read(name)))
    return made.getvalue()


def _around(text: bytes, body: bytes) -> bytes:
    return text.split(b"<w:body>")[0] + b"<w:body>" + body + b"</w:body></w:document>"


def _entries(place: int, value: bytes, only: bytes = b"") -> bytes:
    """A Word file with ``value`` written at a place of its entries."""
    data = bytearray(word())
    start = data.find(_ENTRY)
    while start >= 0:
        if data[start + _NAME :].startswith(only):
            data[start + place : start + place + len(value)] = value
        start = data.find(_ENTRY, start + 4)
    return bytes(data)
