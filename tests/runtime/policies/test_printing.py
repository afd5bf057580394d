"""A policy on paper says what it is, who answered for it, and who has read it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pypdf
import pytest
from django.utils import translation

from keguan.language.paper import into_pdf
from keguan.language.paper.content import Unreadable
from keguan.runtime.ledger.actions import SYSTEM, Actor, Refused
from keguan.runtime.org.actions import AddStaff, Appoint
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import (
    ConfirmRead,
    Publish,
    ReviewDraft,
    SaveDraft,
    SignDraft,
    StartDraft,
    SubmitDraft,
)
from tests.cast import HEAD_OFFICE, PASSWORD, SINCE
from tests.runtime.policies.shelf import club

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.policies.queries import Paper
    from tests.cast import Cast

TODAY = "2026-11-21"


@pytest.fixture
def director(company: Cast, afternoon: datetime) -> Actor:
    """郑远, who signs; the club's policy is in force."""
    Publish(actor=SYSTEM, packs=(club(),)).run()
    unit = company.units[HEAD_OFFICE]
    added = AddStaff(actor=SYSTEM, username="zheng_yuan", staff_name="郑远", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=added, role="marketing_director", since=SINCE).run()
    return Actor(added, "郑远", "web")


def drafted(company: Cast, version: str = "1.1.0", threshold: int = 200) -> int:
    """许可 writes the club's next version."""
    draft = StartDraft(actor=company.xu_ke.actor, pack="club").run()
    files = club(version, "2026-11-30", threshold=threshold).files
    SaveDraft(actor=company.xu_ke.actor, draft_id=draft, revision=1, files=files).run()
    return draft


def signed(company: Cast, director: Actor, version: str = "1.1.0", threshold: int = 200) -> int:
    """周敏 reviews it and 郑远 signs."""
    draft = drafted(company, version, threshold)
    SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2).run()
    ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, approve=True).run()
    SignDraft(actor=director, draft_id=draft, revision=2).run()
    return draft


def tables(paper: Paper) -> list[list[tuple[str, ...]]]:
    """The tables of a Word file, row by row."""
    return [
        [tuple(cell.text for cell in row.cells) for row in table.rows]
        for table in docx.Document(BytesIO(paper.data)).tables
    ]


def signatures(paper: Paper) -> list[tuple[str, str, str]]:
    """Step, name and day of the signatures."""
    found = next(table for table in tables(paper) if table[0][:2] == ("步骤", "姓名"))
    return [(step, name, day) for step, name, _by_hand, day in found[1:]]


def readers(paper: Paper) -> list[tuple[str, str]]:
    """Name and day of the receipt sheet's lines."""
    found = next(table for table in tables(paper) if table[0][0] == "序号")
    return [(name, day) for _number, name, _unit, _by_hand, day in found[1:]]


def test_a_version_carries_the_signatures_of_its_process(company: Cast, director: Actor) -> None:
    """Who drafted, reviewed and signed it, each with the day; and the day from which it is in force."""
    signed(company, director)
    paper = policies.printed_version("club", "1.1.0", "docx", named=True)
    assert paper.file_name == "会员办法 1.1.0.docx"
    assert signatures(paper) == [("起草", "许可", TODAY), ("审核", "周敏", TODAY), ("签发", "郑远", TODAY)]
    assert dict(tables(paper)[0])["施行日期"] == "2026-11-30"


def test_the_receipt_sheet_lists_who_must_read_and_who_has(company: Cast, director: Actor) -> None:
    """Eight people; 林晓 has confirmed today. Without names the sheet is there to be filled in by hand."""
    signed(company, director)
    ConfirmRead(actor=company.lin_xiao.actor, pack="club", version="1.1.0").run()
    listed = readers(policies.printed_version("club", "1.1.0", "docx", named=True))
    assert dict(listed) == {
        "何审": "", "周敏": "", "管理": "", "许可": "", "郑远": "", "林晓": TODAY, "赵启": "", "方明": "",
    }  # fmt: skip
    blank = readers(policies.printed_version("club", "1.1.0", "docx", named=False))
    assert set(blank) == {("", "")}


