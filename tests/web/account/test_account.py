"""One's own security page, and what has to be done first."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Actor
from keguan.runtime.org.actions import SetPassword
from keguan.runtime.org.factors.queries import factors_of
from keguan.runtime.org.models import Authenticator, Session, Staff
from tests.cast import PASSWORD
from tests.runtime.org.signing.factor_world import code_now, enrol

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertMaxNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast
    from tests.web.conftest import SignedIn

CONSOLE = Actor(None, "root", "cli")


def sign_in(client: Client, username: str = "lin_xiao", password: str = PASSWORD) -> str:
    """Send the sign-in form: where it leads, or the status."""
    response = client.post("/sign-in", {"username": username, "password": password})
    return response.headers.get("Location", str(response.status_code))


def secret_on(html: str) -> bytes:
    """The secret that the page shows for typing it in."""
    from base64 import b32decode

    found = re.search(r"<code>([A-Z2-7 ]+)</code>", html)
    assert found is not None
    return b32decode(found.group(1).replace(" ", ""))


def test_binding_an_app_from_beginning_to_end(company: Cast, signed_in: SignedIn, afternoon: datetime) -> None:
    """The page shows a code to scan and a key to type; the first code confirms it; recovery codes are shown once."""
    client = signed_in(company.lin_xiao)
    page = client.post("/account/codes/begin").content.decode()
    assert "<svg" in page
    secret = secret_on(page)
    wrong = client.post("/account/codes/confirm", {"code": "000000"})
    assert (wrong.status_code, "验证码不对" in wrong.content.decode()) == (422, True)
    shown = client.post("/account/codes/confirm", {"code": code_now(secret)}).content.decode()
    assert len(re.findall(r"<code>[A-Z2-9]{4}(?:-[A-Z2-9]{4}){5}</code>", shown)) == 10
    assert "已绑定" in client.get("/account/").content.decode()
    fresh = Client()
    assert sign_in(fresh) == "/sign-in/factor"
    assert fresh.get("/desk/").status_code == 302
    clock.advance(timedelta(seconds=30))
    response = fresh.post("/sign-in/factor", {"code": code_now(secret)})
    assert response["Location"] == "/desk/"
    assert fresh.get("/desk/").status_code == 200


def test_where_one_was_going_is_kept_over_both_steps(company: Cast, afternoon: datetime) -> None:
    """The page that was asked for opens after the second step; an address outside the house does not."""
    secret, _codes = enrol(company.lin_xiao)
    for wanted, opened in (("/policies/", "/policies/"), ("https://evil.example/", "/desk/")):
        client = Client()
        client.post("/sign-in", {"username": "lin_xiao", "password": PASSWORD, "next": wanted})
        clock.advance(timedelta(seconds=60))
        assert client.post("/sign-in/factor", {"code": code_now(secret)})["Location"] == opened


def test_the_second_step_alone_is_nothing(company: Cast, client: Client) -> None:
    """Without the first step its page leads to the first, and a code sent there changes nothing."""
    enrol(company.lin_xiao)
    for response in (client.get("/sign-in/factor"), client.post("/sign-in/factor", {"code": "123456"})):
        assert response["Location"] == "/sign-in"
    assert Staff.objects.get(pk=company.lin_xiao.id).failed_attempts == 0


def test_a_wrong_code_says_so_and_stays(company: Cast, client: Client, afternoon: datetime) -> None:
    """The page comes back with a sentence, and the right code is still taken."""
    secret, _codes = enrol(company.lin_xiao)
    sign_in(client)
    wrong = client.post("/sign-in/factor", {"code": "000000"})
    assert (wrong.status_code, "验证没有通过" in wrong.content.decode()) == (403, True)
    clock.advance(timedelta(seconds=30))
    assert client.post("/sign-in/factor", {"code": code_now(secret)})["Location"] == "/desk/"


def test_a_given_password_is_changed_before_anything_else(company: Cast, client: Client) -> None:
    """Every page leads to the one where it is changed, fragments too; afterwards everything opens."""
    SetPassword(actor=company.guan_li.actor, staff_id=company.lin_xiao.id, password="given-ridge-2026").run()
    assert sign_in(client, password="given-ridge-2026") == "/desk/"
    for path in ("/desk/", "/ledger/", "/settings/", "/account/", "/account/people/", "/notifications/"):
        assert client.get(path)["Location"] == "/account/password", path
    assert client.get("/desk/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/password"
    assert client.post("/account/codes/begin")["Location"] == "/account/password"
    assert Authenticator.objects.count() == 0
    page = client.get("/account/password")
    assert "别人给的" in page.content.decode()
    form = {"current": "given-ridge-2026", "password": "chosen-ridge-2026", "again": "chosen-ridge-2026"}
    assert client.post("/account/password", form)["Location"] == "/sign-in"
    assert sign_in(client, password="chosen-ridge-2026") == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_a_password_whose_time_is_up_is_changed_first(
    company: Cast, client: Client, afternoon: datetime, settings: SettingsWrapper
) -> None:
    """Ninety days after it was set every page leads to the one where another is chosen."""
    settings.SIGN_IN_PASSWORD_DAYS = 90
    SetPassword(actor=company.lin_xiao.actor, staff_id=company.lin_xiao.id, password="spring-ridge-2026").run()
    clock.advance(timedelta(days=90))
    sign_in(client, password="spring-ridge-2026")
    assert client.get("/desk/")["Location"] == "/account/password"
    assert "到期" in client.get("/account/password").content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {"current": "not-hers-2026-x", "password": "chosen-ridge-2026", "again": "chosen-ridge-2026"},
        {"current": PASSWORD, "password": "chosen-ridge-2026", "again": "other-ridge-2026"},
        {"current": PASSWORD, "password": "short", "again": "short"},
        {"current": PASSWORD, "password": PASSWORD, "again": PASSWORD},
        {"current": "", "password": "chosen-ridge-2026", "again": "chosen-ridge-2026"},
    ],
)
def test_a_password_is_not_changed_for_nothing(
    company: Cast, signed_in: SignedIn, afternoon: datetime, form: dict[str, str]
) -> None:
    """Wrong or missing present one, two that differ, a weak one, the same again: it stays, nothing typed is shown."""
    client = signed_in(company.lin_xiao)
    before = Staff.objects.get(pk=company.lin_xiao.id).password
    response = client.post("/account/password", form)
    assert response.status_code == 422
    assert "chosen-ridge" not in response.content.decode()
    assert Staff.objects.get(pk=company.lin_xiao.id).password == before


def test_sessions_are_listed_and_ended(
    company: Cast, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    """Two browsers; one ends the other, which is at the sign-in page at its next click. The page's queries are few."""
    here, there = signed_in(company.lin_xiao), signed_in(company.lin_xiao)
    other = Session.objects.order_by("-id").first()
    assert other is not None
    with django_assert_max_num_queries(22):
        page = here.get("/account/").content.decode()
    assert page.count('<span class="pill pill--green">本次</span>') == 1
    assert f"/account/sessions/{other.pk}/end" in page
    here.post(f"/account/sessions/{other.pk}/end")
    assert there.get("/desk/")["Location"].startswith("/sign-in")
    assert here.get("/desk/").status_code == 200


