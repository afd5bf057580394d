"""Drafting, checking, trying and saving a revision from the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import StartDraft
from tests.cast import Cast
from tests.web.conftest import SignedIn

PUBLISHED = (Path(__file__).parents[3] / "packs" / "property-developer" / "policy.md").read_text(encoding="utf-8")
FIELD = "file.policy.md"
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def draft(company: Cast) -> str:
    """The address of a draft that 许可 has begun."""
    number = StartDraft(actor=company.xu_ke.actor, pack="property-developer").run()
    return f"/policies/property-developer/drafts/{number}/"


def _draft(*changes: tuple[str, str], **more: str) -> dict[str, str]:
    text = PUBLISHED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {FIELD: text.replace("\n", "\r\n"), **more}


def _post(client: Client, address: str, posted: dict[str, str]) -> str:
    response = client.post(address, posted, headers=FRAGMENT)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_draft_is_begun_from_the_published_text(company: Cast, signed_in: SignedIn) -> None:
    """The document's button opens a draft that holds the published text to the letter."""
    client = signed_in(company.xu_ke)
    assert "起草修订" in client.get("/policies/property-developer/").content.decode()
    response = client.post("/policies/property-developer/drafts/")
    assert response.status_code == 302
    number = int(re.search(r"/drafts/(\d+)/", response["Location"])[1])  # type: ignore[index]
    assert policies.draft(number).files == {"policy.md": PUBLISHED}
    assert PUBLISHED.split("\n")[0] in client.get(response["Location"]).content.decode()


