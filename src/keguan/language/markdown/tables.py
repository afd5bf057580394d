"""Pipe tables with the exact span of every cell."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from keguan.language.markdown.document import Row, Table, Written
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"[\s:|-]*-[\s:|-]*")


def is_row(line: str) -> bool:
    """Whether a line is written as a table row."""
    return line.lstrip().startswith("|")


def read_row(file: str, line: str, number: int) -> Row:
    """Split one table line into trimmed cells."""
    bars = [found.start() for found in _BAR.finditer(line)]
    edges = [*bars, len(line)] if line[bars[-1] + 1 :].strip() else bars
    cells = [_cell(file, number, line[start + 1 : end], start + 1) for start, end in pairwise(edges)]
    return Row(tuple(cells), Span(file, number, bars[0] + 1, number, len(line.rstrip()) + 1))


def _cell(file: str, number: int, text: str, offset: int) -> Written:
    stripped = text.strip()
    start = offset + (len(text) - len(text.lstrip()) if stripped else 0)
    length = len(stripped) if stripped else max(len(text), 1)
    span = Span(file, number, start + 1, number, start + 1 + length)
    return Written(stripped.replace("\\|", "|"), span)


def read_table(file: str, lines: Sequence[str], first_line: int) -> Table:
    """Read consecutive row lines. The second line is the delimiter; without one every further line is a row."""
    rows = [read_row(file, line, first_line + index) for index, line in enumerate(lines)]
    body = rows[2:] if len(rows) > 1 and _DELIMITER.fullmatch(lines[1]) else rows[1:]
    return Table(rows[0], tuple(body), "\n".join(line.strip() for line in lines))
