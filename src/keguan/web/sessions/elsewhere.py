"""Signing in, or binding one's account, at a provider's own pages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.org.federation.binding import BindIdentity
from keguan.runtime.org.federation.doors import Unreachable, Untrusted, provider_door
from keguan.runtime.org.sessions import browser
from keguan.web.sessions.views import next_page, sign_in_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from keguan.runtime.org.federation.doors import Provider, Vouched

_log = logging.getLogger(__name__)


@require_GET
def leave(request: HttpRequest, door: str) -> HttpResponse:
    """Send the browser to the provider. Whoever is signed in and has just proven it binds their account."""
    provider = _provider(door)
    binds = request.user.is_authenticated
    if binds and not browser.recently_authenticated(request):
        return HttpResponseRedirect(f"{reverse('account:again')}?next={reverse('account:security')}")
    try:
        journey = provider.begin(_back(request, door))
    except Unreachable as error:
        _log.warning("the provider could not be reached", extra={"facts": {"why": str(error)}})
        return sign_in_page(request, {"refused": gettext("统一登录暂时连不上，请稍后再试，或用密码登录。")}, status=503)
    kept = {**journey.kept, "next": next_page(request), "binds": str(request.user.pk) if binds else ""}
    browser.remember_question(request, f"provider-{door}", kept)
    return HttpResponseRedirect(journey.address)


@require_GET
def back(request: HttpRequest, door: str) -> HttpResponse:
    """Back from the provider: check what it says, and come in or bind."""
    provider = _provider(door)
    try:
        kept = browser.take_question(request, f"provider-{door}")
        vouched, why = _asked(provider, kept, request)
        if kept["binds"]:
            return _bind(request, door, vouched, kept["binds"])
        outcome = browser.sign_in_as(request, door, vouched, why)
    except Refused as refused:
        return sign_in_page(request, {"refused": refused.message}, status=403)
    if outcome.pending:
        request.session["next"] = kept["next"]
        return HttpResponseRedirect(reverse("sign-in-factor"))
    return HttpResponseRedirect(kept["next"])


def _asked(provider: Provider, kept: dict[str, str], request: HttpRequest) -> tuple[Vouched | None, str]:
    answer = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    try:
        return provider.finish(kept, answer, _back(request, provider.code)), ""
    except Untrusted as error:
        return None, f"untrusted:{error}"
    except Unreachable as error:
        return None, f"unreachable:{error}"


def _bind(request: HttpRequest, door: str, vouched: Vouched | None, whose: str) -> HttpResponse:
    """Only in the very session that asked for it, and only what the provider vouches for."""
    if vouched is None or not request.user.is_authenticated or str(request.user.pk) != whose:
        messages.error(request, gettext("没有绑定：对方的答复没有通过核对，请重试。"), extra_tags="bad")
    else:
        try:
            actor = Actor(request.user.pk, getattr(request.user, "name", ""), "web")
            BindIdentity(actor=actor, staff_id=int(whose), door=door, subject=vouched.subject).run()
            messages.success(request, gettext("已绑定，下次可以用统一登录。"), extra_tags="good")
        except Refused as refused:
            messages.error(request, refused.message, extra_tags="bad")
    return HttpResponseRedirect(reverse("account:security"))


def _provider(code: str) -> Provider:
    found = provider_door(code)
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, door: str) -> str:
    """The one address that the provider sends people back to: the configured one, whatever name was called."""
    path = reverse("sign-in-back", args=[door])
    return f"{settings.ADDRESS.rstrip('/')}{path}" if settings.ADDRESS else request.build_absolute_uri(path)
