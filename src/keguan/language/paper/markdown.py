"""Text of a paper document as Markdown that shows just that text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_INLINE = re.compile(r"([\\`*<])")
_START = re.compile(r"(#{1,6}(?:\s|$)|>|\||:::|[-+](?:\s|$)|[-_=~]{3,})")
_CODE = re.compile(r"\s+")


def escaped(text: str) -> str:
    """A line that Markdown would not take for anything but text."""
    made = _INLINE.sub(r"\\\1", _CODE.sub(" ", text).strip())
    return f"\\{made}" if _START.match(made) else made


def table(rows: Sequence[Sequence[str]]) -> str:
    """A pipe table; its first row is the headings."""
    lines = [_row(row) for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _row(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in (_cell(cell) for cell in cells))


def _cell(text: str) -> str:
    return _INLINE.sub(r"\\\1", " ".join(text.split())).replace("|", "\\|")