def test_somebody_elses_session_cannot_be_ended(company: Cast, signed_in: SignedIn) -> None:
    """赵启 guesses the number of 林晓's session: refused, and she stays in."""
    hers, his = signed_in(company.lin_xiao), signed_in(company.zhao_qi)
    session = Session.objects.get(staff=company.lin_xiao.id)
    assert his.post(f"/account/sessions/{session.pk}/end").status_code == 403
    assert hers.get("/desk/").status_code == 200


def test_after_ten_minutes_factors_are_not_touched_without_asking(
    company: Cast, signed_in: SignedIn, afternoon: datetime
) -> None:
    """Whoever finds her screen open cannot take her factors away: the page asks who is there, and comes back."""
    enrol(company.lin_xiao)
    client = signed_in(company.lin_xiao)
    clock.advance(timedelta(minutes=10))
    response = client.post("/account/codes/remove")
    assert response["Location"] == "/account/again?next=%2Faccount%2F"
    assert factors_of(company.lin_xiao.id).any
    wrong = client.post("/account/again", {"password": "wrong", "next": "/account/"})
    assert (wrong.status_code, factors_of(company.lin_xiao.id).any) == (403, True)
    assert client.post("/account/again", {"password": PASSWORD, "next": "/account/"})["Location"] == "/account/"
    client.post("/account/codes/remove")
    assert not factors_of(company.lin_xiao.id).any