def test_a_sound_draft_is_told_so(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """The published text itself has no error; a browser's line ends make no difference."""
    html = _post(signed_in(company.xu_ke), f"{draft}check/", _draft())
    assert 'class="pill pill--red"' not in html
    assert "notice--good" in html


def test_a_mistake_is_listed_with_its_place_and_a_hint(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """A misspelt field is an error with id, line, column, sentence and hint, and answers the question it was asked."""
    posted = _draft(("count(活动参加)", "count(活动参咖)"), asked="17")
    lines = posted[FIELD].splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "活动参咖" in text)
    html = _post(signed_in(company.xu_ke), f"{draft}check/", posted)
    assert "活动参咖" in html
    found = html.split(f'data-line="{line}"')[1].split("</li>")[0]
    column = int(re.search(r'data-column="(\d+)"', found)[1])  # type: ignore[index]
    assert lines[line - 1][column - 1 :].startswith("活动参咖")
    assert "findings__hint" in found
    assert 'data-asked="17"' in html


def test_a_trial_writes_nothing(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """A trial draws a picture, and leaves the policy, the draft and every table as they were."""
    before = policies.current().publication_id
    html = _post(signed_in(company.xu_ke), f"{draft}trial/", _draft((">= 800万", ">= 600万")))
    assert '<svg class="flow"' in html
    assert policies.current().publication_id == before
    assert policies.draft(_number(draft)).files == {"policy.md": PUBLISHED}


def test_the_comparison_shows_the_old_and_the_new_text(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """A changed cell stands under its clause with what it was and what it is, and how far that reaches."""
    client = signed_in(company.xu_ke)
    html = _post(client, f"{draft}changes/", _draft((">= 800万", ">= 600万")))
    assert "<h2>第四条 五级分类</h2>" in html
    assert "<del>&gt;= 800万</del>" in html
    assert "<ins>&gt;= 600万</ins>" in html
    assert "影响判定" in html
    assert "与施行中的版本没有不同" in _post(client, f"{draft}changes/", _draft())


def test_a_draft_with_errors_is_neither_tried_nor_compared(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """The trial of a broken draft lists what is wrong; comparison and preview say why they cannot."""
    client, posted = signed_in(company.xu_ke), _draft(("count(活动参加)", "count(活动参咖)"))
    html = _post(client, f"{draft}trial/", posted)
    assert "草案还有错误，没有试算。" in html
    assert "<svg" not in html
    assert "改好后才能与施行中的版本对比" in _post(client, f"{draft}changes/", posted)
    preview = _post(client, f"{draft}preview/", posted)
    assert "下面只是文字的样子" in preview
    assert "第七条 保密" in preview


def test_the_preview_is_what_staff_will_read(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """A new clause stands in the preview with its status; nothing counts as evidence before it is published."""
    added = "### 第九十九条 茶水 {#tea}\n\n客户到店奉茶。\n"
    html = _post(signed_in(company.xu_ke), f"{draft}preview/", {FIELD: PUBLISHED + "\n" + added})
    article = html.split('id="preview-tea"')[1].split("</article>")[0]
    assert "客户到店奉茶" in article
    assert "仅叙述" in article
    assert "/records/" not in html


def test_a_save_returns_the_revision_and_who_kept_it(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """The text is kept with Unix line ends as revision 2."""
    posted = _draft((">= 800万", ">= 600万"), revision="1")
    html = _post(signed_in(company.xu_ke), f"{draft}save/", posted)
    assert 'name="revision" value="2"' in html
    assert "第 2 稿" in html
    assert policies.draft(_number(draft)).files == {"policy.md": PUBLISHED.replace(">= 800万", ">= 600万")}


def test_of_two_who_save_the_second_keeps_their_text_as_a_draft(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """周敏 saves first: 许可 gets 409 with her name and stays at his revision; his text becomes a draft of its own."""
    _post(signed_in(company.zhou_min), f"{draft}save/", _draft((">= 800万", ">= 700万"), revision="1"))
    his = _draft((">= 800万", ">= 600万"), revision="1")
    client = signed_in(company.xu_ke)
    late = client.post(f"{draft}save/", his, headers=FRAGMENT)
    html = late.content.decode()
    assert late.status_code == 409
    assert "周敏" in html
    assert 'name="revision" value="1"' in html
    assert ">= 700万" in policies.draft(_number(draft)).files["policy.md"]
    copied = client.post(f"{draft}copy/", his)
    assert ">= 600万" in policies.draft(_number(copied["Location"])).files["policy.md"]
    assert ">= 700万" in policies.draft(_number(draft)).files["policy.md"]


def test_a_salesperson_reads_but_does_not_draft(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """The document is for everyone; drafts, their checks and their steps are refused in words, and nothing changes."""
    client = signed_in(company.lin_xiao)
    before = policies.draft(_number(draft))
    assert "起草修订" not in client.get("/policies/property-developer/").content.decode()
    assert "在办草案" not in client.get("/policies/").content.decode()
    for step in ("", "check/", "save/", "copy/", "preview/", "changes/", "trial/", "process/", "step/"):
        posted = _draft(revision="1", step="submit")
        response = client.get(draft) if step == "" else client.post(f"{draft}{step}", posted)
        assert response.status_code == 403
        assert "您的岗位不起草、审核或签发制度" in response.content.decode()
    assert client.post("/policies/property-developer/drafts/").status_code == 403
    assert (policies.draft(_number(draft)), len(policies.drafts())) == (before, 1)


def test_a_draft_lives_at_its_own_address_only(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """Another pack's name or another number is not found."""
    client = signed_in(company.xu_ke)
    assert client.get(draft.replace("property-developer", "core")).status_code == 404
    assert client.get("/policies/property-developer/drafts/999999/").status_code == 404


def test_the_document_shows_each_clauses_status_and_its_evidence(company: Cast, signed_in: SignedIn) -> None:
    """The grading clause is enforced, its table is there for people to read, and its figure opens the list."""
    client = signed_in(company.zhou_min)
    with CaptureQueriesContext(connection) as queries:
        html = client.get("/policies/property-developer/").content.decode()
    assert len(queries) <= 28
    article = html.split('id="grade"')[1].split("</article>")[0]
    assert '<span class="pill pill--enforced">系统强制</span>' in article
    assert "≥\N{NO-BREAK SPACE}5000万" in article
    assert "customer_grade-1" in article
    assert "仅叙述" in html.split('id="purpose"')[1].split("</article>")[0]


def test_the_coverage_counts_clauses_and_controls(company: Cast, signed_in: SignedIn) -> None:
    """Beside the document every status stands with its clauses, each a link, and the number of its controls."""
    html = signed_in(company.lin_xiao).get("/policies/property-developer/").content.decode()
    shares = html.split("<h2>落实情况</h2>")[1].split("</section>")[0]
    found = policies.document("property-developer").coverage
    for status, label in (("enforced", "系统强制"), ("narrative", "仅叙述")):
        share = shares.split(f"pill--{status}")[1].split("</details>")[0]
        assert label in share
        assert f"{found.by_status[status]} 条" in share
        assert share.count("<li>") == found.by_status[status]
    assert f"{found.controls['enforced']} 个控制点" in shares


def test_an_unknown_policy_is_not_found(company: Cast, signed_in: SignedIn) -> None:
    """A pack that is not in force has no page."""
    assert signed_in(company.zhou_min).get("/policies/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("side", "budget"),
    [("", 10), ("check/", 12), ("save/", 24), ("preview/", 13), ("changes/", 12), ("trial/", 16), ("process/", 9)],
)
def test_every_side_of_a_draft_keeps_to_its_budget(
    side: str, budget: int, company: Cast, draft: str, signed_in: SignedIn
) -> None:
    """The queries of the editor and of what it asks for while one types do not grow."""
    client = signed_in(company.xu_ke)
    posted = _draft(revision="1")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(draft) if side == "" else client.post(f"{draft}{side}", posted, headers=FRAGMENT)
    assert response.status_code == 200
    assert len(queries) <= budget, [each["sql"] for each in queries]


def _number(address: str) -> int:
    return int(address.rstrip("/").rpartition("/")[2])
