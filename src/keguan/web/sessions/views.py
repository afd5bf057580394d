"""Coming in, leaving, and the language of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.org.actions import ChooseLanguage
from keguan.runtime.org.factors.queries import factors_of
from keguan.runtime.org.federation.doors import providers
from keguan.runtime.org.sessions import browser
from keguan.web.account.house import assertion, house

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LANGUAGES = {"zh": "zh-hans", "en": "en"}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and the first step: with name and password, or both steps with a passkey."""
    target = next_page(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(target)
    if request.method != "POST":
        return sign_in_page(request)
    username = request.POST.get("username", "").strip()
    try:
        if "answer" in request.POST:
            outcome = browser.sign_in_with_passkey(request, assertion(request))
        else:
            outcome = browser.sign_in(request, username, request.POST.get("password", ""))
    except Refused as refused:
        return sign_in_page(request, {"refused": refused.message, "username": username}, status=403)
    if outcome.pending:
        request.session["next"] = target
        return HttpResponseRedirect(reverse("sign-in-factor"))
    return HttpResponseRedirect(target)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code", "answer")
def factor(request: HttpRequest) -> HttpResponse:
    """The second step: a code, or a passkey."""
    pending = browser.awaited(request)
    if pending is None:
        return HttpResponseRedirect(reverse("sign-in"))
    target = request.session.get("next") or reverse("desk")
    context: dict[str, Any] = {"factors": factors_of(pending["staff"]), "fit": house(request).fit}
    if request.method == "POST":
        try:
            if "answer" in request.POST:
                browser.present_factor(request, assertion=assertion(request))
            else:
                browser.present_factor(request, code=request.POST.get("code", ""))
        except Refused as refused:
            if browser.awaited(request) is None:
                return sign_in_page(request, {"refused": refused.message}, status=403)
            return _gate(request, "sessions/factor.html", context | {"refused": refused.message}, status=403)
        return HttpResponseRedirect(target)
    return _gate(request, "sessions/factor.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, and see the sign-in page."""
    browser.sign_out(request)
    return HttpResponseRedirect(reverse("sign-in"))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Turn the pages to Chinese or English: for the person who is signed in, else for this browser."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(next_page(request))
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


def sign_in_page(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page with the first step, and whatever there is to say."""
    context = {
        "next": next_page(request),
        "username": "",
        "providers": providers(),
        "fit": house(request).fit,
        **(more or {}),
    }
    return _gate(request, "sessions/sign_in.html", context, status=status)


def next_page(request: HttpRequest) -> str:
    """Where to go afterwards: an address of ours that was asked for, else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("desk")


def _gate(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page for whoever is not in yet."""
    language = "en" if get_language() == "en" else "zh"
    return render(request, template, {"language": language, **context}, status=status)
