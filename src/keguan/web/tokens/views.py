"""One's own API tokens: issue, see, revoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.browser import recently_authenticated
from keguan.runtime.tokens import queries as tokens
from keguan.runtime.tokens.actions import LONGEST_DAYS, IssueToken, RevokeToken
from keguan.runtime.tokens.scopes import LABELS
from keguan.web.account.again import ask
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

DEFAULT_DAYS = 30


@never_cache
@staff_page
def listing(page: Page) -> HttpResponse:
    """The viewer's tokens and the form for a new one; after issuing, the secret, this once.

    A token is as good as its owner, so whoever asks for one has proven who they are in the last ten minutes.
    """
    context: dict[str, Any] = {"asked": {"days": DEFAULT_DAYS}, "fields": {}}
    if page.request.method == "POST" and not recently_authenticated(page.request):
        return ask(page)
    if page.request.method == "POST":
        try:
            context["issued"] = _issue(page)
        except Refused as refused:
            context |= {"refused": refused.message, "fields": refused.fields, "asked": page.request.POST.dict()}
            context["chosen"] = page.request.POST.getlist("scope")
    context |= {
        "tokens": [
            {"token": each, "scopes": [LABELS[scope] for scope in LABELS if scope in each.scopes]}
            for each in tokens.tokens_of(_staff_id(page))
        ],
        "scopes": list(LABELS.items()),
        "longest": LONGEST_DAYS,
    }
    return page.answer("tokens/list.html", context, status=422 if "refused" in context else 200)


@require_POST
@staff_page
def revoke(page: Page, token: int) -> HttpResponse:
    """End one of the viewer's tokens and come back to the list."""
    RevokeToken(actor=page.viewer.actor, token_id=token).run()
    messages.success(page.request, gettext("令牌已停用，用它的程序从现在起不能再访问。"), extra_tags="good")
    return HttpResponseRedirect(reverse("tokens"))


def _issue(page: Page) -> str:
    posted = page.request.POST
    days = posted.get("days", "")
    issued = IssueToken(
        actor=page.viewer.actor,
        staff_id=_staff_id(page),
        label=posted.get("label", ""),
        scopes=frozenset(posted.getlist("scope")),
        days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
    ).run()
    return issued.secret


def _staff_id(page: Page) -> int:
    """Pages are for members of staff only, so there is one."""
    staff_id = page.viewer.staff_id
    if staff_id is None:
        raise Refused("settings.no_account", gettext("没有可以签发令牌的账号。"))
    return staff_id
