"""Signing in, and the lock after repeated failures."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import hashers

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org import queries
from keguan.runtime.org.actions import SetActive, SignIn, SignOut, Unlock
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertMaxNumQueries

    from tests.cast import Cast

NOBODY = Actor(None, "", "web")
WRONG = "not-her-password"


def attempt(username: str, password: str) -> str:
    """Try once: ``in`` or the refusal's code."""
    try:
        SignIn(actor=NOBODY, username=username, password=password).run()
    except Refused as refusal:
        return refusal.code
    return "in"


def fail(username: str, times: int) -> None:
    """Fail so many times."""
    assert [attempt(username, WRONG) for _ in range(times)] == ["org.sign_in"] * times


def logged(action: str) -> list[dict[str, object]]:
    """The data of the entries of one action, newest first."""
    return [dict(entry.data) for entry in entries_page(filters=EntryFilters(action=action)).entries]


def test_the_right_password_comes_in(cast: Cast, afternoon: datetime) -> None:
    """林晓 comes in; who and when is kept, and the ledger says so in her name."""
    signed_in = SignIn(actor=NOBODY, username="lin_xiao", password=PASSWORD).run()
    assert (signed_in.staff_id, signed_in.name) == (cast.lin_xiao.id, "林晓")
    found = queries.staff_by_id(cast.lin_xiao.id)
    assert found is not None
    assert found.signed_in_at == afternoon
    entry = entries_page().entries[0]
    assert (entry.action, entry.actor_id, entry.actor_name, entry.via) == (
        "org.sign_in",
        cast.lin_xiao.id,
        "林晓",
        "web",
    )


def test_every_failure_sounds_the_same(cast: Cast, afternoon: datetime) -> None:
    """A wrong password, an unknown name, a closed and a locked account are answered with the same sentence."""
    SetActive(actor=cast_admin(), staff_id=cast.xu_ke.id, active=False).run()
    fail("fang_ming", 5)
    sentences = set()
    for username, password in (
        ("lin_xiao", WRONG),
        ("nobody", WRONG),
        ("xu_ke", PASSWORD),
        ("fang_ming", PASSWORD),
    ):
        with pytest.raises(Refused) as refusal:
            SignIn(actor=NOBODY, username=username, password=password).run()
        sentences.add((refusal.value.code, refusal.value.message))
    assert len(sentences) == 1


def test_five_failures_lock_for_half_an_hour(cast: Cast, afternoon: datetime) -> None:
    """After the fifth failure even the right password is refused, until half an hour has passed."""
    fail("lin_xiao", 4)
    assert attempt("lin_xiao", PASSWORD) == "in"
    fail("lin_xiao", 5)
    assert attempt("lin_xiao", PASSWORD) == "org.sign_in"
    found = queries.staff_by_id(cast.lin_xiao.id)
    assert found is not None
    assert found.locked_until == afternoon + timedelta(minutes=30)
    clock.advance(timedelta(minutes=29, seconds=59))
    assert attempt("lin_xiao", PASSWORD) == "org.sign_in"
    clock.advance(timedelta(seconds=1))
    assert attempt("lin_xiao", PASSWORD) == "in"


def test_trying_while_locked_does_not_lengthen_the_lock(cast: Cast, afternoon: datetime) -> None:
    """Whoever keeps trying cannot keep somebody else out for longer than the half hour."""
    fail("lin_xiao", 5)
    clock.advance(timedelta(minutes=10))
    fail("lin_xiao", 7)
    clock.advance(timedelta(minutes=20))
    assert attempt("lin_xiao", PASSWORD) == "in"


def test_one_persons_failures_lock_nobody_else(cast: Cast, afternoon: datetime) -> None:
    """赵启 is not locked by what happens to 林晓's account."""
    fail("lin_xiao", 5)
    assert attempt("zhao_qi", PASSWORD) == "in"


def test_an_administrator_unlocks(cast: Cast, afternoon: datetime) -> None:
    """Unlocked, she need not wait; the ledger knows who unlocked her."""
    fail("lin_xiao", 5)
    Unlock(actor=cast_admin(), staff_id=cast.lin_xiao.id).run()
    assert attempt("lin_xiao", PASSWORD) == "in"
    assert entries_page(filters=EntryFilters(action="org.unlock")).entries[0].subject_id == str(cast.lin_xiao.id)


def test_failures_and_locks_are_written_down(cast: Cast, afternoon: datetime) -> None:
    """Every failed attempt is an entry with its reason; the fifth also says that the account is locked."""
    before = len(logged("org.sign_in_failed"))
    fail("lin_xiao", 6)
    assert [data["failure"] for data in logged("org.sign_in_failed")[: 6 + before]][:6] == ["locked", *["password"] * 5]
    assert logged("org.locked")[0]["username"] == "lin_xiao"


def test_what_was_typed_is_never_written_down(cast: Cast, afternoon: datetime) -> None:
    """Neither passwords nor unknown names, which may be mistyped passwords, stand in the ledger."""
    attempt("lin_xiao", "Secret-One-77")
    attempt("Secret-Two-88", "Secret-Three-99")
    attempt("lin_xiao", PASSWORD)
    written = json.dumps([list(row) for row in Entry.objects.values_list("actor_name", "subject_id", "data")])
    assert "Secret-" not in written
    assert PASSWORD not in written
    assert logged("org.sign_in_failed")[0] == {"failure": "unknown", "username": "S***"}


def test_the_password_is_not_in_the_actions_text() -> None:
    """An action that ends up in a traceback does not show the password."""
    assert WRONG not in repr(SignIn(actor=NOBODY, username="lin_xiao", password=WRONG))


def test_an_unknown_name_takes_as_long(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """One password is hashed for an unknown name just as for a known one."""
    hashed: list[str] = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode

    def counting(self: hashers.BasePasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(type(hasher), "encode", counting)
    attempt("lin_xiao", "wrong-for-her")
    attempt("nobody", "wrong-for-nobody")
    assert hashed == ["wrong-for-her", "wrong-for-nobody"]


def test_signing_in_is_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    """The hash, then in one transaction: the person, the factors, the stamp, the session, the entry."""
    with django_assert_max_num_queries(15):
        assert attempt("lin_xiao", PASSWORD) == "in"


def test_signing_out_is_written_down(cast: Cast) -> None:
    """Leaving is an entry in the leaver's name."""
    SignOut(actor=cast.lin_xiao.actor).run()
    entry = entries_page().entries[0]
    assert (entry.action, entry.actor_id) == ("org.sign_out", cast.lin_xiao.id)


def cast_admin() -> Actor:
    """The console of the server."""
    return Actor(None, "root", "cli")


def test_a_name_that_no_database_holds_is_refused_like_any_other(company: Cast) -> None:
    """A NUL in the name is no way to a page about an error."""
    assert attempt("lin\0xiao", PASSWORD) == "org.sign_in"
