"""A policy is handed out on paper to everybody who reads it, a draft to those who make policies."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.language.paper import into_pdf
from keguan.language.paper.content import Unreadable
from keguan.runtime.ledger.actions import SYSTEM, Actor
from keguan.runtime.org.actions import AddStaff, Appoint
from keguan.runtime.policies.actions import ReviewDraft, SaveDraft, SignDraft, StartDraft, SubmitDraft
from keguan.runtime.policies.queries import current
from tests.cast import HEAD_OFFICE, PASSWORD, SINCE

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Cast
    from tests.web.conftest import SignedIn

PACK = "property-developer"
PAGE = f"/policies/{PACK}/"
PRINT = f"{PAGE}versions/1.0.0/"


def words(response: HttpResponse) -> str:
    """Everything that stands in a Word file."""
    document = docx.Document(BytesIO(response.content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.fixture
def signed(company: Cast) -> None:
    """1.1.0 was drafted by 许可, reviewed by 周敏 and signed by 郑远."""
    unit = company.units[HEAD_OFFICE]
    added = AddStaff(actor=SYSTEM, username="zheng_yuan", staff_name="郑远", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=added, role="marketing_director", since=SINCE).run()
    text = next(each for each in current().sources if each.id == PACK).files["policy.md"]
    files = {"policy.md": text.replace("version: 1.0.0", "version: 1.1.0").replace(">= 800万", ">= 600万")}
    draft = StartDraft(actor=company.xu_ke.actor, pack=PACK).run()
    SaveDraft(actor=company.xu_ke.actor, draft_id=draft, revision=1, files=files).run()
    SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2).run()
    ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, approve=True).run()
    SignDraft(actor=Actor(added, "郑远", "web"), draft_id=draft, revision=2).run()


def test_everybody_can_take_the_policy_with_them(company: Cast, signed_in: SignedIn) -> None:
    """The page offers Word and PDF; 林晓 gets a file with the policy's name on it."""
    client = signed_in(company.lin_xiao)
    assert f'href="{PRINT}docx/"' in client.get(PAGE).content.decode()
    response = client.get(f"{PRINT}docx/")
    assert response.status_code == 200
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert "%E5%AE%A2%E6%88%B7%E4%BF%A1%E6%81%AF" in response["Content-Disposition"]  # 客户信息…
    assert "第四条 五级分类" in words(response)
    assert client.get(f"{PRINT}pdf/").content.startswith(b"%PDF")


@pytest.mark.usefixtures("signed")
def test_names_are_listed_for_those_who_make_policies_alone(company: Cast, signed_in: SignedIn) -> None:
    """The page shows 许可 who has to read 1.1.0 and 林晓 not; so do the sheets. Who signed is part of the policy."""
    address = f"{PAGE}versions/1.1.0/docx/"
    maker, reader = (words(signed_in(who).get(address)) for who in (company.xu_ke, company.lin_xiao))
    assert "赵启" in maker
    assert "赵启" not in reader
    assert "郑远" in reader


def test_a_draft_is_printed_for_those_who_may_see_it(company: Cast, signed_in: SignedIn) -> None:
    """许可 prints it from its preview; 林晓 is refused."""
    draft = StartDraft(actor=company.xu_ke.actor, pack=PACK).run()
    address = f"{PAGE}drafts/{draft}/"
    client = signed_in(company.xu_ke)
    preview = client.post(f"{address}preview/", headers={"HX-Request": "true"}).content.decode()
    assert f'href="{address}print/docx/"' in preview
    assert "草案第 1 稿" in words(client.get(f"{address}print/docx/"))
    assert signed_in(company.lin_xiao).get(f"{address}print/docx/").status_code == 403


def test_without_a_chinese_font_the_page_says_so_and_offers_word(
    company: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """422, the sentence, and the address of the Word file."""

    def none() -> str:
        raise Unreadable("没有中文字体。", "No Chinese font.")

    monkeypatch.setattr(into_pdf, "_family", none)
    response = signed_in(company.lin_xiao).get(f"{PRINT}pdf/")
    assert response.status_code == 422
    html = response.content.decode()
    assert "没有中文字体。" in html
    assert f'href="{PRINT}docx/"' in html


def test_a_draft_with_errors_says_why_it_is_not_printed(company: Cast, signed_in: SignedIn) -> None:
    """There is nothing to offer instead."""
    draft = StartDraft(actor=company.xu_ke.actor, pack="club", files={"policy.md": "没有正文"}).run()
    response = signed_in(company.xu_ke).get(f"/policies/club/drafts/{draft}/print/pdf/")
    assert response.status_code == 422
    assert "草案还有错误" in response.content.decode()
    assert "下载 Word" not in response.content.decode()


@pytest.mark.parametrize(
    "address", [f"{PAGE}versions/9.9.9/docx/", f"{PRINT}odt/", "/policies/none/versions/1.0.0/pdf/"]
)
def test_what_there_is_not_is_not_found(company: Cast, signed_in: SignedIn, address: str) -> None:
    """No such version, no such kind of file, no such policy."""
    assert signed_in(company.xu_ke).get(address).status_code == 404


@pytest.mark.usefixtures("signed")
def test_printing_costs_a_fixed_number_of_queries(company: Cast, signed_in: SignedIn) -> None:
    """However many staff there are."""
    client = signed_in(company.xu_ke)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(f"{PAGE}versions/1.1.0/docx/").status_code == 200
    assert len(counted) <= 22
