"""A policy is taken out for signature, as Word and as PDF."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfReader

from keguan.language import api
from keguan.language.paper import into_pdf
from keguan.language.source import PackSource, read_pack
from tests.house.fonts import chinese_font

PRINTED = date(2026, 11, 21)
TEMPLATE = Path(__file__).resolve().parents[3] / "packs" / "template"


def template() -> api.Checked:
    """The example pack, checked."""
    return api.check([read_pack(TEMPLATE)])


def printed(form: str, **more: object) -> bytes:
    """The example pack on paper."""
    model = template().model
    assert model is not None
    return api.print_policy(model.policies["template"], form, PRINTED, **more)  # type: ignore[arg-type]


def test_word_has_every_clause_table_signature_and_receipt() -> None:
    """Clauses stand in their order under Word's heading styles, tables are tables, and the last is the receipts'."""
    model = template().model
    assert model is not None
    policy = model.policies["template"]
    readers = (api.Receipt("苏禾", "前台", "2026-11-20"), api.Receipt("陆青", "教练组"))
    document = docx.Document(BytesIO(printed("docx", signed=[api.Signature("签发", "沈店长")], readers=readers)))
    headings = [each.text for each in document.paragraphs if each.style is not None and each.style.name == "Heading 2"]
    assert headings == [f"{clause.ref.number} {clause.ref.title}" for clause in policy.clauses]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    blocks = [part for clause in policy.clauses for part in clause.parts if part.control and "|" in part.prose]
    assert len(tables) == 1 + len(blocks) + 2
    assert tables[0][0] == ["版本", "1.0.0"]
    assert tables[-2] == [["步骤", "姓名", "签字", "日期"], ["签发", "沈店长", "", ""]]
    assert tables[-1][1:] == [["1", "苏禾", "前台", "", "2026-11-20"], ["2", "陆青", "教练组", "", ""]]
    assert policy.title in document.sections[0].header.paragraphs[0].text


def test_word_names_no_author_and_no_program() -> None:
    """The file's own particulars give the title only."""
    with ZipFile(BytesIO(printed("docx"))) as packed:
        core = packed.read("docProps/core.xml").decode()
    assert "健身房会员管理办法" in core
    assert "python-docx" not in core
    assert "2026-11-21T00:00:00Z" in core


def test_what_was_printed_can_be_brought_in_again() -> None:
    """The Word file, brought in, has the same clauses with the same numbers and titles."""
    model = template().model
    assert model is not None
    brought = api.bring_in("a.docx", printed("docx"), "again", PRINTED)
    again = api.check([PackSource("again", {"policy.md": brought.text})]).model
    assert again is not None
    before = [(clause.ref.number, clause.ref.title) for clause in model.policies["template"].clauses]
    assert [(clause.ref.number, clause.ref.title) for clause in again.policies["again"].clauses] == before


@chinese_font
def test_pdf_has_the_text_the_version_and_page_numbers() -> None:
    """The PDF can be searched: title, version, clause, table cell, signature line and receipt sheet are in its text."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(printed("pdf"))).pages]
    text = "".join("".join(pages).split())
    for words in ("健身房会员管理办法", "1.0.0版", "第五条", "累计消费", "签署", "阅知确认表", f"1/{len(pages)}"):
        assert words in text, words
    assert "阅知确认表" in pages[-1]


def test_without_a_chinese_font_the_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty boxes are never printed: the reason and the way out are said in both languages."""
    monkeypatch.setattr(into_pdf, "FAMILIES", ("No Such Font",))
    into_pdf._family.cache_clear()
    with pytest.raises(api.Unreadable) as refused:
        printed("pdf")
    into_pdf._family.cache_clear()
    assert "字体" in refused.value.zh
    assert "font" in refused.value.en


def test_markup_in_a_policy_is_text_on_paper() -> None:
    """What looks like Typst or Word markup is printed as it stands."""
    text = (
        "---\nid: odd\ntitle: 办法\nversion: 1.0.0\neffective: 2026-01-01\nuses: []\n---\n"
        '### 第一条 #set\n\n\\#import "x" $a$ @b \\<c\\>\n\n1. 甲\n2. 乙\n   - 丙\n'
    )
    model = api.check([PackSource("odd", {"policy.md": text})]).model
    assert model is not None
    document = docx.Document(BytesIO(api.print_policy(model.policies["odd"], "docx", PRINTED)))
    lines = [each.text for each in document.paragraphs]
    assert lines[2:7] == ["第一条 #set", '#import "x" $a$ @b <c>', "1. 甲", "2. 乙", "• 丙"]
