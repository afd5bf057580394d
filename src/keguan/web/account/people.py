"""For administrators: who is signed in where, and what to do when somebody has lost a telephone or a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import SetPassword, Unlock
from keguan.runtime.org.factors.enrolling import ResetFactors
from keguan.runtime.org.factors.queries import factors_of
from keguan.runtime.org.federation.binding import UnbindIdentity, identities_of
from keguan.runtime.org.passwords.queries import password_of
from keguan.runtime.org.sessions.ending import EndSession, EndSessions
from keguan.runtime.org.sessions.queries import live_sessions, sessions_of
from keguan.web.account.again import recently
from keguan.web.account.words import MEANS, means_words
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

_MOST = 30


@require_GET
@staff_page
def people(page: Page) -> HttpResponse:
    """Who is signed in now, and finding somebody."""
    permission.require(page.viewer.actor, "manage_staff")
    asked = page.request.GET.get("q", "").strip()[:60]
    context = {
        "asked": asked,
        "found": org.staff_found(asked, _MOST) if asked else (),
        "sessions": [(each, means_words(each.means)) for each in live_sessions()],
    }
    return page.answer("account/people.html", context)


@require_GET
@staff_page
def person(page: Page, staff: int) -> HttpResponse:
    """One person's sign-in."""
    return page.answer("account/person.html", _context(page, staff))


@require_POST
@staff_page
@recently
def unlock(page: Page, staff: int) -> HttpResponse:
    """Let a locked person try again."""
    Unlock(actor=page.viewer.actor, staff_id=staff).run()
    return _back(page, staff, gettext("已解除锁定。"))


@require_POST
@staff_page
@recently
def reset(page: Page, staff: int) -> HttpResponse:
    """Take away the second factors of somebody who has lost them."""
    ResetFactors(actor=page.viewer.actor, staff_id=staff).run()
    return _back(page, staff, gettext("登录验证已重置，本人登录后重新绑定。"))


@require_POST
@sensitive_post_parameters("password")
@staff_page
@recently
def give_password(page: Page, staff: int) -> HttpResponse:
    """Set a password that is good for one sign-in."""
    try:
        SetPassword(actor=page.viewer.actor, staff_id=staff, password=page.request.POST.get("password", "")).run()
    except Refused as refused:
        context = _context(page, staff) | {"refused": refused.message}
        return page.answer("account/person.html", context, status=422)
    return _back(page, staff, gettext("密码已设置。请当面告诉本人，本人登录后要马上改掉。"))


@require_POST
@staff_page
@recently
def end_all(page: Page, staff: int) -> HttpResponse:
    """End all sessions of a person."""
    EndSessions(actor=page.viewer.actor, staff_id=staff).run()
    return _back(page, staff, gettext("这个人的登录都已结束。"))


@require_POST
@staff_page
@recently
def end_one(page: Page, staff: int, session: int) -> HttpResponse:
    """End one session."""
    EndSession(actor=page.viewer.actor, session_id=session).run()
    return _back(page, staff, gettext("那次登录已结束。"))


@require_POST
@staff_page
@recently
def unbind(page: Page, staff: int, identity: int) -> HttpResponse:
    """Undo a binding of somebody."""
    UnbindIdentity(actor=page.viewer.actor, identity_id=identity).run()
    return _back(page, staff, gettext("已解除绑定。"))


def _context(page: Page, staff_id: int) -> dict[str, Any]:
    permission.require(page.viewer.actor, "manage_staff")
    card = org.staff_by_id(staff_id)
    if card is None:
        raise Refused("org.no_staff", gettext("没有这个人员。"))
    return {
        "staff": card,
        "password": password_of(staff_id),
        "factors": factors_of(staff_id),
        "sessions": [(each, means_words(each.means)) for each in sessions_of(staff_id)],
        "identities": [(each, MEANS.get(each.door, each.door)) for each in identities_of(staff_id)],
        "own": staff_id == page.viewer.staff_id,
    }


def _back(page: Page, staff_id: int, sentence: str) -> HttpResponse:
    messages.success(page.request, sentence, extra_tags="good")
    return HttpResponseRedirect(reverse("account:person", args=[staff_id]))
