"""What an attachment field takes: kinds of files, how large one may be, how many there may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
USUAL_SIZE = 5 * MEGABYTE
"""Bytes of one file where the policy says nothing."""
LARGEST_SIZE = 50 * MEGABYTE
"""No policy lets a file be larger."""
USUAL_NUMBER = 1
"""Files of one field where the policy says nothing."""
LARGEST_NUMBER = 20
"""No policy lets a field hold more."""


class FileKind(StrEnum):
    """A kind of file that a policy may name. Each is told by its content, never by its name alone."""

    IMAGE = "image"  # 图片: PNG, JPEG, WebP
    PDF = "pdf"
    WORD = "word"  # .docx, without macros
    EXCEL = "excel"  # .xlsx, without macros
    TEXT = "text"  # 文本: .txt and .csv in UTF-8


FILE_KIND_NAMES: dict[FileKind, tuple[str, str]] = {
    FileKind.IMAGE: ("图片", "image"),
    FileKind.PDF: ("pdf", "pdf"),
    FileKind.WORD: ("Word", "word"),
    FileKind.EXCEL: ("Excel", "excel"),
    FileKind.TEXT: ("文本", "text"),
}
"""What a kind is called in a policy, in Chinese and English."""

EXTENSIONS: dict[FileKind, tuple[str, ...]] = {
    FileKind.IMAGE: ("png", "jpg", "jpeg", "webp"),
    FileKind.PDF: ("pdf",),
    FileKind.WORD: ("docx",),
    FileKind.EXCEL: ("xlsx",),
    FileKind.TEXT: ("txt", "csv"),
}
"""How the names of files of a kind end."""


@dataclass(frozen=True, slots=True)
class FileRule:
    """The files that a field takes: ``size`` is in bytes, of one file; ``number`` is of files."""

    kinds: tuple[FileKind, ...]
    size: int = USUAL_SIZE
    number: int = USUAL_NUMBER

    @property
    def extensions(self) -> tuple[str, ...]:
        """How the names of allowed files end, in the order of the kinds."""
        return tuple(each for kind in self.kinds for each in EXTENSIONS[kind])


def show_number(number: int, language: str) -> str:
    """How many files: ``2 个文件``, ``1 file``."""
    if language == "zh":
        return f"{number} 个文件"
    return "1 file" if number == 1 else f"{number} files"


def show_size(size: int) -> str:
    """Bytes as people read them: 5 MB, 300 KB, 1.5 MB, 12 B."""
    for unit, name in ((MEGABYTE, "MB"), (KILOBYTE, "KB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} B"
