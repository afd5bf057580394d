"""From the drawer to the editor, on the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import BringIn
from keguan.runtime.policies.models import Draft
from tests.language.paper.documents import SCANNED
from tests.language.paper.hostile import macro

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Cast, Member
    from tests.web.conftest import SignedIn

NEW = "/policies/new_policy/"


def send(
    signed_in: SignedIn, who: Member, name: str = "规定.txt", data: bytes | None = None, **more: str
) -> HttpResponse:
    """Somebody sends the form with a file."""
    file = SimpleUploadedFile(name, SCANNED.encode() if data is None else data)
    return signed_in(who).post(f"{NEW}file/", {"file": file, "pack": "service", "title": "", **more})


def brought(company: Cast) -> str:
    """The address of a draft made from the scanned policy."""
    number = BringIn(actor=company.xu_ke.actor, pack="service", file_name="规定.txt", data=SCANNED.encode()).run()
    return f"/policies/service/drafts/{number}/"


def test_the_list_offers_both_ways_to_those_who_draft(company: Cast, signed_in: SignedIn) -> None:
    """许可 finds them, 林晓 does not; the form has a name filled in that is free."""
    assert "带进一份制度" in signed_in(company.xu_ke).get("/policies/").content.decode()
    assert "带进一份制度" not in signed_in(company.lin_xiao).get("/policies/").content.decode()
    assert 'name="pack" value="customer-policy"' in signed_in(company.xu_ke).get(NEW).content.decode()


def test_a_file_becomes_a_draft_and_its_page_tells_what_became_of_it(company: Cast, signed_in: SignedIn) -> None:
    """What was found and left out, with place and reason, and what each clause could become; then the editor."""
    response = send(signed_in, company.xu_ke)
    assert response.status_code == 302
    address = response["Location"]
    assert re.fullmatch(r"/policies/service/drafts/\d+/origin/", address)
    html = signed_in(company.xu_ke).get(address).content.decode()
    assert "规定.txt" in html
    assert "青禾物业有限公司内部资料" in html
    assert "每页重复的页眉或页脚" in html
    duty = html.split("第三条")[1].split("</li>")[0]
    assert "职责</span> <q>24小时内</q>" in duty
    editor = signed_in(company.xu_ke).get(address.replace("origin/", "")).content.decode()
    assert "客服中心接到投诉后" in editor
    assert "带进来的情况" in editor


def test_an_english_reader_is_told_in_english(company: Cast, signed_in: SignedIn) -> None:
    """Reasons and kinds of blocks are in the reader's language."""
    client = signed_in(company.xu_ke)
    client.post(reverse("language"), {"language": "en"})
    html = client.get(f"{brought(company)}origin/").content.decode()
    assert "running head or foot" in html
    assert "Duty</span>" in html


def test_what_is_refused_is_said_on_the_form_and_nothing_is_kept(company: Cast, signed_in: SignedIn) -> None:
    """Macros: the sentence, and what was typed is still there. No file: so it says."""
    response = send(signed_in, company.xu_ke, "制度.docx", macro(), title="我的制度")
    assert response.status_code == 422
    html = response.content.decode()
    assert "读不了这个 Word 文件" in html
    assert 'value="我的制度"' in html
    assert 'value="service"' in html
    missing = signed_in(company.xu_ke).post(f"{NEW}file/", {"pack": "service"})
    assert "请选择要带进来的文件" in missing.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("title", "suggested"), [("制度", "制度"), ("我的制度", "")])
def test_a_title_that_a_file_suggested_may_be_suggested_anew(
    company: Cast, signed_in: SignedIn, title: str, suggested: str
) -> None:
    """After a refusal the page knows whether the title came from the file: only then another file replaces it."""
    html = send(signed_in, company.xu_ke, "制度.docx", macro(), title=title).content.decode()
    assert f'data-suggested="{suggested}"' in html
    assert f'value="{title}"' in html


def test_a_large_file_is_refused_and_never_lies_on_the_disk(
    company: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eleven megabytes: the sentence, and no temporary file was made for it."""

    def never(*_arguments: object, **_more: object) -> None:
        raise AssertionError("written to the disk")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", never)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", never)
    response = send(signed_in, company.xu_ke, data=b"x" * (11 * 1024 * 1024))
    assert response.status_code == 422
    assert "文件超过 10 MB" in response.content.decode()


def test_a_blank_policy_opens_in_the_editor(company: Cast, signed_in: SignedIn) -> None:
    """The example under its own title; a name in use is refused on the form."""
    client = signed_in(company.xu_ke)
    response = client.post(f"{NEW}example/", {"pack": "club", "title": "会员办法"})
    assert response.status_code == 302
    assert "# 会员办法" in client.get(response["Location"]).content.decode()
    again = client.post(f"{NEW}example/", {"pack": "club", "title": "会员办法"})
    assert again.status_code == 422
    assert "已有制度或草案在用" in again.content.decode()
    assert Draft.objects.count() == 1


def test_those_who_do_not_draft_are_turned_away(company: Cast, signed_in: SignedIn) -> None:
    """The pages, the forms and the draft's origin; nothing is made."""
    address = brought(company)
    client = signed_in(company.lin_xiao)
    assert client.get(NEW).status_code == 403
    assert send(signed_in, company.lin_xiao, pack="other").status_code == 403
    assert client.post(f"{NEW}example/", {"pack": "club", "title": "会员办法"}).status_code == 403
    assert client.get(f"{address}origin/").status_code == 403
    assert Draft.objects.count() == 1


def test_a_draft_that_came_from_no_file_has_no_origin(company: Cast, signed_in: SignedIn) -> None:
    """404, as for a draft of another policy."""
    client = signed_in(company.xu_ke)
    started = client.post("/policies/property-developer/drafts/")["Location"]
    assert client.get(f"{started}origin/").status_code == 404
    assert "带进来的情况" not in client.get(started).content.decode()
    assert client.get(f"{brought(company).replace('service', 'core')}origin/").status_code == 404


def test_the_published_policy_tells_what_its_bare_clauses_could_become(company: Cast, signed_in: SignedIn) -> None:
    """第七条 speaks of secrecy: it could become an access block; so says the preview of a draft."""
    client = signed_in(company.xu_ke)
    html = client.get("/policies/property-developer/").content.decode()
    assert "权限</span> <q>保密</q>" in html
    preview = client.post(f"{brought(company)}preview/", headers={"HX-Request": "true"}).content.decode()
    assert "保存</span> <q>保存三年</q>" in preview
    assert 'href="#preview-' in preview


@pytest.mark.parametrize(("path", "most"), [(NEW, 9), ("origin/", 13)])
def test_the_pages_cost_a_fixed_number_of_queries(company: Cast, signed_in: SignedIn, path: str, most: int) -> None:
    """However long the file and however many drafts there are."""
    client = signed_in(company.xu_ke)
    address = brought(company) + path if path == "origin/" else path
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    assert len(counted) <= most


def test_a_draft_of_paper_goes_the_way_of_every_draft(company: Cast, signed_in: SignedIn) -> None:
    """It is submitted as it is: sound, and all of it told only."""
    address = brought(company)
    posted = {"step": "submit", "revision": "1"}
    assert signed_in(company.xu_ke).post(f"{address}step/", posted).status_code == 302
    number = int(address.rstrip("/").rpartition("/")[2])
    assert policies.draft(number).card.state is policies.State.REVIEW
