"""How long a session holds, and what ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.org.actions import EndAppointment, SetActive, SetPassword
from keguan.runtime.org.events import SignedInFromNewPlace
from keguan.runtime.org.models import Appointment, Session, Staff
from keguan.runtime.org.sessions import browser
from keguan.runtime.org.sessions.ending import EndSession, EndSessions
from keguan.runtime.org.sessions.middleware import person
from keguan.runtime.org.sessions.origin import Origin, origin_of
from keguan.runtime.org.sessions.queries import live_sessions, sessions_of
from tests.cast import PASSWORD
from tests.runtime.org.signing.factor_world import code_now, enrol, logged

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.fixture(autouse=True)
def _usual(settings: SettingsWrapper) -> None:
    """The figures that a company starts with."""
    settings.SIGN_IN_IDLE_MINUTES, settings.SIGN_IN_SESSION_HOURS, settings.SIGN_IN_SESSIONS = 30, 12, 3


def browsing(agent: str = CHROME, address: str = "10.1.2.3") -> HttpRequest:
    """A request of a browser that nobody has signed in with."""
    request = RequestFactory().get("/", headers={"User-Agent": agent}, REMOTE_ADDR=address)
    request.session = SessionStore()
    request.user = AnonymousUser()
    return request


def signed_in(agent: str = CHROME, address: str = "10.1.2.3") -> HttpRequest:
    """A request of a browser in which 林晓 has signed in."""
    request = browsing(agent, address)
    browser.sign_in(request, "lin_xiao", PASSWORD)
    return request


def is_in(request: HttpRequest) -> bool:
    """Whether the browser's next request is still somebody's."""
    found = person(request)
    if isinstance(found, Staff):
        request.user = found
    return found.is_authenticated


def test_half_an_hour_without_a_click_ends_it(cast: Cast, afternoon: datetime) -> None:
    """29 minutes of rest are forgiven, again and again; 30 are not, and the browser is emptied."""
    request = signed_in()
    for _ in range(3):
        clock.advance(timedelta(minutes=29))
        assert is_in(request)
    clock.advance(timedelta(minutes=30))
    assert not is_in(request)
    assert list(request.session.keys()) == []
    assert Session.objects.get().ending == "idle"


def test_after_twelve_hours_it_ends_however_busy(cast: Cast, afternoon: datetime) -> None:
    """Whoever clicks every twenty minutes is out after twelve hours all the same."""
    request = signed_in()
    for _ in range(35):
        clock.advance(timedelta(minutes=20))
        assert is_in(request)
    clock.advance(timedelta(minutes=20))
    assert not is_in(request)
    assert Session.objects.get().ending == "length"


def test_looking_costs_one_query_and_a_stamp_a_minute(
    cast: Cast, afternoon: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Person and session come in one query; the stamp is written once a minute. (One more asks the policy.)"""
    request = signed_in()
    with django_assert_num_queries(2):
        assert is_in(request)
    clock.advance(timedelta(minutes=1))
    with django_assert_num_queries(3):
        assert is_in(request)
    with django_assert_num_queries(2):
        assert is_in(request)


def _closed(cast: Cast) -> None:
    SetActive(actor=SYSTEM, staff_id=cast.lin_xiao.id, active=False).run()


def _password(cast: Cast) -> None:
    SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password="second-ridge-2027").run()


def _role(cast: Cast) -> None:
    row = Appointment.objects.get(staff=cast.lin_xiao.id)
    EndAppointment(actor=SYSTEM, appointment_id=row.pk).run()


def _administrator(cast: Cast) -> None:
    EndSessions(actor=cast.guan_li.actor, staff_id=cast.lin_xiao.id).run()


@pytest.mark.parametrize(
    ("happens", "ending"), [(_closed, "closed"), (_password, "password"), (_role, "role"), (_administrator, "ended")]
)
def test_these_end_every_session_at_once(
    cast: Cast, afternoon: datetime, happens: Callable[[Cast], None], ending: str
) -> None:
    """A closed account, another password, a lost role, an administrator: both of her browsers are out."""
    requests = [signed_in(), signed_in(SAFARI)]
    happens(cast)
    assert [is_in(each) for each in requests] == [False, False]
    assert set(Session.objects.values_list("ending", flat=True)) == {ending}