def test_nobody_is_led_elsewhere_after_proving_it_again(company: Cast, signed_in: SignedIn) -> None:
    """The address to go on to is ours or none."""
    client = signed_in(company.lin_xiao)
    response = client.post("/account/again", {"password": PASSWORD, "next": "//evil.example/"})
    assert response["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("setting", "username", "owes"),
    [
        ("none", "zhou_min", False),
        ("all", "lin_xiao", True),
        ("sensitive", "zhou_min", True),
        ("separated", "lin_xiao", False),
    ],
)
def test_who_must_have_a_second_factor_can_only_take_it_up(
    company: Cast, signed_in: SignedIn, settings: SettingsWrapper, setting: str, username: str, owes: bool
) -> None:
    """Until then every other page leads to the one where it is taken up."""
    settings.SECOND_FACTOR = setting
    client = signed_in(getattr(company, username))
    response = client.get("/desk/")
    assert response.status_code == (302 if owes else 200)
    if owes:
        assert response["Location"] == "/account/"
        assert client.get("/account/people/")["Location"] == "/account/"
        assert "要求两步验证" in client.get("/account/").content.decode()


def test_taking_it_up_opens_the_house(
    company: Cast, signed_in: SignedIn, settings: SettingsWrapper, afternoon: datetime
) -> None:
    """The same session goes on once the first code was right; signing in anew asks for one."""
    settings.SECOND_FACTOR = "all"
    client = signed_in(company.lin_xiao)
    secret = secret_on(client.post("/account/codes/begin").content.decode())
    assert client.get("/desk/").status_code == 302
    client.post("/account/codes/confirm", {"code": code_now(secret)})
    assert client.get("/desk/").status_code == 200
    assert sign_in(Client()) == "/sign-in/factor"


def test_administrators_help_others(company: Cast, signed_in: SignedIn, afternoon: datetime) -> None:
    """管理 sees who is in, ends 林晓's sessions, resets her factors, gives her a password; 赵启 sees none of it."""
    enrol(company.lin_xiao)
    hers, his, nosy = signed_in(company.lin_xiao), signed_in(company.guan_li), signed_in(company.zhao_qi)
    assert "林晓" in his.get("/account/people/").content.decode()
    assert "林晓" in his.get("/account/people/?q=lin").content.decode()
    person = f"/account/people/{company.lin_xiao.id}/"
    assert his.get(person).status_code == 200
    for path in ("/account/people/", person):
        assert nosy.get(path).status_code == 403
    for path in (f"{person}reset", f"{person}unlock", f"{person}sessions/end", f"{person}password"):
        assert nosy.post(path, {"password": "nosy-ridge-2026"}).status_code in {403, 422}
    assert factors_of(company.lin_xiao.id).any
    assert hers.get("/desk/").status_code == 200
    his.post(f"{person}sessions/end")
    assert hers.get("/desk/").status_code == 302
    his.post(f"{person}reset")
    assert not factors_of(company.lin_xiao.id).any
    his.post(f"{person}password", {"password": "given-ridge-2026"})
    assert sign_in(Client(), password="given-ridge-2026") == "/desk/"


def test_the_sign_in_pages_speak_english_too(company: Cast, client: Client) -> None:
    """No Chinese is left on them when English was chosen, but for the name of the language."""
    client.cookies["django_language"] = "en"
    html = client.get("/sign-in").content.decode()
    assert re.findall(r"[\u4e00-\u9fff]+", html) == ["中"]
