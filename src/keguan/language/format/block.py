"""One block: its first line, its header lines and its table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.blocks import kind_of
from keguan.language.markdown.tables import is_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.blocks.block import Column, HeaderLine, Kind
    from keguan.language.markdown.document import Block, Row, Table

_DELIMITER = re.compile(r"\s*(:?)-+(:?)\s*")


def format_block(block: Block, lines: Sequence[str], keywords: str | None) -> list[str]:
    """The lines of a block laid out; ``lines`` are its lines as written."""
    kind = kind_of(block) if keywords else None
    lines_by, columns_by = (
        ({}, {}) if kind is None else (_words(kind.headers, keywords), _words(kind.columns, keywords))
    )
    laid = {block.span.line: _headline(block, kind, keywords)}
    for header in block.headers:
        key = lines_by.get(header.key.text.lower(), header.key.text)
        laid[header.key.span.line] = f"{key}: {header.value.text}".rstrip()
    if block.table is not None:
        laid |= _table(block.table, lines, block.span.line, columns_by)
    made = [laid.get(block.span.line + index, line.rstrip()) for index, line in enumerate(lines)]
    while not made[-1]:  # of a block that was never closed
        made.pop()
    return _spaced(made, block) if block.table is not None else made


def _headline(block: Block, kind: Kind | None, keywords: str | None) -> str:
    word = block.kind.text if kind is None else kind.zh if keywords == "zh" else kind.en
    parts = [f":::{word}", block.label.text, f"({block.code.text})" if block.code.text else ""]
    return " ".join(part for part in parts if part)


def _words(known: Sequence[HeaderLine] | Sequence[Column], keywords: str | None) -> dict[str, str]:
    """Each word, in either language and in lower case, to the one that is wanted."""
    wanted: dict[str, str] = {}
    for word in known:
        wanted[word.zh] = wanted[word.en] = word.zh if keywords == "zh" else word.en
    return wanted


def _table(table: Table, lines: Sequence[str], first: int, words: Mapping[str, str]) -> dict[int, str]:
    """The lines of a table by their number."""
    heading = table.headings.span.line
    laid = {heading: _row(words.get(cell.text.lower(), cell.text) for cell in table.headings.cells)}
    rows: dict[int, Row] = {row.span.line: row for row in table.rows}
    for number, row in rows.items():
        laid[number] = _row(cell.text for cell in row.cells)
    below = heading + 1
    if below not in rows and below - first < len(lines) and is_row(lines[below - first]):
        laid[below] = _delimiter(lines[below - first], len(table.headings.cells))
    return laid


def _row(cells: Iterable[str]) -> str:
    written = (cell.replace("|", "\\|") for cell in cells)
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in written)


def _delimiter(line: str, columns: int) -> str:
    """The line under the headings, with the alignment that was asked for."""
    made = []
    for part in line.strip().strip("|").split("|"):
        found = _DELIMITER.fullmatch(part)
        made.append(f"{found.group(1)}---{found.group(2)}" if found else "---")
    made = (made + ["---"] * columns)[:columns]
    return f"|{'|'.join(made)}|"


def _spaced(lines: Sequence[str], block: Block) -> list[str]:
    """No empty line at either end, one between the header lines and the table, never two together."""
    made: list[str] = []
    table = block.table.headings.span.line - block.span.line if block.table else -1
    for index, line in enumerate(lines):
        if index == table and block.headers and made[-1]:
            made.append("")
        if line or (len(made) > 1 and made[-1]):
            made.append(line)
    closing = [made.pop()] if made[-1] == ":::" else []
    while not made[-1]:
        made.pop()
    return made + closing
