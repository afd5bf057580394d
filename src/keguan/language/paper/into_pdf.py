"""A policy as a PDF, set by Typst. The text goes in as data, never as markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from keguan.language.paper.content import Unreadable
from keguan.language.paper.pieces import Heading, Paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.paper.pieces import Piece
    from keguan.language.paper.sheets import Sheets

TEMPLATE = Path(__file__).parent / "policy.typ"
FAMILIES = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC", "Source Han Sans SC",
    "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei",
)  # fmt: skip
"""Chinese fonts that will do, the best first. Without one, Typst would set empty boxes and say nothing."""


def into_pdf(sheets: Sheets) -> bytes:
    """The PDF/A-2b. Raises ``Unreadable`` when this machine has no Chinese font."""
    data = {
        "title": sheets.title,
        "running": sheets.running,
        "body": [_data(piece) for piece in sheets.body],
        "receipts": [_data(piece) for piece in sheets.receipts],
    }
    return typeset(TEMPLATE, data)


def typeset(template: Path, data: Mapping[str, object]) -> bytes:
    """A template with its data, in a Chinese font, as PDF/A-2b. Raises ``Unreadable`` when this machine has none."""
    import typst

    given = json.dumps({**data, "family": _family()}, ensure_ascii=False)
    made = typst.compile(template.read_bytes(), sys_inputs={"sheets": given}, pdf_standards="a-2b")
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@cache
def _family() -> str:
    import typst

    installed = set(typst.Fonts().families())
    family = next((each for each in FAMILIES if each in installed), None)
    if family is None:
        raise Unreadable(
            "这台机器上没有中文字体，排不出 PDF。请安装一种（例如 Debian 的 fonts-noto-cjk），或改用 Word。",
            "No Chinese font is installed here, so no PDF can be set. Install one (e.g. Debian's fonts-noto-cjk) or "
            "use Word.",
        )
    return family


def _data(piece: Piece) -> dict[str, object]:
    kind = "heading" if isinstance(piece, Heading) else "paragraph" if isinstance(piece, Paragraph) else "table"
    return {"kind": kind, **asdict(piece)}
