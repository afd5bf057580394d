"""An export as CSV: UTF-8 with a mark of order for spreadsheets, lines as RFC 4180 has them, marked by its quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.exports.cells import defused
from keguan.runtime.exports.marks import bit, key_of, needs_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.exports.forms import Cover, Sink


def write(sink: Sink, cover: Cover, pages: Iterable[list[tuple[str, ...]]]) -> int:
    """Headings, then a line for each row."""
    key, written = key_of(cover.token), 0
    sink.write(("\ufeff" + ",".join(map(_cell, cover.headings)) + "\r\n").encode())
    for page in pages:
        sink.write("".join([_line(key, row) for row in page]).encode("utf-8", "replace"))
        written += len(page)
    return written


def _line(key: bytes, row: tuple[str, ...]) -> str:
    cells = [defused(each) for each in row]
    first = cells[0]
    tells = bool(first) and not needs_quotes(first)
    head = f'"{first}"' if tells and bit(key, cells) else _cell(first)
    return ",".join((head, *map(_cell, cells[1:]))) + "\r\n"


def _cell(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if needs_quotes(text) else text
