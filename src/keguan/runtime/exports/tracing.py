"""Whose export a file is: by the file itself, by the mark in it, or by the number that stands on it."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from keguan.runtime.exports.forms import Form
from keguan.runtime.exports.marks import agreement, convincing, key_of, lines_of
from keguan.runtime.exports.models import Export

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is looked at."""

_SAMPLE = 400
"""So many rows of a CSV file are held against each mark."""
_MOST_TRIED = 20_000
_HEX = re.compile(rb"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
_NUMBER = re.compile(r"EX(\d{6,18})")
_PARTS = ("docProps/custom.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")
_LARGEST_PART = 8 * 1024 * 1024


class How(StrEnum):
    """What told whose a file is, the surest first."""

    FILE = "file"  # it is, byte by byte, the file that was fetched
    MARK = "mark"  # the hidden mark stands in it
    QUOTES = "quotes"  # the rows of a CSV file are quoted as the mark has them
    NUMBER = "number"  # the visible number stands in it: anybody could have typed that


@dataclass(frozen=True, slots=True)
class Traced:
    """An export that a file comes from. Of ``telling`` rows ``agreeing`` carry its mark, where the quotes told."""

    export: Export
    how: How
    agreeing: int = 0
    telling: int = 0


def trace(data: bytes) -> tuple[Traced, ...]:
    """The exports that a file, or a part of one, comes from, by the surest sign that there is; empty for none."""
    same = Export.objects.filter(digest=hashlib.sha256(data).hexdigest())
    if found := tuple(Traced(each, How.FILE) for each in same):
        return found
    if found := tuple(Traced(each, How.MARK) for each in _marked(data)):
        return found
    if found := tuple(_quoted(data)):
        return found
    return tuple(Traced(each, How.NUMBER) for each in _numbered(data))


def _marked(data: bytes) -> list[Export]:
    seen = b"\n".join(_insides(data)) if data.startswith(b"PK") else data
    tokens = {int(each, 16) for each in _HEX.findall(seen)}
    tokens = {each for each in tokens if each < 2**63}
    return list(Export.objects.filter(token__in=sorted(tokens)[:500])) if tokens else []


def _insides(data: bytes) -> Iterator[bytes]:
    """The parts of a workbook where the mark is, or what is left of it."""
    try:
        with ZipFile(io.BytesIO(data)) as book:
            for part in _PARTS:
                if part in book.namelist():
                    with book.open(part) as stream:
                        yield stream.read(_LARGEST_PART)
    except BadZipFile:
        return


def _quoted(data: bytes) -> Iterator[Traced]:
    lines = lines_of(data[:LARGEST].decode("utf-8", "replace"))
    widths = {len(line.cells) for line in lines}
    sample = [line for line in lines if line.quoted is not None][:_SAMPLE]
    tried = Export.objects.filter(form=Form.CSV).order_by("-id")[:_MOST_TRIED]
    candidates = [each for each in tried if len(each.columns) in widths]
    for export in candidates:
        mine = [line for line in sample if len(line.cells) == len(export.columns)]
        agreeing, telling = agreement(key_of(export.token), mine)
        if convincing(agreeing, telling, len(candidates)):
            yield Traced(export, How.QUOTES, agreeing, telling)


def _numbered(data: bytes) -> list[Export]:
    seen = b"\n".join(_insides(data)) if data.startswith(b"PK") else data
    numbers = {int(each) for each in _NUMBER.findall(seen[:LARGEST].decode("utf-8", "replace"))}
    return list(Export.objects.filter(pk__in=sorted(numbers)[:50])) if numbers else []
