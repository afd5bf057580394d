"""Taking up and giving up second factors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.factors import totp
from keguan.runtime.org.factors.enrolling import (
    BeginAuthenticator,
    ConfirmAuthenticator,
    NewRecoveryCodes,
    RemoveAuthenticator,
)
from keguan.runtime.org.factors.keeping import AddPasskey, RemovePasskey, registration
from keguan.runtime.org.sessions import browser
from keguan.web.account.again import recently
from keguan.web.account.house import REGISTRATION, answered, house
from keguan.web.account.views import security_context
from keguan.web.account.whose import own
from keguan.web.shell.page import Page, staff_page
from keguan.web.surveys.qr import qr_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse


@require_POST
@sensitive_variables("secret")
@staff_page
@recently
def begin_codes(page: Page) -> HttpResponse:
    """Show the secret for an authenticator app, this once, and ask for its first code."""
    secret = BeginAuthenticator(actor=page.viewer.actor).run()
    return page.answer("account/codes.html", _shown(page, secret))


@require_POST
@sensitive_post_parameters("code")
@staff_page
@recently
def confirm_codes(page: Page) -> HttpResponse:
    """Put the app in force with its first code."""
    try:
        codes = ConfirmAuthenticator(actor=page.viewer.actor, code=page.request.POST.get("code", "").strip()).run()
    except Refused as refused:
        return page.answer("account/codes.html", {"refused": refused.message}, status=422)
    browser.strengthen(page.request)
    return _taken_up(page, codes, gettext("动态口令已绑定，下次登录要输入手机上的验证码。"))


@require_POST
@staff_page
@recently
def remove_codes(page: Page) -> HttpResponse:
    """Stop using the app."""
    RemoveAuthenticator(actor=page.viewer.actor).run()
    return _back(page, gettext("动态口令已停用。"))


@require_POST
@staff_page
@recently
def recovery(page: Page) -> HttpResponse:
    """Make fresh recovery codes and show them, this once."""
    codes = NewRecoveryCodes(actor=page.viewer.actor).run()
    return page.answer("account/recovery.html", {"codes": codes})


@require_POST
@staff_page
@recently
def passkey_question(page: Page) -> HttpResponse:
    """What to ask the browser for a new key."""
    staff = org.active_staff(own(page))
    options, kept = registration(house(page.request), staff.id, staff.username)
    browser.remember_question(page.request, REGISTRATION, kept)
    return JsonResponse(options)


@require_POST
@staff_page
@recently
def add_passkey(page: Page) -> HttpResponse:
    """Register the key that the browser has made."""
    request = page.request
    try:
        codes = AddPasskey(
            actor=page.viewer.actor,
            house=house(request),
            kept=browser.take_question(request, REGISTRATION),
            answer=answered(request),
            label=request.POST.get("label", ""),
        ).run()
    except Refused as refused:
        return page.answer("account/security.html", {**security_context(page), "refused": refused.message}, status=422)
    browser.strengthen(request)
    return _taken_up(page, codes, gettext("通行密钥已绑定。"))


@require_POST
@staff_page
@recently
def remove_passkey(page: Page, passkey: int) -> HttpResponse:
    """Forget a key."""
    RemovePasskey(actor=page.viewer.actor, passkey_id=passkey).run()
    return _back(page, gettext("通行密钥已删除。"))


def _shown(page: Page, secret: Any) -> dict[str, Any]:
    account = org.active_staff(own(page)).username
    return {
        "qr": qr_svg(totp.address(secret, account, gettext("客管"))),
        "secret": totp.written(secret),
    }


def _taken_up(page: Page, codes: Sequence[str] | Any, sentence: str) -> HttpResponse:
    messages.success(page.request, sentence, extra_tags="good")
    if codes:
        return page.answer("account/recovery.html", {"codes": codes})
    return HttpResponseRedirect(reverse("account:security"))


def _back(page: Page, sentence: str) -> HttpResponse:
    messages.success(page.request, sentence, extra_tags="good")
    return HttpResponseRedirect(reverse("account:security"))
