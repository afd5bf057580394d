"""Sessions in the browser: begun by a successful attempt, ended by ``SignOut``.

Django's own session carries the id of our row in ``org_sessions``; the row says whether it still holds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.ledger.actor import Actor
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.org.factors.presenting import Assertion, PresentFactor, SignInWithPasskey, begin_anew
from keguan.runtime.org.federation.signing_in import SignInAs
from keguan.runtime.org.models import Session, Staff
from keguan.runtime.org.sessions.beginning import begin
from keguan.runtime.org.sessions.confirming import ConfirmIdentity
from keguan.runtime.org.sessions.origin import origin_of
from keguan.runtime.org.signing_in import SignedIn, SignIn, SignOut

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from keguan.runtime.org.federation.doors import Vouched

BACKEND = "keguan.runtime.org.backend.StaffBackend"
ROW = "org_session"
"""Where Django's session keeps the id of our row."""

_PENDING = "org_pending"
_QUESTION = "org_question"
PATIENCE = timedelta(minutes=5)
"""So long the second step, and an answer from elsewhere, is waited for."""

_NOBODY = Actor(None, "", "web")


def sign_in(request: HttpRequest, username: str, password: str) -> SignedIn:
    """The first step by name and password. Raises ``Refused`` (``org.sign_in``); the session then stays as it is."""
    return _first(request, SignIn(actor=_NOBODY, origin=origin_of(request), username=username, password=password).run())


def sign_in_as(request: HttpRequest, door: str, vouched: Vouched | None, why: str = "") -> SignedIn:
    """The first step by somebody else's word. Raises ``Refused`` (``org.vouched``)."""
    attempt = SignInAs(actor=_NOBODY, origin=origin_of(request), door=door, vouched=vouched, why=why)
    return _first(request, attempt.run())


def sign_in_with_passkey(request: HttpRequest, assertion: Assertion) -> SignedIn:
    """Both steps at once by a passkey. Raises ``Refused`` (``org.passkey_sign_in``)."""
    return _first(request, SignInWithPasskey(actor=_NOBODY, origin=origin_of(request), assertion=assertion).run())


def present_factor(request: HttpRequest, code: str = "", assertion: Assertion | None = None) -> SignedIn:
    """The second step. Raises ``Refused`` (``org.factor``; ``org.begin_anew`` when the first one is too long ago)."""
    pending = awaited(request)
    if pending is None:
        request.session.pop(_PENDING, None)
        raise begin_anew()
    attempt = PresentFactor(
        actor=_NOBODY,
        origin=origin_of(request),
        staff_id=pending["staff"],
        first=pending["means"],
        proven=pending["proven"],
        code=code,
        assertion=assertion,
    )
    return _first(request, attempt.run())


def awaited(request: HttpRequest) -> dict[str, Any] | None:
    """Whose second factor this browser is asked for (``staff``, ``means``); None: nobody's, or it took too long."""
    pending = request.session.get(_PENDING)
    if not pending or datetime.fromisoformat(pending["at"]) + PATIENCE <= clock.now():
        return None
    return dict(pending)


def remember_question(request: HttpRequest, kind: str, kept: dict[str, Any]) -> None:
    """Remember what was asked of this browser, until it is answered once or the patience ends."""
    request.session[_QUESTION] = {"kind": kind, "at": clock.now().isoformat(), "kept": kept}


def take_question(request: HttpRequest, kind: str) -> dict[str, Any]:
    """What was asked, and forget it: no question is answered twice. Raises ``Refused`` (``org.no_question``)."""
    question = request.session.pop(_QUESTION, None)
    if not question or question["kind"] != kind or datetime.fromisoformat(question["at"]) + PATIENCE <= clock.now():
        raise Refused("org.no_question", _("验证已过期，请重新开始。"))
    return dict(question["kept"])


def confirm(request: HttpRequest, *, password: str = "", code: str = "", assertion: Assertion | None = None) -> None:
    """Prove again who is here. Raises ``Refused`` (``org.confirm``)."""
    if not isinstance(request.user, Staff):
        raise begin_anew()
    ConfirmIdentity(
        actor=Actor(request.user.pk, request.user.name, "web"),
        origin=origin_of(request),
        staff_id=request.user.pk,
        session_id=request.session[ROW],
        password=password,
        code=code,
        assertion=assertion,
    ).run()


def recently_authenticated(request: HttpRequest) -> bool:
    """Whether whoever is here has proven who they are in the last ten minutes. One query."""
    since = clock.now() - timedelta(minutes=settings.SIGN_IN_CONFIRMED_MINUTES)
    return _row(request).filter(ended_at=None, confirmed_at__gt=since).exists()


def strengthen(request: HttpRequest) -> None:
    """The session rests on two factors now: the second was just taken up in it, and proven."""
    _row(request).update(strong=True, confirmed_at=clock.now())


def is_strong(request: HttpRequest) -> bool:
    """Whether the session rests on two factors. One query."""
    return _row(request).filter(strong=True).exists()


def current_session(request: HttpRequest) -> int | None:
    """The id of the session that the request belongs to."""
    found = request.session.get(ROW)
    return int(found) if found is not None else None


def sign_out(request: HttpRequest) -> None:
    """Write down the leaving, when somebody was there, and end the session."""
    if isinstance(request.user, Staff):
        actor = Actor(request.user.pk, request.user.name, "web")
        SignOut(actor=actor, session_id=current_session(request)).run()
    logout(request)


def _row(request: HttpRequest) -> QuerySet[Session]:
    """Our row of the session that the request belongs to."""
    return Session.objects.filter(pk=request.session.get(ROW, 0))


def _first(request: HttpRequest, outcome: SignedIn) -> SignedIn:
    """Begin the session, or await the second factor in one with a new key."""
    person = Staff.objects.get(pk=outcome.staff_id or 0)
    if outcome.pending:
        request.session.cycle_key()
        request.session[_PENDING] = {
            "staff": person.pk,
            "means": outcome.means,
            "proven": person.get_session_auth_hash(),
            "at": clock.now().isoformat(),
        }
        return outcome
    request.session.flush()  # nothing that was in this browser before is carried into the session
    request.session[ROW] = outcome.session_id
    login(request, person, backend=BACKEND)
    return outcome


def logged_in(*, request: HttpRequest, user: Staff, **_more: object) -> None:
    """Django's own ``login`` was called: see to it that there is a row. Only tests and tools come in without one."""
    if request.session.get(ROW) is None:
        begun = begin(user.pk, origin_of(request), "password", strong=False)
        request.session[ROW] = begun.session_id
