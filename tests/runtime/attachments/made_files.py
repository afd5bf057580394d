"""Small files of every kind, sound and unsound, made by hand."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def png(width: int = 2, height: int = 2, *, after: bytes = b"", padding: int = 0) -> bytes:
    """A PNG; ``padding`` bytes stand in a part of their own that shows nothing."""
    row = b"\0" + b"\x80\x40\x20" * width
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    if padding:
        parts.append((b"prVt", bytes(range(256)) * (padding // 256)))
    parts += [(b"IDAT", zlib.compress(row * min(height, 2))), (b"IEND", b"")]
    body = b"".join(
        len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big") for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body + after


def jpeg(width: int = 16, height: int = 8) -> bytes:
    """The skeleton of a JPEG: every segment that a reader needs, and some of a picture."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        b"\xff\xc0"
        + (len(frame) + 2).to_bytes(2, "big")
        + frame
        + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
        + b"\x12\x34\xff\x00\x56"
        + b"\xff\xd9"
    )


def webp(width: int = 3, height: int = 5) -> bytes:
    """A lossless WebP's frame."""
    bits = (width - 1) | (height - 1) << 14
    body = b"WEBP" + b"VP8L" + (10).to_bytes(4, "little") + b"\x2f" + bits.to_bytes(4, "little") + b"\0" * 5
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of a catalogue and these further objects."""
    listed = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", *objects]
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, each in enumerate(listed, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(listed) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(listed) + 1, trailer, len(out))
    return out + head + table + end


def packed(content: bytes, *, disguise: bytes = b"") -> bytes:
    """An object stream that holds ``content``."""
    data = zlib.compress(content)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode %s /Length %d >>\nstream\n" % (disguise, len(data))
    return head + data + b"\nendstream"


def office(main: str = WORD, **parts: bytes) -> bytes:
    """A Word or Excel file; further parts by their names, ``__`` for a slash and ``_dot_`` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override PartName="/a" ContentType="{main}"/></Types>')
        archive.writestr("word/document.xml", "<document/>")
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return made.getvalue()
