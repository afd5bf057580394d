"""Sessions in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import authenticate
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.actions import SetActive, SetPassword
from keguan.runtime.org.models import Staff
from keguan.runtime.org.sessions.browser import sign_in, sign_out
from keguan.runtime.org.sessions.middleware import person
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tests.cast import Cast


@pytest.fixture
def request_(db: None) -> HttpRequest:
    """A request of a browser that nobody has signed in with."""
    found = RequestFactory().get("/")
    found.session = SessionStore()
    found.session["language"] = "kept"
    found.session.save()
    found.user = person(found)
    return found


def test_signing_in_begins_a_new_session(cast: Cast, request_: HttpRequest) -> None:
    """The session gets a new key, so that one planted before cannot be used, and belongs to 林晓."""
    before = request_.session.session_key
    sign_in(request_, "lin_xiao", PASSWORD)
    assert request_.session.session_key != before
    found = person(request_)
    assert isinstance(found, Staff)
    assert (found.pk, found.name) == (cast.lin_xiao.id, "林晓")


def test_a_refused_sign_in_begins_nothing(cast: Cast, request_: HttpRequest) -> None:
    """With a wrong password the browser stays nobody's."""
    with pytest.raises(Refused):
        sign_in(request_, "lin_xiao", "not-her-password")
    assert not person(request_).is_authenticated


def test_signing_out_ends_the_session(cast: Cast, request_: HttpRequest) -> None:
    """Afterwards the browser is nobody's, and its session is empty."""
    sign_in(request_, "lin_xiao", PASSWORD)
    sign_out(request_)
    assert not person(request_).is_authenticated
    assert list(request_.session.keys()) == []


def test_a_closed_account_is_out_at_the_next_request(cast: Cast, request_: HttpRequest) -> None:
    """Closing an account ends its sessions without touching them."""
    sign_in(request_, "lin_xiao", PASSWORD)
    SetActive(actor=SYSTEM, staff_id=cast.lin_xiao.id, active=False).run()
    assert not person(request_).is_authenticated


def test_a_new_password_ends_the_old_sessions(cast: Cast, request_: HttpRequest) -> None:
    """Whoever had come in with the old password is out."""
    sign_in(request_, "lin_xiao", PASSWORD)
    SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password="another-ridge-2027").run()
    assert not person(request_).is_authenticated


def test_there_is_no_way_in_beside_the_action(cast: Cast) -> None:
    """Django's own authenticate, which would not count failures, lets nobody in."""
    assert authenticate(username="lin_xiao", password=PASSWORD) is None
