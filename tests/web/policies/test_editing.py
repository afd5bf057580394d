"""Drafting, checking, trying and publishing a revision from the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.policies import queries as policies
from tests.cast import Cast
from tests.web.conftest import SignedIn

PUBLISHED = (Path(__file__).parents[3] / "packs" / "property-developer" / "policy.md").read_text(encoding="utf-8")
FIELD = "file.policy.md"
FRAGMENT = {"HX-Request": "true"}


def _draft(*changes: tuple[str, str]) -> dict[str, str]:
    text = PUBLISHED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {FIELD: text.replace("\n", "\r\n")}


def test_a_sound_draft_is_told_so(company: Cast, signed_in: SignedIn) -> None:
    """The published text itself has no error; a browser's line ends make no difference."""
    client = signed_in(company.zhou_min)
    html = client.post("/policies/property-developer/check/", _draft(), headers=FRAGMENT).content.decode()
    assert 'class="pill pill--red"' not in html
    assert "notice--good" in html


def test_a_mistake_is_listed_with_its_line_and_a_hint(company: Cast, signed_in: SignedIn) -> None:
    """A misspelt field is an error with id, line, sentence and hint; the line is a button."""
    draft = _draft(("count(活动参加)", "count(活动参咖)"))
    line = next(n for n, text in enumerate(draft[FIELD].splitlines(), 1) if "活动参咖" in text)
    client = signed_in(company.zhou_min)
    html = client.post("/policies/property-developer/check/", draft, headers=FRAGMENT).content.decode()
    assert "活动参咖" in html
    assert f'data-file="policy.md" data-line="{line}"' in html
    assert "findings__hint" in html


def test_a_trial_writes_nothing(company: Cast, signed_in: SignedIn) -> None:
    """A trial shows changes and a picture, and leaves the policy and every table as they were."""
    before = policies.current().publication_id
    draft = _draft((">= 800万", ">= 600万"))
    client = signed_in(company.zhou_min)
    html = client.post("/policies/property-developer/trial/", draft, headers=FRAGMENT).content.decode()
    assert '<svg class="flow"' in html
    assert "由“&gt;= 800万”改为“&gt;= 600万”" in html
    assert policies.current().publication_id == before


def test_a_draft_with_errors_is_not_tried(company: Cast, signed_in: SignedIn) -> None:
    """The trial of a broken draft lists what is wrong instead."""
    draft = _draft(("count(活动参加)", "count(活动参咖)"))
    client = signed_in(company.zhou_min)
    html = client.post("/policies/property-developer/trial/", draft, headers=FRAGMENT).content.decode()
    assert "草案还有错误，没有试算。" in html
    assert "<svg" not in html


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (_draft(("count(活动参加)", "count(活动参咖)")), "处错误，没有发布"),
        (_draft((">= 800万", ">= 600万")), "1.0.0"),
    ],
    ids=["broken", "same version"],
)
def test_what_cannot_be_published_stays_in_the_editor(
    draft: dict[str, str], sentence: str, company: Cast, signed_in: SignedIn
) -> None:
    """A refused draft comes back with what was typed and why, and nothing is published."""
    before = policies.current().publication_id
    response = signed_in(company.zhou_min).post("/policies/property-developer/publish/", draft)
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert "第七条 保密" in html
    assert policies.current().publication_id == before


def test_a_salesperson_reads_but_does_not_draft(company: Cast, signed_in: SignedIn) -> None:
    """The document is for everyone; the editor, its checks and publishing are refused in words."""
    client = signed_in(company.lin_xiao)
    assert "起草修订" not in client.get("/policies/property-developer/").content.decode()
    for step in ("draft", "check", "trial", "publish"):
        address = f"/policies/property-developer/{step}/"
        response = client.get(address) if step == "draft" else client.post(address, _draft())
        assert response.status_code == 403
        assert "您的岗位没有“发布制度”这一项" in response.content.decode()


def test_the_document_shows_each_clauses_status_and_its_evidence(company: Cast, signed_in: SignedIn) -> None:
    """The grading clause is enforced, its table is there for people to read, and its figure opens the list."""
    client = signed_in(company.zhou_min)
    with CaptureQueriesContext(connection) as queries:
        html = client.get("/policies/property-developer/").content.decode()
    assert len(queries) <= 26
    article = html.split('id="grade"')[1].split("</article>")[0]
    assert '<span class="pill pill--enforced">系统强制</span>' in article
    assert "≥\N{NO-BREAK SPACE}5000万" in article
    assert "customer_grade-1" in article
    assert "仅叙述" in html.split('id="purpose"')[1].split("</article>")[0]


def test_an_unknown_policy_is_not_found(company: Cast, signed_in: SignedIn) -> None:
    """A pack that is not in force has no page."""
    assert signed_in(company.zhou_min).get("/policies/nothing/").status_code == 404
