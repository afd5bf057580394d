"""What a paper policy is made of before anything is recognised: lines and tables, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 20_000
"""Paragraphs or lines, and table rows, beyond which a file is refused."""


class Unreadable(ValueError):
    """The file cannot be read as a policy; the reason is a sentence in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a line. ``place`` counts paragraphs (Word) or lines (text) from 1.

    ``heading`` is the level of the heading style it was set in (0: none; the title style is 1).
    """

    text: str
    place: int
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells, as many in each row."""

    rows: tuple[tuple[str, ...], ...]
    place: int


Content = Line | Grid
