"""Coming in, leaving, and the language of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.org import sessions
from keguan.runtime.org.actions import ChooseLanguage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LANGUAGES = {"zh": "zh-hans", "en": "en"}


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and the attempt."""
    target = _next(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(target)
    context = {"next": target, "language": "en" if get_language() == "en" else "zh", "username": ""}
    if request.method != "POST":
        return render(request, "sessions/sign_in.html", context)
    username = request.POST.get("username", "").strip()
    try:
        sessions.sign_in(request, username, request.POST.get("password", ""))
    except Refused as refused:
        context |= {"refused": refused.message, "username": username}
        return render(request, "sessions/sign_in.html", context, status=403)
    return HttpResponseRedirect(target)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, and see the sign-in page."""
    sessions.sign_out(request)
    return HttpResponseRedirect(reverse("sign-in"))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Turn the pages to Chinese or English: for the person who is signed in, else for this browser."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(_next(request))
    if wanted not in LANGUAGES:
        return response
    if request.user.is_authenticated and request.user.pk is not None:
        actor = Actor(request.user.pk, str(request.user), "web")
        ChooseLanguage(actor=actor, staff_id=request.user.pk, language=wanted).run()
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        LANGUAGES[wanted],
        max_age=365 * 24 * 3600,
        httponly=True,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of ours that was asked for, else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("desk")
