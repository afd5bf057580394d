"""A policy as a row of pieces to be set on paper: what Word and PDF are both made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from keguan.language.model.model import Clause, Part, Policy


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is a chapter, 2 a clause, 3 what stands inside one."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``indent`` is how deep in lists it stands, ``marker`` the list's own sign or number."""

    text: str
    indent: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; without headings it is a list of particulars."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Piece = Heading | Paragraph | Table

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def pieces(policy: Policy) -> tuple[Piece, ...]:
    """The whole document in reading order."""
    return tuple(_policy(policy))


def _policy(policy: Policy) -> Iterator[Piece]:
    yield from _prose(policy.preamble)
    chapter = ""
    for clause in policy.clauses:
        if clause.chapter != chapter:
            chapter = clause.chapter
            yield Heading(chapter, 1)
        yield from _clause(clause)


def _clause(clause: Clause) -> Iterator[Piece]:
    yield Heading(f"{clause.ref.number} {clause.ref.title}".strip(), 2)
    for part in clause.parts:
        yield from _prose(part.prose) if part.control is None else _control(part)


def _control(part: Part) -> Iterator[Piece]:
    """A block: its name, its lines, its table."""
    if part.control is not None:
        yield Heading(part.control.label.zh, 3)
    for key, value in part.headers:
        yield Paragraph(f"{key}：{value}", indent=1)
    yield from _prose(part.prose)


def _prose(markdown: str) -> Iterator[Piece]:
    tokens = _MARKDOWN.parse(markdown)
    lists: list[int | None] = []  # the next number of each list that is open; None for one with bullets
    marker, index = "", 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "table_open":
            end = _close(tokens, index, "table_close")
            yield _table(tokens[index:end])
            index = end
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            marker, lists[-1] = ("•", None) if lists[-1] is None else (f"{lists[-1]}.", lists[-1] + 1)
        elif token.type == "inline":
            text = _text(token)
            if tokens[index - 1].type == "heading_open":
                yield Heading(text, 3)
            else:
                yield Paragraph(text, len(lists), marker)
            marker = ""
        elif token.type in ("fence", "code_block"):
            yield from (Paragraph(line, len(lists) + 1) for line in token.content.rstrip("\n").split("\n"))
        index += 1


def _close(tokens: Sequence[Token], start: int, kind: str) -> int:
    return next(index for index in range(start, len(tokens)) if tokens[index].type == kind)


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_text(token))
    return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


def _text(token: Token) -> str:
    """The words of an inline piece, without its marks."""
    made = ""
    for child in token.children or ():
        made += "\n" if child.type in ("softbreak", "hardbreak") else child.content
    return made
