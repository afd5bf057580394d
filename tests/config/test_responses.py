"""What every answer carries."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from keguan.config.headers import ResponseHeaders
from keguan.config.language import ChosenLanguage

if TYPE_CHECKING:
    from django.http import HttpRequest


def test_a_strict_policy_is_on_every_answer(client: Client, db: None) -> None:
    """No inline scripts or styles, nothing from elsewhere, no frames, nothing kept in caches."""
    response = client.get("/health/live")
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_a_view_may_set_its_own_header() -> None:
    """A header that is already there stays."""
    request = RequestFactory().get("/")
    response = ResponseHeaders(lambda _request: HttpResponse(headers={"Cache-Control": "max-age=60"}))(request)
    assert response.headers["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize(
    ("person", "cookie", "accepts", "language"),
    [
        ("", "", "", "zh-hans"),
        ("", "", "en-US,en", "zh-hans"),
        ("", "en", "zh-CN", "en"),
        ("zh", "en", "en", "zh-hans"),
        ("en", "", "zh-CN", "en"),
        ("", "fr", "fr", "zh-hans"),
    ],
)
def test_the_language_is_chosen_and_chinese_is_first(person: str, cookie: str, accepts: str, language: str) -> None:
    """The person's choice, else this browser's cookie, else Chinese, whatever the browser prefers."""
    request = RequestFactory().get("/", headers={"Accept-Language": accepts})
    request.COOKIES["django_language"] = cookie
    request.user = SimpleNamespace(language=person) if person else SimpleNamespace()
    seen: list[str] = []

    def answer(_request: HttpRequest) -> HttpResponse:
        seen.append(translation.get_language() or "")
        return HttpResponse()

    response = ChosenLanguage(answer)(request)
    assert seen == [language]
    assert response.headers["Content-Language"] == language


def test_readiness_is_one_query(client: Client, db: None) -> None:
    """Ready means that the database answers and is migrated."""
    assert client.get("/health/ready").status_code == 200


@pytest.mark.django_db
def test_not_migrated_is_not_ready(client: Client) -> None:
    """Without the tables the answer is 503 and names the command."""
    with connection.execute_wrapper(_renamed):
        response = client.get("/health/ready")
    assert response.status_code == 503
    assert b"keguan migrate" in response.content


def _renamed(execute: object, sql: str, *rest: object) -> object:
    return execute(sql.replace("ledger_entry", "no_such_table"), *rest)  # type: ignore[operator]


@pytest.mark.sqlite_only
def test_every_sqlite_connection_has_the_policys_functions(db: None) -> None:
    """The SQL of decisions finds its exact arithmetic on any connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pragma_function_list WHERE name = 'keguan_exact'")
        assert cursor.fetchone() == (1,)