def test_a_version_gone_by_lists_those_who_did_read_it(company: Cast, director: Actor) -> None:
    """1.1.0 is printed after 1.2.0 took its place: 林晓, who had confirmed it, is on the sheet and nobody else."""
    signed(company, director)
    ConfirmRead(actor=company.lin_xiao.actor, pack="club", version="1.1.0").run()
    signed(company, director, "1.2.0", 300)
    paper = policies.printed_version("club", "1.1.0", "docx", named=True)
    assert readers(paper) == [("林晓", TODAY)]
    assert "积分满200的为金级。" in "\n".join(each.text for each in docx.Document(BytesIO(paper.data)).paragraphs)


def test_what_was_published_without_the_process_says_by_whom(company: Cast, director: Actor) -> None:
    """1.0.0 came by set-up: one line with who published it."""
    paper = policies.printed_version("club", "1.0.0", "docx", named=True)
    assert signatures(paper) == [("发布", "系统", TODAY)]


def test_a_draft_is_signed_as_far_as_it_has_come(company: Cast, director: Actor) -> None:
    """Drafted: three empty lines. Approved: 许可 and 周敏. It says that it is a draft."""
    draft = drafted(company)
    seen = [signatures(policies.printed_draft(draft, "docx"))]
    SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2).run()
    ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, approve=True).run()
    paper = policies.printed_draft(draft, "docx")
    assert dict(tables(paper)[0])["版本"] == "1.1.0（草案第 2 稿）"
    seen.append(signatures(paper))
    empty = [("起草", "", ""), ("审核", "", ""), ("签发", "", "")]
    assert seen == [empty, [("起草", "许可", TODAY), ("审核", "周敏", TODAY), ("签发", "", "")]]


def test_a_returned_draft_loses_its_signatures(company: Cast, director: Actor) -> None:
    """What was handed in and returned was signed by nobody."""
    draft = drafted(company)
    SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2).run()
    back = ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, approve=False, opinion="门槛太高")
    back.run()
    assert {name for _step, name, _day in signatures(policies.printed_draft(draft, "docx"))} == {""}


def test_a_pdf_is_made_too_and_is_chinese_for_everybody(company: Cast, director: Actor) -> None:
    """An English reader's sheets have the same words as everybody's."""
    signed(company, director)
    with translation.override("en"):
        paper = policies.printed_version("club", "1.1.0", "pdf", named=True)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(paper.data)).pages)
    assert "起草" in text
    assert "郑远" in text
    assert paper.media_type == "application/pdf"


def test_without_a_chinese_font_a_pdf_is_refused_in_words(
    company: Cast, director: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the reader's language; Word goes on."""

    def none() -> str:
        raise Unreadable("没有中文字体。", "No Chinese font.")

    monkeypatch.setattr(into_pdf, "_family", none)
    with pytest.raises(Refused, match="没有中文字体") as refused:
        policies.printed_version("club", "1.0.0", "pdf", named=True)
    assert refused.value.code == "policies.unprintable"
    with translation.override("en"), pytest.raises(Refused, match="No Chinese font"):
        policies.printed_version("club", "1.0.0", "pdf", named=True)
    assert policies.printed_version("club", "1.0.0", "docx", named=True).data


def test_a_draft_with_errors_is_not_printed(company: Cast, director: Actor) -> None:
    """It says so."""
    draft = StartDraft(actor=company.xu_ke.actor, pack="club", files={"policy.md": "没有正文"}).run()
    with pytest.raises(Refused, match="草案还有错误"):
        policies.printed_draft(draft, "docx")


def test_there_is_nothing_to_print_of_what_there_is_not(company: Cast, director: Actor) -> None:
    """Neither of a version that was never published nor of a draft that was never begun."""
    for ask in (
        lambda: policies.printed_version("club", "9.9.9", "docx", named=True),
        lambda: policies.printed_draft(999, "docx"),
    ):
        with pytest.raises(KeyError):
            ask()
