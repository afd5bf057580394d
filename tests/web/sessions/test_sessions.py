"""Coming in and leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from keguan.runtime import clock
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from tests.cast import PASSWORD, Cast


def _try(client: Client, password: str, **more: str) -> int:
    return client.post("/sign-in", {"username": "lin_xiao", "password": password, **more}).status_code


def test_the_right_password_leads_to_where_one_was_going(company: Cast, client: Client) -> None:
    """After signing in, the page that was asked for opens; leaving is a ledger entry and ends the session."""
    response = client.post("/sign-in", {"username": "lin_xiao", "password": PASSWORD, "next": "/policies/"})
    assert response["Location"] == "/policies/"
    assert client.get("/desk/").status_code == 200
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/desk/").status_code == 302
    assert [entry.action for entry in entries_page(size=2).entries] == ["org.sign_out", "org.sign_in"]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(target: str, company: Cast, client: Client) -> None:
    """An address outside the house is not gone to."""
    response = client.post("/sign-in", {"username": "lin_xiao", "password": PASSWORD, "next": target})
    assert response["Location"] == "/desk/"


def test_five_wrong_passwords_lock_for_half_an_hour(company: Cast, client: Client) -> None:
    """The sixth attempt fails even with the right password, the page says what happens, and time heals it."""
    with clock.hold(clock.now()):
        for _ in range(5):
            assert _try(client, "wrong") == 403
        response = client.post("/sign-in", {"username": "lin_xiao", "password": PASSWORD})
        assert response.status_code == 403
        assert "连续输错5次，账号锁定30分钟" in response.content.decode()
        assert len(entries_page(filters=EntryFilters(action="org.locked")).entries) == 1
        clock.advance(timedelta(minutes=31))
        assert _try(client, PASSWORD) == 302


def test_the_typed_name_stays_and_the_password_does_not(company: Cast, client: Client) -> None:
    """A failed attempt gives the form back with the name alone."""
    html = client.post("/sign-in", {"username": "lin_xiao", "password": "secret-typo"}).content.decode()
    assert 'value="lin_xiao"' in html
    assert "secret-typo" not in html


def test_the_language_is_remembered_for_the_person(company: Cast, client: Client) -> None:
    """The switch turns this browser and this person's pages to English, and back to the page one was on."""
    _try(client, PASSWORD)
    response = client.post("/language", {"language": "en", "next": "/policies/"})
    assert response["Location"] == "/policies/"
    assert 'lang="en"' in client.get("/policies/").content.decode()


def test_an_unknown_language_changes_nothing(company: Cast, client: Client) -> None:
    """A language that is not offered leaves the pages as they are."""
    _try(client, PASSWORD)
    client.post("/language", {"language": "xx"})
    assert 'lang="zh-Hans"' in client.get("/desk/").content.decode()
