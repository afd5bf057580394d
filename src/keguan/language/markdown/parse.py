"""Text of one file → ``Document``. Never raises: what cannot be read becomes a diagnostic and the rest is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.markdown.blocks import read_block
from keguan.language.markdown.document import Document, Element, Heading, Prose
from keguan.language.markdown.fences import CLOSING, fence_plugin
from keguan.language.markdown.front_matter import front_matter
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.diagnostics.findings import Findings

_ANCHOR = re.compile(r"\s*\{#([^}]*)\}\s*$")


def parse_document(file: str, text: str, findings: Findings) -> Document:
    """Read one file: front matter, headings, prose and blocks in reading order."""
    lines = split_lines(text)
    front, taken = front_matter(file, lines, findings)
    body = [""] * taken + lines[taken:]
    return Document(file, front, tuple(_elements(file, body, findings)))


def split_lines(text: str) -> list[str]:
    """The lines of a file, whatever system it was written on."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").split("\n")


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").disable("inline").use(fence_plugin)


def _elements(file: str, lines: Sequence[str], findings: Findings) -> list[Element]:
    """Headings and blocks as the Markdown parser finds them; what lies between is prose, as written."""
    elements: list[Element] = []
    done = 0
    tokens = _parser().parse("\n".join(lines))
    for index, token in enumerate(tokens):
        if token.level != 0 or token.map is None or token.type not in ("heading_open", "policy_block"):
            continue
        start, end = token.map
        _prose(file, lines, done, start, elements)
        done = end
        if token.type == "heading_open":
            span = Span(file, start + 1, 1, end, len(lines[end - 1]) + 1)
            elements.append(_heading(int(token.tag[1:]), tokens[index + 1].content, span))
        elif CLOSING.fullmatch(lines[start]):
            findings.add(entries.STRAY_FENCE, Span(file, start + 1, 1, start + 1, len(lines[start]) + 1))
        else:
            block = read_block(file, lines[start:end], start + 1, token.meta["closed"], findings)
            elements.extend([block] if block else [])
    _prose(file, lines, done, len(lines), elements)
    return elements


def _heading(level: int, content: str, span: Span) -> Heading:
    text = " ".join(content.split())
    found = _ANCHOR.search(text)
    return Heading(level, text[: found.start()] if found else text, found.group(1) if found else "", span)


def _prose(file: str, lines: Sequence[str], start: int, end: int, elements: list[Element]) -> None:
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    if start < end:
        span = Span(file, start + 1, 1, end, len(lines[end - 1]) + 1)
        elements.append(Prose("\n".join(lines[start:end]), span))
