"""The frame of the customers' pages: whose they are, in which language, and that nobody in particular looks."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast


def test_strangers_see_the_first_page_with_the_companys_name(company: Cast, client: Client) -> None:
    """Nobody signs in; the page names the company and is never kept in a cache."""
    response = client.get("/portal/")
    assert response.status_code == 200
    assert "演示" not in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_language_is_the_browsers(company: Cast, client: Client, staff_browser: Client) -> None:
    """The switch turns the pages to English for this browser, whoever signed in as staff there."""
    turned = staff_browser.post("/portal/language", {"language": "en", "next": "/portal/"})
    assert turned["Location"] == "/portal/"
    assert 'lang="en"' in staff_browser.get("/portal/").content.decode()
    assert 'lang="zh-Hans"' in client.get("/portal/").content.decode()
    assert client.post("/portal/language", {"next": "https://example.com/"})["Location"] == "/portal/"


def test_what_is_not_there_is_said_without_the_house(company: Cast, client: Client) -> None:
    """An unknown address under the portal leads back to the portal, not to the staff's desk, and asks no database."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/portal/nothing")
    assert response.status_code == 404
    assert "/desk/" not in response.content.decode()
    assert 'href="/portal/"' in response.content.decode()
    assert len(queries) == 0
