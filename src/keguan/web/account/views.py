"""One's own security: one page for what one proves oneself with, and where one is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import SetPassword
from keguan.runtime.org.factors.queries import factors_of
from keguan.runtime.org.factors.requirement import required
from keguan.runtime.org.federation.binding import identities_of
from keguan.runtime.org.federation.doors import directory_door, providers
from keguan.runtime.org.passwords.figures import figures
from keguan.runtime.org.passwords.queries import password_of
from keguan.runtime.org.passwords.rules import PLAIN_LENGTH
from keguan.runtime.org.sessions import browser
from keguan.runtime.org.sessions.ending import EndSession, EndSessions
from keguan.runtime.org.sessions.owing import owed
from keguan.runtime.org.sessions.queries import sessions_of
from keguan.web.account.again import recently
from keguan.web.account.house import house
from keguan.web.account.whose import own
from keguan.web.account.words import means_words
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def security(page: Page) -> HttpResponse:
    """Password, second factors, sessions, accounts elsewhere."""
    return page.answer("account/security.html", security_context(page))


def security_context(page: Page) -> dict[str, Any]:
    """What the security page shows of whoever looks."""
    staff_id = own(page)
    bound = {each.door: each for each in identities_of(staff_id)}
    return {
        "password": password_of(staff_id),
        "factors": factors_of(staff_id),
        "required": required(staff_id),
        "owed": owed(page.request),
        "fit": house(page.request).fit,
        "sessions": [(each, means_words(each.means)) for each in sessions_of(staff_id)],
        "current": browser.current_session(page.request),
        "providers": [(each, bound.get(each.code)) for each in providers()],
        "directory": directory_door() is not None,
        "in_directory": bound.get("ldap"),
        "manages": may(page.viewer, "manage_staff"),
    }


@sensitive_post_parameters("current", "password", "again")
@staff_page
def password(page: Page) -> HttpResponse:
    """Choose another password: with the one in use, which is checked where failures are counted."""
    staff_id = own(page)
    staff = org.active_staff(staff_id)
    state = password_of(staff_id)
    context: dict[str, Any] = {
        "state": state,
        "least": figures().password_length,
        "plain": PLAIN_LENGTH,
        "staff": staff,
    }
    if page.request.method == "POST":
        try:
            _set(page, staff_id)
        except Refused as refused:
            context |= {"refused": refused.message}
            return page.answer("account/password.html", context, status=422)
        messages.success(page.request, gettext("密码已修改，请用新密码重新登录。"), extra_tags="good")
        return HttpResponseRedirect(reverse("sign-in"))
    return page.answer("account/password.html", context)


@require_POST
@staff_page
@recently
def end_session(page: Page, session: int) -> HttpResponse:
    """End one of one's sessions; one's own current one is left through the door."""
    EndSession(actor=page.viewer.actor, session_id=session).run()
    messages.success(page.request, gettext("那次登录已结束。"), extra_tags="good")
    return HttpResponseRedirect(reverse("account:security"))


@require_POST
@staff_page
@recently
def end_others(page: Page) -> HttpResponse:
    """End all of one's sessions but this one."""
    current = browser.current_session(page.request)
    EndSessions(actor=page.viewer.actor, staff_id=own(page), but=current).run()
    messages.success(page.request, gettext("其他登录都已结束。"), extra_tags="good")
    return HttpResponseRedirect(reverse("account:security"))


def _set(page: Page, staff_id: int) -> None:
    posted = page.request.POST
    if posted.get("password", "") != posted.get("again", ""):
        raise Refused("settings.password", gettext("两次输入的新密码不一样，请重新输入。"))
    if not posted.get("current"):
        raise Refused("settings.password", gettext("请填写现在的密码。"))
    browser.confirm(page.request, password=posted["current"])
    SetPassword(actor=page.viewer.actor, staff_id=staff_id, password=posted.get("password", "")).run()
