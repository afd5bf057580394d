"""An export as a PDF: a table on pages, the mark in words slanted behind each of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.exports.forms import MOST_ROWS, Form
from keguan.runtime.exports.forms.fonts import family
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.exports.forms import Cover, Sink

_TEMPLATE = Path(__file__).parent / "table.typ"


def write(sink: Sink, cover: Cover, pages: Iterable[list[tuple[str, ...]]]) -> int:
    """All rows at once. Raises ``Refused``: ``exports.too_long`` for more than a PDF may hold, ``exports.font`` where
    this machine has no Chinese font.
    """
    rows: list[tuple[str, ...]] = []
    for page in pages:
        rows += page
        if len(rows) > MOST_ROWS[Form.PDF]:
            raise too_long()
    name = family()
    if name is None:
        raise Refused("exports.font", _("服务器上没有中文字体，排不出 PDF。请改用表格，或联系系统管理员安装字体。"))
    import typst

    given = {
        "title": cover.title,
        "words": cover.words,
        "mark": f"{cover.token:016x}",
        "headings": cover.headings,
        "rows": rows,
        "family": name,
    }
    inputs = {"given": json.dumps(given, ensure_ascii=False)}
    made = typst.compile(_TEMPLATE.read_bytes(), sys_inputs=inputs, pdf_standards="a-2b")
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    sink.write(made)
    return len(rows)


def too_long() -> Refused:
    """The refusal of more rows than a PDF may hold."""
    sentence = _("PDF 最多 %(most)s 行。请改用 Excel 或 CSV，或缩小范围。") % {"most": MOST_ROWS[Form.PDF]}
    return Refused("exports.too_long", sentence)
