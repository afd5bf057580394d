"""Where a piece of policy text stands: files, positions, spans, and a pack's files in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file. Lines and columns count from 1, columns by code point; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def within(self, offset: int, length: int) -> Span:
        """The stretch of ``length`` code points that starts ``offset`` code points into this one-line span."""
        start = self.column + offset
        return Span(self.file, self.line, start, self.line, start + length)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class PackSource:
    """The text of one pack: its folder's name and its Markdown files by relative path."""

    id: str
    files: Mapping[str, str]


def read_pack(folder: Path) -> PackSource:
    """Read every ``*.md`` file directly inside ``folder`` (scenarios and data lie in sub-folders).

    Raises ``FileNotFoundError`` when the folder is missing and ``UnicodeDecodeError`` when a file is not UTF-8.
    """
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    files = {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.md"))}
    return PackSource(folder.name, MappingProxyType(files))