def test_one_ends_ones_own(cast: Cast, afternoon: datetime) -> None:
    """She ends the one on the telephone and stays in at her desk; the ledger knows which."""
    desk, telephone = signed_in(), signed_in(SAFARI)
    EndSession(actor=cast.lin_xiao.actor, session_id=telephone.session[browser.ROW]).run()
    assert (is_in(desk), is_in(telephone)) == (True, False)
    assert logged("org.end_session") == [{"session": telephone.session.get(browser.ROW) or Session.objects.last().pk}]


def test_one_ends_all_the_others(cast: Cast, afternoon: datetime) -> None:
    """One order ends all but this one."""
    here, there, elsewhere = signed_in(), signed_in(SAFARI), signed_in(SAFARI, "10.9.9.9")
    assert EndSessions(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, but=here.session[browser.ROW]).run() == 2
    assert [is_in(each) for each in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_somebody_elses(cast: Cast, afternoon: datetime) -> None:
    """赵启 cannot end 林晓's sessions, one or all: she stays in."""
    request = signed_in()
    for act in (
        EndSession(actor=cast.zhao_qi.actor, session_id=request.session[browser.ROW]),
        EndSessions(actor=cast.zhao_qi.actor, staff_id=cast.lin_xiao.id),
    ):
        with pytest.raises(Refused, match="not_permitted"):
            act.run()
    assert is_in(request)


def test_a_session_that_is_over_is_not_ended_again(cast: Cast, afternoon: datetime) -> None:
    """An unknown one and an ended one are refused alike."""
    request = signed_in()
    session_id = request.session[browser.ROW]
    EndSession(actor=cast.lin_xiao.actor, session_id=session_id).run()
    for each in (session_id, 999_999):
        with pytest.raises(Refused, match=r"org\.no_session"):
            EndSession(actor=cast.lin_xiao.actor, session_id=each).run()


def test_the_fourth_ends_the_one_used_longest_ago(cast: Cast, afternoon: datetime) -> None:
    """Three at once; one more, and the one that rested longest is out."""
    requests = [signed_in(), signed_in(SAFARI), signed_in(address="10.1.2.9")]
    for each in (requests[0], requests[2]):
        clock.advance(timedelta(minutes=2))
        assert is_in(each)
    requests.append(signed_in(SAFARI, "10.1.2.9"))
    assert [is_in(each) for each in requests] == [True, False, True, True]
    assert Session.objects.exclude(ended_at=None).get().ending == "surplus"


def test_a_planted_session_key_is_not_kept(cast: Cast, afternoon: datetime) -> None:
    """The key changes at the first step and again at the second; nothing of before is carried in."""
    secret, _codes = enrol(cast.lin_xiao)
    request = browsing()
    request.session["planted"] = "x"
    request.session.save()
    planted = request.session.session_key
    assert browser.sign_in(request, "lin_xiao", PASSWORD).pending
    pending = request.session.session_key
    assert not is_in(request)
    browser.present_factor(request, code=code_now(secret, 1))
    assert len({planted, pending, request.session.session_key}) == 3
    assert "planted" not in request.session
    assert is_in(request)


def test_the_second_step_is_awaited_for_five_minutes(cast: Cast, afternoon: datetime) -> None:
    """Whoever takes longer begins anew, and nothing is counted against her."""
    secret, _codes = enrol(cast.lin_xiao)
    request = browsing()
    browser.sign_in(request, "lin_xiao", PASSWORD)
    clock.advance(timedelta(minutes=5))
    with pytest.raises(Refused, match=r"org\.begin_anew"):
        browser.present_factor(request, code=code_now(secret))
    assert Staff.objects.get(pk=cast.lin_xiao.id).failed_attempts == 0
    assert not is_in(request)


def test_a_question_is_answered_once_and_in_time(cast: Cast, afternoon: datetime) -> None:
    """What was asked is forgotten with the answer, after five minutes, and for another kind of answer."""
    request = browsing()
    browser.remember_question(request, "proof", {"challenge": "x"})
    assert browser.take_question(request, "proof") == {"challenge": "x"}
    browser.remember_question(request, "proof", {"challenge": "x"})
    clock.advance(timedelta(minutes=5))
    for kind in ("proof", "proof", "registration"):
        with pytest.raises(Refused, match=r"org\.no_question"):
            browser.take_question(request, kind)


def test_for_ten_minutes_one_is_not_asked_again(cast: Cast, afternoon: datetime) -> None:
    """After signing in, and after proving it again; a wrong password proves nothing and is counted."""
    request = signed_in()
    assert is_in(request)
    assert browser.recently_authenticated(request)
    clock.advance(timedelta(minutes=10))
    assert not browser.recently_authenticated(request)
    with pytest.raises(Refused, match=r"org\.confirm"):
        browser.confirm(request, password="not-her-password")
    assert not browser.recently_authenticated(request)
    assert Staff.objects.get(pk=cast.lin_xiao.id).failed_attempts == 1
    browser.confirm(request, password=PASSWORD)
    assert browser.recently_authenticated(request)
    assert logged("org.confirm_identity")[0]["means"] == "password"


def test_a_code_proves_it_again_and_is_used_up(cast: Cast, afternoon: datetime) -> None:
    """A code of the app will do in place of the password, once."""
    request = signed_in()
    assert is_in(request)
    secret, _codes = enrol(cast.lin_xiao)
    clock.advance(timedelta(minutes=10))
    browser.confirm(request, code=code_now(secret))
    assert browser.recently_authenticated(request)
    with pytest.raises(Refused, match=r"org\.confirm"):
        browser.confirm(request, code=code_now(secret))


def test_proving_it_again_cannot_be_tried_out(cast: Cast, afternoon: datetime) -> None:
    """Five failures lock here as at the door, and then the right password is refused too."""
    request = signed_in()
    assert is_in(request)
    for _ in range(5):
        with pytest.raises(Refused, match=r"org\.confirm"):
            browser.confirm(request, password="wrong-password")
    with pytest.raises(Refused, match=r"org\.confirm"):
        browser.confirm(request, password=PASSWORD)
    assert Staff.objects.get(pk=cast.lin_xiao.id).locked_until == afternoon + timedelta(minutes=30)


def test_a_new_place_is_announced_and_a_known_one_is_not(cast: Cast, afternoon: datetime) -> None:
    """Not the first time ever, nor the same desk again; another device or address, and one forgotten for 90 days."""
    told: list[tuple[str, str]] = []
    with listening(SignedInFromNewPlace, lambda event: told.append((event.device, event.address))):
        signed_in()
        signed_in()
        assert told == []
        signed_in(SAFARI)
        signed_in(address="203.0.113.7")
        signed_in(SAFARI)
        assert told == [("Safari · iPhone", "10.1.2.3"), ("Chrome · Windows", "203.0.113.7")]
        clock.advance(timedelta(days=91))
        signed_in()
    assert told[2:] == [("Chrome · Windows", "10.1.2.3")]


def test_lists_name_what_is_live(
    cast: Cast, afternoon: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Only what neither ended nor rested too long, the last used first, in one query (and one that asks the policy)."""
    signed_in()
    clock.advance(timedelta(minutes=31))
    ended = signed_in(SAFARI)
    EndSession(actor=cast.lin_xiao.actor, session_id=ended.session[browser.ROW]).run()
    clock.advance(timedelta(minutes=1))
    signed_in(address="10.1.2.9")
    with django_assert_num_queries(2):
        cards = sessions_of(cast.lin_xiao.id)
    assert [(each.device, each.address, each.means) for each in cards] == [
        ("Chrome · Windows", "10.1.2.9", ("password",))
    ]
    assert live_sessions() == cards


def test_leaving_ends_it_for_good(cast: Cast, afternoon: datetime) -> None:
    """After signing out a copy of the cookie is worth nothing."""
    request = signed_in()
    assert is_in(request)
    copied = SessionStore(request.session.session_key)
    browser.sign_out(request)
    request.session = copied
    assert not is_in(request)
    assert Session.objects.get().ending == "left"


@pytest.mark.parametrize(
    ("https", "forwarded", "address"),
    [(False, "198.51.100.1", "10.1.2.3"), (True, "6.6.6.6, 198.51.100.1", "198.51.100.1"), (True, "nonsense", "")],
)
def test_the_address_is_the_proxys_word_or_nobodys(
    settings: SettingsWrapper, https: bool, forwarded: str, address: str
) -> None:
    """Without the proxy a header is not believed; behind it its last hop is; what is no address is none."""
    settings.HTTPS = https
    request = RequestFactory().get(
        "/", headers={"User-Agent": CHROME, "X-Forwarded-For": forwarded}, REMOTE_ADDR="10.1.2.3"
    )
    assert origin_of(request) == Origin(address, "Chrome · Windows")
