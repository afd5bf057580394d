"""What a browser is told, and what a stranger may send."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from keguan.runtime.org.models import Staff
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.web.conftest import SignedIn

SCRIPTS = Path(__file__).resolve().parents[2] / "src/keguan/web/static/keguan/js"
KINDS = ["/sign-in", "/desk/", "/portal/", "/no-such-page", "/api/v1/notifications/", "/health/live", "/language"]
"""One address of each kind: page, redirect, portal, not found, API, machine, wrong method."""


@pytest.fixture
def signed_in() -> SignedIn:
    """A client in which this member of the cast has signed in."""

    def client_of(member: object) -> Client:
        client = Client()
        client.post("/sign-in", {"username": member.username, "password": PASSWORD})  # type: ignore[attr-defined]
        return client

    return client_of


def over_https() -> dict[str, object]:
    """The settings of a system behind HTTPS, as another process sees them."""
    names = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "LANGUAGE_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SECOND_FACTOR",
        "DEBUG",
    ]
    asked = (
        "import json; from keguan.config import settings as s;"
        f"print(json.dumps({{name: getattr(s, name) for name in {names}}}))"
    )
    environment = {**os.environ, "KEGUAN_HTTPS": "1", "KEGUAN_DEMO": "", "KEGUAN_DRILL": ""}
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def test_over_https_cookies_are_of_this_host_and_the_browser_stays_there() -> None:
    """Secure cookies with the ``__Host-`` prefix, HSTS for a year with subdomains, two factors, no debug pages."""
    found = over_https()
    assert [found[f"{name}_COOKIE_NAME"] for name in ("SESSION", "CSRF", "LANGUAGE")] == [
        "__Host-sessionid",
        "__Host-csrftoken",
        "__Host-language",
    ]
    assert all(found[f"{name}_COOKIE_SECURE"] for name in ("SESSION", "CSRF", "LANGUAGE"))
    assert (found["SECURE_HSTS_SECONDS"], found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]) == (31_536_000, True)
    assert (found["SECOND_FACTOR"], found["DEBUG"]) == ("sensitive", False)


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_answer_carries_the_headers(company: Cast, client: Client, path: str) -> None:
    """No sniffing, no frames, no foreign content, no referrer to elsewhere, no copies, no foreign origin."""
    response = client.get(path, headers={"Origin": "https://evil.example"})
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers


def test_text_says_its_encoding(company: Cast, client: Client) -> None:
    """Pages and JSON name UTF-8, so that nothing is read as something else."""
    assert client.get("/sign-in").headers["Content-Type"] == "text/html; charset=utf-8"
    assert client.get("/api/v1/notifications/").headers["Content-Type"] == "application/json; charset=utf-8"


def test_the_session_cookie_is_for_the_server_alone(company: Cast, client: Client) -> None:
    """Scripts do not see it, other sites do not send it along, and it holds 128 random bits and nothing else."""
    client.post("/sign-in", {"username": "lin_xiao", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert re.fullmatch(r"[a-z0-9]{32}", cookie.value)


def test_a_form_without_its_token_is_refused(company: Cast) -> None:
    """Another site cannot send our forms: not signing in, not changing a password, not leaving."""
    client = Client(enforce_csrf_checks=True)
    for path in ("/sign-in", "/account/password", "/sign-out", "/account/codes/begin", "/language"):
        assert client.post(path, {"username": "lin_xiao", "password": PASSWORD}).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path",
    [
        "/sign-out",
        "/language",
        "/sign-in/question",
        "/account/codes/begin",
        "/account/codes/confirm",
        "/account/codes/remove",
        "/account/recovery",
        "/account/passkeys/add",
        "/account/sessions/1/end",
        "/account/sessions/end-others",
        "/account/directory/bind",
    ],
)
def test_what_changes_something_is_never_a_get(company: Cast, signed_in: SignedIn, path: str) -> None:
    """A link or an image cannot do it."""
    assert signed_in(company.lin_xiao).get(path).status_code == 405


def test_a_foreign_host_is_refused(company: Cast, client: Client) -> None:
    """Links in our answers are never built from a host that somebody made up."""
    response = client.get("/sign-in", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_nothing_is_echoed(company: Cast, client: Client) -> None:
    """TRACE gives nothing back of what was sent."""
    for path in ("/desk/", "/sign-in", "/api/v1/notifications/"):
        assert b"echo-me-77" not in client.trace(path, headers={"X-Secret": "echo-me-77"}).content


def test_more_than_a_form_can_hold_is_refused(company: Cast, client: Client) -> None:
    """More than 5 MB of fields and more than a thousand fields are refused, and nobody is signed in."""
    large = client.post("/sign-in", {"username": "lin_xiao", "password": "x" * (5 * 1024 * 1024 + 1)})
    many = client.post("/sign-in", {f"field-{number}": "x" for number in range(1001)})
    assert (large.status_code, many.status_code) == (400, 400)
    assert Staff.objects.get(pk=company.lin_xiao.id).failed_attempts == 0


def test_fields_that_were_not_asked_for_change_nothing(company: Cast, signed_in: SignedIn) -> None:
    """A form with more fields than the page has sets those of the page, of one's own account, and no others."""
    before = Staff.objects.values_list("password", "is_active", "unit_id").get(pk=company.zhao_qi.id)
    form = {
        "current": PASSWORD,
        "password": "chosen-ridge-2026",
        "again": "chosen-ridge-2026",
        "staff_id": str(company.zhao_qi.id),
        "unit_id": "1",
        "is_active": "0",
        "password_given": "1",
        "failed_attempts": "9",
    }
    assert signed_in(company.lin_xiao).post("/account/password", form).status_code == 302
    assert Staff.objects.values_list("password", "is_active", "unit_id").get(pk=company.zhao_qi.id) == before
    hers = Staff.objects.get(pk=company.lin_xiao.id)
    assert (hers.unit_id, hers.is_active, hers.password_given, hers.failed_attempts) == (
        company.lin_xiao.unit_id,
        True,
        False,
        0,
    )


