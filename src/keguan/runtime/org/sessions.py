"""Sessions in the browser: begun by a successful ``SignIn``, ended by ``SignOut``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login, logout

from keguan.runtime.ledger.actor import Actor
from keguan.runtime.org.models import Staff
from keguan.runtime.org.signing_in import SignedIn, SignIn, SignOut

if TYPE_CHECKING:
    from django.http import HttpRequest

_BACKEND = "keguan.runtime.org.backend.StaffBackend"


def sign_in(request: HttpRequest, username: str, password: str) -> SignedIn:
    """Sign in and begin a new session. Raises ``Refused`` (``org.sign_in``); the old session then stays as it is."""
    signed_in = SignIn(actor=Actor(None, "", "web"), username=username, password=password).run()
    login(request, Staff.objects.get(username=username), backend=_BACKEND)
    return signed_in


def sign_out(request: HttpRequest) -> None:
    """Write down the leaving, when somebody was there, and end the session."""
    if isinstance(request.user, Staff):
        SignOut(actor=Actor(request.user.pk, request.user.name, "web")).run()
    logout(request)
