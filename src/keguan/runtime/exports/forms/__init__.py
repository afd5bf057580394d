"""The kinds of files that an export can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Form(StrEnum):
    """A kind of file."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


MEDIA_TYPES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
    Form.PDF: "application/pdf",
}
MOST_ROWS = {Form.PDF: 5_000}
"""A kind of file that is set as a whole holds no more than this."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a file says of itself: ``title`` (the record type), ``words`` (number, name, moment, what for), the token of
    its mark, and the headings of its columns.
    """

    title: str
    words: str
    token: int
    headings: tuple[str, ...]
    rows: int


class Sink(Protocol):
    """What takes the bytes."""

    def write(self, data: bytes) -> int:
        """Take some."""
        ...

    def flush(self) -> None:
        """Nothing is kept back."""
        ...


class Writer(Protocol):
    """Writes one kind of file into a sink, page by page, and gives how many rows it wrote."""

    def __call__(self, sink: Sink, cover: Cover, pages: Iterable[list[tuple[str, ...]]]) -> int:
        """Write it."""
        ...
