"""Plain text to lines and tables; rows whose cells stand between tabs or bars are a table."""

from __future__ import annotations

from itertools import groupby

from keguan.language.paper.content import MOST, Content, Grid, Line, Unreadable

_ENCODINGS = ("utf-8-sig", "gb18030")
_FEWEST = 2  # rows that make a table
LONGEST = 2_000_000
"""Characters beyond which a text is refused."""


def read_plain(data: bytes) -> list[Content]:
    """The lines and tables of a text file in UTF-8 or GB 18030. Raises ``Unreadable``."""
    text = _decoded(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    if len(lines) > MOST or len(text) > LONGEST:
        raise Unreadable(
            f"文件太大：最多 {MOST} 行、{LONGEST // 10_000} 万字。请分成几份再试。",
            f"The file is too large: at most {MOST} lines and {LONGEST} characters. Split it up.",
        )
    found: list[Content] = []
    for columns, group in groupby(enumerate(lines, 1), lambda numbered: _columns(numbered[1])):
        rows = list(group)
        if columns > 1 and len(rows) >= _FEWEST:
            found.append(Grid(tuple(_cells(line) for _, line in rows), rows[0][0]))
        else:
            found += [Line(_joined(line), number) for number, line in rows if line.strip()]
    return found


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(
        "这不是文字文件。请把它另存为 .docx 或 UTF-8 的 .txt。",
        "This is not a text file. Save it as .docx or as .txt in UTF-8.",
    )


def _cells(line: str) -> tuple[str, ...]:
    separator = "\t" if "\t" in line.strip() else "|"
    stripped = line.strip().strip(separator) if separator == "|" else line.strip(" \n")
    return tuple(cell.strip() for cell in stripped.split(separator))


def _columns(line: str) -> int:
    """How many cells a line has; 1 when it is none of a table."""
    bare = line.strip()
    if "\t" in bare or (bare.startswith("|") and bare.endswith("|") and len(bare) > 1):
        return len(_cells(line))
    return 1


def _joined(line: str) -> str:
    return " ".join(line.split())
