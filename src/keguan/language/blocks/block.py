"""What every kind of block has in common: keywords in two languages, header lines, columns, and reading them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Row, Table
    from keguan.language.source import Span

YES_NO = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}
T = TypeVar("T")
_SEPARATOR = re.compile(r"[,，、]")


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """A ``key: value`` line that a kind of block knows."""

    key: str
    zh: str
    en: str
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind of block knows; ``required``: the heading must be there, ``filled``: every cell too."""

    key: str
    zh: str
    en: str
    meaning: str
    required: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block: its code and its keyword in Chinese and in English.

    ``status`` is what a control of this kind is once published: ``enforced`` (the system does it), ``monitored`` (the
    system watches it), ``attested`` (a person confirms it) or ``declared`` (read and checked, not run yet).
    """

    code: str
    zh: str
    en: str
    meaning: str
    headers: tuple[HeaderLine, ...] = ()
    columns: tuple[Column, ...] = ()
    status: str = "declared"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a block's table, cells by column key. Columns that are not there read as empty."""

    cells: Mapping[str, Written]
    span: Span

    def __getitem__(self, key: str) -> Written:
        return self.cells.get(key, Written("", self.span))


def read_headers(kind: Kind, block: Block, findings: Findings, spared: Collection[str] = ()) -> dict[str, Written]:
    """The header lines by key. Unknown, repeated and missing ones are reported; those ``spared`` may be missing."""
    known = {name: line for line in kind.headers for name in (line.zh, line.en)}
    values: dict[str, Written] = {}
    for header in block.headers:
        line = known.get(header.key.text) or known.get(header.key.text.lower())
        if line is None:
            suggestion = suggest(header.key.text, known, [each.zh for each in kind.headers])
            findings.add(
                entries.HEADER_UNKNOWN,
                header.key.span,
                kind=kind.zh,
                kind_en=kind.en,
                key=header.key.text,
                **suggestion,
            )
        elif line.key in values:
            findings.add(entries.HEADER_TWICE, header.key.span, key=header.key.text)
        else:
            values[line.key] = header.value
    for line in kind.headers:
        if line.required and line.key not in values and line.key not in spared:
            findings.add(
                entries.HEADER_MISSING, block.kind.span, kind=kind.zh, kind_en=kind.en, key=line.zh, key_en=line.en
            )
    return values


def read_table(block: Block, findings: Findings) -> Table | None:
    """The block's table when it has one with at least one row."""
    if block.table is None or not block.table.rows:
        findings.add(entries.TABLE_MISSING, block.kind.span, label=block.label.text or block.kind.text)
        return None
    return block.table


def whole_rows(table: Table, findings: Findings) -> list[Row]:
    """The rows that have as many cells as the headings; the others are reported."""
    rows = []
    for row in table.rows:
        if len(row.cells) == len(table.headings.cells):
            rows.append(row)
        else:
            cells, columns = len(row.cells), len(table.headings.cells)
            findings.add(entries.ROW_CELLS, row.span, cells=cells, columns=columns)
    return rows


def read_lines(kind: Kind, block: Block, findings: Findings) -> list[Line]:
    """The rows of a table whose columns are those of its kind."""
    table = read_table(block, findings)
    if table is None:
        return []
    keys = _headings(kind, table, findings)
    lines = []
    for row in whole_rows(table, findings):
        cells = {key: cell for key, cell in zip(keys, row.cells, strict=True) if key is not None}
        for column in kind.columns:
            if column.filled and column.key in cells and not cells[column.key].text:
                findings.add(entries.CELL_EMPTY, cells[column.key].span, column=column.zh, column_en=column.en)
        lines.append(Line(cells, row.span))
    return lines


def _headings(kind: Kind, table: Table, findings: Findings) -> list[str | None]:
    known = {name: column.key for column in kind.columns for name in (column.zh, column.en)}
    keys: list[str | None] = []
    for heading in table.headings.cells:
        key = known.get(heading.text) or known.get(heading.text.lower())
        if key is None:
            suggestion = suggest(heading.text, known, [each.zh for each in kind.columns])
            findings.add(
                entries.COLUMN_UNKNOWN, heading.span, kind=kind.zh, kind_en=kind.en, column=heading.text, **suggestion
            )
        elif key in keys:
            findings.add(entries.COLUMN_TWICE, heading.span, column=heading.text)
            key = None
        keys.append(key)
    for column in kind.columns:
        if column.required and column.key not in keys:
            findings.add(
                entries.COLUMN_MISSING,
                table.headings.span,
                kind=kind.zh,
                kind_en=kind.en,
                column=column.zh,
                column_en=column.en,
            )
    return keys


def keyword(written: Written, words: Mapping[str, T], key: str, findings: Findings) -> T | None:
    """What a word means; an unknown one is reported and gives None."""
    value = words.get(written.text, words.get(written.text.lower()))
    if value is None:
        chinese = "、".join(word for word in words if not word.isascii())
        english = ", ".join(word for word in words if word.isascii())
        findings.add(
            entries.HEADER_VALUE, written.span, key=key, value=written.text, allowed=chinese, allowed_en=english
        )
    return value


def split_list(written: Written) -> tuple[Written, ...]:
    """The items of a list written with commas (ASCII, full-width or 、), each with its span."""
    items = []
    start = 0
    for end in [*(found.start() for found in _SEPARATOR.finditer(written.text)), len(written.text)]:
        item = written.text[start:end]
        if item.strip():
            offset = start + len(item) - len(item.lstrip())
            items.append(Written(item.strip(), written.span.within(offset, len(item.strip()))))
        start = end + 1
    return tuple(items)
