"""A Word document to lines and tables. Headers, footers and pictures are not text of the policy and are left out."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from keguan.language.paper.content import MOST, Content, Grid, Line, Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    from keguan.language.paper.styles import Styles

LARGEST = 64 * 1024 * 1024
"""Bytes of an unpacked document beyond which it is refused: a policy is text, and a packed file can hide a flood."""

MOST_MARKS = 4_000_000
"""Signs ``<`` beyond which a document is refused unread: two hundred for each of the paragraphs that one may have."""

WIDEST = 100
"""Columns beyond which a table is refused; Word itself stops at 63."""

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


def read_word(data: bytes) -> list[Content]:
    """The paragraphs (with the numbers that Word writes itself) and tables of a .docx. Raises ``Unreadable``."""
    _check_size(data)
    import docx
    from docx.table import Table
    from lxml.etree import LxmlError

    from keguan.language.paper.numbering import Numbering
    from keguan.language.paper.styles import Styles

    try:
        document = docx.Document(BytesIO(data))
        _check_length(document)
        styles = Styles()
        numbering = Numbering(document, styles)
        found: list[Content] = []
        for place, item in enumerate(document.iter_inner_content(), 1):
            if isinstance(item, Table):
                found.append(Grid(_rows(item), place))
            else:
                found += _lines(item, numbering.label(item), styles, place)
    except Unreadable:
        raise
    except (*_BROKEN, LxmlError) as problem:
        raise _unreadable() from problem
    return found


_BROKEN = (
    KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, EOFError, zipfile.BadZipFile, zlib.error,
    RuntimeError,
)  # fmt: skip
"""What reading a damaged, encrypted or made-up file ends in."""


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            marks = _marks(packed) if size <= LARGEST else 0
    except _BROKEN as problem:
        raise _unreadable() from problem
    if marks > MOST_MARKS:
        raise _too_long()
    if size > LARGEST:
        raise Unreadable(
            f"文件展开后超过 {LARGEST // 1024 // 1024} MB。请去掉图片后再试。",
            f"Unpacked, the file is over {LARGEST // 1024 // 1024} MB. Take the pictures out and try again.",
        )


def _check_length(document: Document) -> None:
    """Refuse, by the marks alone, what would take minutes to read."""
    body = document.element.body
    long = body.xpath("count(.//w:p) + count(.//w:tr)") > MOST
    if long or any(int(each) > WIDEST for each in body.xpath(".//w:gridSpan/@w:val")):
        raise _too_long()


def _marks(packed: zipfile.ZipFile) -> int:
    """How many ``<`` the texts have, without taking them apart: that alone is what makes a flood slow to refuse."""
    found = 0
    for entry in packed.infolist():
        if entry.filename.endswith(".xml"):
            with packed.open(entry) as text:
                while piece := text.read(1 << 20):
                    found += piece.count(b"<")
    return found


def _too_long() -> Unreadable:
    return Unreadable(
        f"文件太大：段落和表格行最多 {MOST} 个，表格最多 {WIDEST} 列。请分成几份再试。",
        f"The file is too large: at most {MOST} paragraphs and table rows, and {WIDEST} columns. Split it up.",
    )


def _unreadable() -> Unreadable:
    return Unreadable(
        "读不了这个 Word 文件。旧式 .doc 请先在 Word 里另存为 .docx；加密的请先去掉密码。",
        "This Word file cannot be read. Save an old .doc as .docx first; take off a password.",
    )


def _lines(paragraph: Paragraph, label: str, styles: Styles, place: int) -> list[Line]:
    """A paragraph's lines: it may hold line breaks."""
    level = _heading_level(styles.of(paragraph))
    parts = [" ".join(part.split()) for part in paragraph.text.split("\n")]
    between = "" if label.endswith(("）", "、", "．", "：")) else " "
    parts[0] = f"{label}{between}{parts[0]}".strip()
    return [Line(part, place, level) for part in parts if part]


def _heading_level(styles: Sequence[Any]) -> int:
    name = str(styles[0].name or "") if styles else ""
    if name.lower() == "title" or name == "标题":
        return 1
    found = _HEADING.match(name)
    return int(found.group(1)) if found else 0


def _rows(table: Table) -> tuple[tuple[str, ...], ...]:
    """The cells by row; a merged cell stands in every place that it covers, so that each row is whole."""
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    width = max((len(row) for row in rows), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)
