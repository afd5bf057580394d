"""One ``:::`` block: its first line, header lines and table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.markdown.document import Block, Header, Table, Written
from keguan.language.markdown.tables import is_row, read_table
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.diagnostics.findings import Findings

_HEADLINE = re.compile(r":::\s*(?P<kind>[^\s(（]+)\s*(?P<label>[^(（]*?)\s*(?:[(（]\s*(?P<code>[^)）]*?)\s*[)）])?\s*")
_HEADER = re.compile(r"\s*(?P<key>[^\s:：|][^:：|]*?)\s*[:：]\s*(?P<value>.*?)\s*")

FREE_FORM = frozenset({"场景", "scenario"})
"""Kinds whose body is YAML, not header lines and a table."""
FREE_TEXT = frozenset({"文件", "document"})
"""Kinds that have text in the place of a table: it begins after the first blank line."""


def read_block(file: str, lines: Sequence[str], first: int, closed: bool, findings: Findings) -> Block | None:
    """Read the lines of one block; ``first`` is the number of its first line."""
    span = Span(file, first, 1, first + len(lines) - 1, len(lines[-1]) + 1)
    line = lines[0].rstrip()
    headline = Span(file, first, 1, first, len(line) + 1)
    found = _HEADLINE.fullmatch(line)
    if found is None:
        findings.add(entries.BLOCK_HEADLINE, headline)
        return None
    kind, label, code = (_written(file, first, found, name) for name in ("kind", "label", "code"))
    if not closed:
        findings.add(entries.BLOCK_UNCLOSED, headline, label=label.text or kind.text)
    body = lines[1:-1] if closed else lines[1:]
    if kind.text.lower() in FREE_FORM:
        return Block(kind, label, code, (), None, tuple(body), first + 1, span)
    if kind.text.lower() in FREE_TEXT:
        headers, text = _text(file, body, first + 1, findings)
        return Block(kind, label, code, headers, None, tuple(body), first + 1, span, text)
    headers, table = _body(file, body, first + 1, findings)
    return Block(kind, label, code, headers, table, tuple(body), first + 1, span)


def _written(file: str, line: int, found: re.Match[str], group: str) -> Written:
    start, end = found.span(group)
    if start < 0:
        end = len(found.string)
        return Written("", Span(file, line, 1, line, end + 1))
    return Written(found.group(group), Span(file, line, start + 1, line, max(end, start + 1) + 1))


def _body(file: str, body: Sequence[str], first: int, findings: Findings) -> tuple[tuple[Header, ...], Table | None]:
    headers: list[Header] = []
    table: Table | None = None
    index = 0
    while index < len(body):
        line, number = body[index], first + index
        if is_row(line):
            end = next((i for i in range(index, len(body)) if not is_row(body[i])), len(body))
            if table is None:
                table = read_table(file, body[index:end], number)
            else:
                findings.add(entries.TABLE_TEXT, Span(file, number, 1, number, len(line) + 1))
            index = end
            continue
        if line.strip() and not line.lstrip().startswith("#"):
            _other_line(file, line, number, headers if table is None else None, findings)
        index += 1
    return tuple(headers), table


def _text(
    file: str, body: Sequence[str], first: int, findings: Findings
) -> tuple[tuple[Header, ...], tuple[Written, ...]]:
    """Header lines until a blank line or a table row, and text from there to the end, its blank edges cut off."""
    lines = [Written(line.rstrip(), Span(file, first + i, 1, first + i, len(line) + 1)) for i, line in enumerate(body)]
    filled = [index for index, line in enumerate(lines) if line.text]
    if not filled:
        return (), ()
    start = filled[0]
    breaks = (index for index in range(start, len(lines)) if not lines[index].text or is_row(lines[index].text))
    end = next(breaks, len(lines))
    headers, _ = _body(file, body[start:end], first + start, findings)
    rest = [index for index in filled if index >= end]
    return headers, tuple(lines[rest[0] : rest[-1] + 1]) if rest else ()


def _other_line(file: str, line: str, number: int, headers: list[Header] | None, findings: Findings) -> None:
    """A header line before the table; anything else does not belong into a block."""
    span = Span(file, number, 1, number, len(line) + 1)
    if headers is None:
        findings.add(entries.TABLE_TEXT, span)
        return
    found = _HEADER.fullmatch(line)
    if found is None:
        findings.add(entries.HEADER_LINE, span)
        return
    headers.append(Header(_written(file, number, found, "key"), _written(file, number, found, "value")))
