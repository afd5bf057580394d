"""A policy file as written: headings, prose and blocks in reading order, each with its span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.source import Span


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of text and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells in order."""

    cells: tuple[Written, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: headings and rows. ``source`` is its Markdown."""

    headings: Row
    rows: tuple[Row, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Header:
    """One ``key: value`` line at the top of a block."""

    key: Written
    value: Written


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: ``:::kind label (code)``, header lines, a table. ``body`` holds its lines as written, ``text``
    those of a block that has free text in the place of a table.
    """

    kind: Written
    label: Written
    code: Written
    headers: tuple[Header, ...]
    table: Table | None
    body: tuple[str, ...]
    body_line: int
    span: Span
    text: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A Markdown heading; ``anchor`` is empty where the author gave none."""

    level: int
    text: str
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown between headings and blocks, as written."""

    text: str
    span: Span


Element = Heading | Prose | Block


@dataclass(frozen=True, slots=True)
class Document:
    """One file: the front matter's values by key, and its elements in reading order."""

    file: str
    front: dict[str, Written] | None
    elements: tuple[Element, ...]
