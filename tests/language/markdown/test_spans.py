"""Every piece of a document knows exactly where it stands."""

from __future__ import annotations

from keguan.language.diagnostics.findings import Findings
from keguan.language.markdown.document import Block, Heading, Prose, Written
from keguan.language.markdown.parse import parse_document
from tests.language.sources import PACKS


def _at(lines: list[str], written: Written) -> str:
    span = written.span
    assert span.line == span.end_line
    return lines[span.line - 1][span.column - 1 : span.end_column - 1]


def test_cells_headers_and_headlines_stand_where_they_say() -> None:
    """The text at the span of every cell, header and first line of a pack is that cell, header or first line."""
    seen = 0
    for file in PACKS.glob("*/policy.md"):
        text = file.read_text(encoding="utf-8")
        lines = text.split("\n")
        for element in parse_document("policy.md", text, Findings()).elements:
            if not isinstance(element, Block):
                continue
            pieces = [element.kind, element.label, element.code]
            pieces += [piece for header in element.headers for piece in (header.key, header.value)]
            if element.table is not None:
                pieces += [cell for row in (element.table.headings, *element.table.rows) for cell in row.cells]
            for piece in pieces:
                if piece.text:
                    assert _at(lines, piece) == piece.text
                    seen += 1
    assert seen > 1000


def test_no_line_is_lost() -> None:
    """Headings, prose and blocks together hold every line that is not empty or front matter, once."""
    for file in PACKS.glob("*/policy.md"):
        text = file.read_text(encoding="utf-8")
        document = parse_document("policy.md", text, Findings())
        held = [
            number for element in document.elements for number in range(element.span.line, element.span.end_line + 1)
        ]
        lines = text.split("\n")
        front = lines.index("---", 1) + 1
        written = [number for number, line in enumerate(lines, 1) if line.strip() and number > front]
        assert sorted(set(held)) == sorted({*held, *written})
        assert len(held) == len(set(held))


def test_prose_is_kept_as_written() -> None:
    """Prose between blocks keeps its line breaks, lists and emphasis."""
    text = "### 第一条 目的 {#purpose}\n\n文字*强调*，\n下一行。\n\n- 甲\n- 乙\n"
    heading, prose = parse_document("x.md", text, Findings()).elements
    assert isinstance(heading, Heading)
    assert (heading.level, heading.text, heading.anchor) == (3, "第一条 目的", "purpose")
    assert isinstance(prose, Prose)
    assert prose.text == "文字*强调*，\n下一行。\n\n- 甲\n- 乙"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    """A file saved on Windows reads like one saved elsewhere, at the same places."""
    text = (PACKS / "template" / "policy.md").read_text(encoding="utf-8")
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert parse_document("x.md", windows, Findings()) == parse_document("x.md", text, Findings())


def test_escaped_bars_do_not_end_a_cell() -> None:
    r"""``\|`` is a bar inside a cell."""
    block = parse_document(
        "x.md", ":::档案 甲 (a)\n\n| 一 | 二 |\n|---|---|\n| a\\|b | c |\n:::\n", Findings()
    ).elements[0]
    assert isinstance(block, Block)
    assert block.table is not None
    assert [cell.text for cell in block.table.rows[0].cells] == ["a|b", "c"]