def test_what_was_typed_is_shown_as_text(company: Cast, client: Client) -> None:
    """Markup in a field comes back as characters, in text and in attributes."""
    html = client.post("/sign-in", {"username": '"><script>alert(1)</script>', "password": "x"}).content.decode()
    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_parameter_twice_is_no_way_round(company: Cast, client: Client) -> None:
    """Whichever of two is taken, it is checked: nobody is led elsewhere."""
    form = {"username": "lin_xiao", "password": PASSWORD, "next": ["/policies/", "//evil.example/"]}
    assert client.post("/sign-in", form)["Location"] == "/desk/"


def test_a_token_in_the_address_is_no_token(company: Cast, client: Client) -> None:
    """Secrets travel in headers and bodies: addresses end up in logs."""
    for query in ("token=kg_x", "access_token=kg_x", "Authorization=Bearer%20kg_x"):
        assert client.get(f"/api/v1/notifications/?{query}").status_code == 401


def test_signing_out_clears_what_the_browser_kept(company: Cast, signed_in: SignedIn) -> None:
    """Pages are not kept, and going back asks the server, which knows nobody any more."""
    client = signed_in(company.lin_xiao)
    assert "no-store" in client.get("/desk/").headers["Cache-Control"]
    client.post("/sign-out")
    assert client.get("/desk/").status_code == 302


def test_every_page_has_the_way_out(company: Cast, signed_in: SignedIn) -> None:
    """Leaving is one click from everywhere."""
    client = signed_in(company.lin_xiao)
    for path in ("/desk/", "/settings/", "/account/", "/policies/"):
        assert 'action="/sign-out"' in client.get(path).content.decode()


def test_scripts_neither_run_text_nor_keep_values() -> None:
    """No ``eval``, no text written as HTML, nothing in the browser's storage, no messages between windows."""
    forbidden = re.compile(r"\beval\(|new Function|document\.write|localStorage|sessionStorage|indexedDB|postMessage")
    found = {path.name: forbidden.findall(path.read_text("utf-8")) for path in sorted(SCRIPTS.rglob("*.js"))}
    assert len(found) >= 4
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_nothing_lists_folders_or_serves_the_source(company: Cast, client: Client) -> None:
    """Neither folders of static files, nor the repository, nor the home folder."""
    for path in ("/static/", "/static/keguan/", "/.git/config", "/static/../settings.py", "/var/keyring.json"):
        assert client.get(path).status_code == 404


def test_password_fields_hide_and_can_be_pasted_into(company: Cast, signed_in: SignedIn) -> None:
    """Every password is typed unseen, password managers know which is which, and no script forbids pasting."""
    pages = (Client().get("/sign-in"), signed_in(company.lin_xiao).get("/account/password"))
    for html in (page.content.decode() for page in pages):
        fields = re.findall(r'<input[^>]*type="password"[^>]*>', html)
        assert fields
        assert all(re.search(r'autocomplete="(current|new)-password"', field) for field in fields)
        assert "onpaste" not in html


def test_passwords_are_hashed_slowly_outside_the_tests() -> None:
    """The house's settings name no hasher of their own: Django's PBKDF2, with more than half a million rounds."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    asked = (
        "from django.conf import settings; from django.contrib.auth.hashers import make_password;"
        "print(make_password('x'))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "keguan.config.settings"}
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    algorithm, rounds = done.stdout.split("$")[:2]
    assert algorithm == "pbkdf2_sha256"
    assert int(rounds) == PBKDF2PasswordHasher.iterations > 600_000
