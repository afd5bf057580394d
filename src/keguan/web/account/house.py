"""Where we are on the web, and what a browser answers for a passkey."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.factors.passkeys import House
from keguan.runtime.org.factors.presenting import Assertion
from keguan.runtime.org.sessions import browser

if TYPE_CHECKING:
    from django.http import HttpRequest

PROOF, REGISTRATION = "proof", "registration"
"""Kinds of questions."""

_LONGEST = 64 * 1024


def house(request: HttpRequest) -> House:
    """Our name and origin as this browser knows them; the name is one of ``KEGUAN_HOSTS``."""
    host = request.get_host()
    return House(host.rpartition(":")[0] or host if not host.endswith("]") else host, f"{request.scheme}://{host}")


def assertion(request: HttpRequest) -> Assertion:
    """The browser's proof by a passkey, with the question it answers. Raises ``Refused``."""
    return Assertion(house(request), browser.take_question(request, PROOF), answered(request))


def answered(request: HttpRequest) -> dict[str, Any]:
    """What a passkey has said, as an object of JSON. Raises ``Refused`` (``org.passkey_answer``)."""
    text = request.POST.get("answer", "")
    try:
        found = json.loads(text) if len(text) <= _LONGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused("org.passkey_answer", gettext("通行密钥没有回答，请重试，或用别的办法。"))
    return found
