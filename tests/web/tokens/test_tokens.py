"""The page of one's own API tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from keguan.runtime.tokens import queries as tokens

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.web.conftest import SignedIn

FORM = {"label": "每日报表", "days": "30", "scope": ["records:read", "imports"]}


def secret_on(page: Any) -> str:
    """The secret that the page shows."""
    found = re.search(r'value="(kg_[^"]+)"', page.content.decode())
    assert found is not None
    return found.group(1)


def test_a_token_is_shown_once(company: Cast, signed_in: SignedIn) -> None:
    """许可 issues a token, sees its secret on that page, and on no page afterwards."""
    browser = signed_in(company.xu_ke)
    secret = secret_on(browser.post("/settings/tokens/", FORM))
    found = tokens.by_secret(secret)
    assert found is not None
    assert (found.staff_id, found.scopes) == (company.xu_ke.id, {"records:read", "imports"})
    later = browser.get("/settings/tokens/").content.decode()
    assert "每日报表" in later
    assert secret not in later


def test_a_revoked_token_ends(company: Cast, signed_in: SignedIn) -> None:
    """许可 revokes her token on the page and it no longer works."""
    browser = signed_in(company.xu_ke)
    secret = secret_on(browser.post("/settings/tokens/", FORM))
    found = tokens.by_secret(secret)
    assert found is not None
    answer = browser.post(f"/settings/tokens/{found.id}/revoke")
    assert (answer.status_code, answer["Location"]) == (302, "/settings/tokens/")
    assert tokens.by_secret(secret) is None


def test_somebody_elses_token_stays(company: Cast, signed_in: SignedIn) -> None:
    """方明 cannot revoke 许可's token; it goes on working."""
    secret = secret_on(signed_in(company.xu_ke).post("/settings/tokens/", FORM))
    found = tokens.by_secret(secret)
    assert found is not None
    answer = signed_in(company.fang_ming).post(f"/settings/tokens/{found.id}/revoke")
    assert answer.status_code == 403
    assert tokens.by_secret(secret) is not None


def test_a_wrong_form_says_what_to_do(company: Cast, signed_in: SignedIn) -> None:
    """Without a scope and with too many days nothing is issued, both are said, and what was typed is kept."""
    answer = signed_in(company.xu_ke).post("/settings/tokens/", {"label": "日报", "days": "9999"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有效期须在1天至365天之间。" in page
    assert "请至少选择一项权限" in page
    assert 'value="日报"' in page
    assert tokens.tokens_of(company.xu_ke.id) == []
