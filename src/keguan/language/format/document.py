"""A whole file: front matter and prose as written, one empty line between what stands in it, blocks laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from keguan.language.diagnostics.findings import Findings
from keguan.language.format.block import format_block
from keguan.language.markdown.document import Block
from keguan.language.markdown.parse import parse_document, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.markdown.document import Element

    Keywords = Literal["zh", "en"] | None


def format_policy(text: str, keywords: Keywords = None) -> str:
    """The file laid out. ``keywords`` also writes the words of the language (kinds, lines, columns) in ``zh`` or
    ``en``; None leaves them as the author chose. Lines that cannot be read as part of a policy stay as they are.
    """
    lines = split_lines(text)
    document = parse_document("policy.md", text, Findings())
    first = min((element.span.line for element in document.elements), default=len(lines) + 1)
    front = _front(lines, has_front=document.front is not None)
    pieces = [] if not front else ["\n".join(front)]
    pieces += _pieces(lines, len(front), document.elements, keywords)
    joined = "\n\n".join(pieces)
    if front and len(pieces) > 1 and first == len(front) + 1:
        joined = joined.replace("\n\n", "\n", 1)  # a title may follow the front matter at once
    return joined + "\n" if joined else ""


def _front(lines: Sequence[str], *, has_front: bool) -> list[str]:
    """The lines of the front matter with its fences; none when there is none or it never ends."""
    if not has_front:
        return []
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    return [] if end is None else [line.rstrip() for line in lines[: end + 1]]


def _pieces(lines: Sequence[str], done: int, elements: Sequence[Element], keywords: Keywords) -> Iterator[str]:
    """Every element, and between them what the reader could make nothing of, as written."""
    for element in elements:
        start, end = element.span.line - 1, element.span.end_line
        yield from _raw(lines, done, start)
        if isinstance(element, Block):
            yield "\n".join(format_block(element, lines[start:end], keywords))
        else:
            yield from _raw(lines, start, end)
        done = end
    yield from _raw(lines, done, len(lines))


def _raw(lines: Sequence[str], start: int, end: int) -> Iterator[str]:
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    if start < end:
        yield "\n".join(lines[start:end])
