"""The documents of a case as PDF."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from keguan.language.paper import into_pdf
from keguan.language.paper.content import Unreadable
from keguan.language.paper.letter import Letter, Signer, pieces, print_letter
from keguan.language.paper.pieces import Heading, Paragraph, Table
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.processes.models import Document
from keguan.runtime.records.actions import Update
from tests.runtime.processes.forming import apply, decide, publish_forms
from tests.runtime.processes.world import viewer
from tests.written_down import deeds

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.runtime.processes.world import Office
    from tests.web.conftest import SignedIn

ADDRESS = "滨海市望江路1号"


@pytest.fixture
def letter(office: Office) -> Document:
    """What 周敏 wrote to a customer when she granted the application."""
    publish_forms()
    Update(
        viewer=viewer(office.cast.lin_xiao),
        record_type="customer",
        id=office.customer,
        version=1,
        values={"price_limit": "800万"},
    ).run()
    case = apply(office, {"mail_to": ADDRESS})
    decide(office, case, {"verdict": "调整", "price_new": "450万"})
    return Document.objects.get(case=case)


def words(response: HttpResponse) -> str:
    """Everything that stands in a PDF, without blanks."""
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split())


def address(letter: Document) -> str:
    """Where it is to be had."""
    return f"/cases/{letter.case_id}/documents/{letter.pk}/pdf/"


def test_a_letter_is_downloaded_as_it_is_shown(office: Office, letter: Document, signed_in: SignedIn) -> None:
    """The page offers it; the file has number, title, text with what is sensitive masked, seal, day, who signed, where
    the ledger tells of it, and which page of how many it is; in a Chinese font that is inside.
    """
    browser = signed_in(office.cast.lin_xiao)
    browser.post("/language", {"language": "en", "next": "/cases/"})
    assert f'href="{address(letter)}"' in browser.get(f"/cases/{letter.case_id}/").content.decode()
    response = browser.get(address(letter))
    text = words(response)
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=UTF-8''关于张伟的通知 YH-2026-001.pdf"
    asked = ledger.EntryFilters(action="cases.write_document")
    (entry,) = ledger.entries_page(filters=asked).entries
    for part in (
        "通知YH-2026-001关于张伟的通知",
        "YH-2026-001",
        "张伟（138****5612）：",
        "由8,000,000.00元改为4,500,000.00元",
        "寄往滨海市望******",
        "（销售专用章）",
        "2026年3月2日",
        "周敏调整2026-03-02周一09:00有效",
        f"账本第{entry.id}条",
        "第1页共1页",
    ):
        assert part in text, part
    assert "13800135612" not in text
    fonts = PdfReader(BytesIO(response.content)).pages[0]["/Resources"]["/Font"].values()
    assert all("/FontFile" in str(font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]) for font in fonts)


def test_the_whole_letter_is_had_for_a_reason(office: Office, letter: Document, signed_in: SignedIn) -> None:
    """周敏, who may see originals, gets it as it goes out, and the ledger keeps why; without a reason she is told so
    and the ledger has nothing.
    """
    browser, before = signed_in(office.cast.zhou_min), deeds()
    assert "下载不遮盖的 PDF" in browser.get(f"/cases/{letter.case_id}/").content.decode()
    before = deeds()
    refused = browser.post(address(letter), {"reason": ""})
    assert refused.status_code == 422
    assert "请写明查看原文的事由" in refused.content.decode()
    assert deeds() == before
    text = words(browser.post(address(letter), {"reason": "寄给客户"}))
    assert "张伟（13800135612）：" in text
    assert f"寄往{ADDRESS}" in text
    asked = ledger.EntryFilters(action="cases.reveal_document")
    (entry,) = ledger.entries_page(filters=asked).entries
    assert entry.data == {"document": letter.pk, "reason": "寄给客户"}


def test_nobody_gets_what_they_may_not_see(office: Office, letter: Document, signed_in: SignedIn) -> None:
    """赵启 may not see originals; 方明 of another branch knows nothing of the case; a document of no case is not there.
    Nothing is written down.
    """
    before = deeds()
    supervisor = signed_in(office.cast.zhao_qi)
    refused = supervisor.post(address(letter), {"reason": "寄给客户"})
    assert refused.status_code == 422
    assert "不在您的原文范围内" in refused.content.decode()
    stranger = signed_in(office.cast.fang_ming)
    for answer in (stranger.get(address(letter)), stranger.post(address(letter), {"reason": "寄给客户"})):
        assert answer.status_code == 403
        assert "张伟" not in answer.content.decode()
    assert supervisor.get(f"/cases/{letter.case_id}/documents/{letter.pk + 1}/pdf/").status_code == 403
    assert deeds() == before


def test_without_a_chinese_font_the_page_says_so(
    office: Office, letter: Document, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """422, with the sentence and a way back to the case."""

    def none() -> str:
        raise Unreadable("没有中文字体。", "No Chinese font.")

    monkeypatch.setattr(into_pdf, "_family", none)
    answer = signed_in(office.cast.lin_xiao).get(address(letter))
    assert answer.status_code == 422
    assert "没有中文字体。" in answer.content.decode()
    assert f'href="/cases/{letter.case_id}/"' in answer.content.decode()


def test_every_sign_of_the_text_stands_on_the_sheet() -> None:
    """Two masked numbers in a line keep their asterisks, lines stay lines, a table is a table, and a long letter counts
    its pages.
    """
    text = "电话 138****5612 与 139****5678\n第二行 *不是* 标记\n\n## 明细\n\n| 项 | 额 |\n|---|---|\n| 甲 | 1 |\n"
    assert pieces(text) == (
        Paragraph("电话 138****5612 与 139****5678\n第二行 *不是* 标记"),
        Heading("明细", 2),
        Table(("项", "额"), (("甲", "1"),)),
    )
    signers = (Signer("周敏", "同意", "2026-03-02 周一 09:00", kept=False),)
    long = Letter(
        "函",
        "H-1",
        "复函",
        "\n\n".join([text, *["一段" * 60] * 30]),
        "",
        "2026年3月2日",
        signers,
        7,
        "2026-03-02",
        "周敏",
    )
    pages = [page.extract_text() for page in PdfReader(BytesIO(print_letter(long))).pages]
    said = "".join("".join(pages).split())
    for part in ("138****5612与139****5678", "第二行*不是*标记", "甲1", "周敏同意2026-03-02周一09:00不符"):
        assert part in said, part
    assert len(pages) > 1
    assert f"第{len(pages)}页共{len(pages)}页" in "".join(pages[-1].split())
