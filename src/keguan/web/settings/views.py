"""One's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from keguan.language.model.model import RowScope
from keguan.language.model.operations import OPERATIONS
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import SetPassword, SignIn
from keguan.runtime.policies import queries as policies
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse


@sensitive_post_parameters("current", "password", "again")
@staff_page
def settings(page: Page) -> HttpResponse:
    """Language, one's posts with what they allow, the current session, and a new password."""
    context: dict[str, Any] = {}
    if page.request.method == "POST":
        try:
            _set_password(page)
        except Refused as refused:
            context["refused"] = refused.message
        else:
            messages.success(page.request, gettext("密码已修改，请用新密码重新登录。"), extra_tags="good")
            return HttpResponseRedirect(reverse("sign-in"))
    staff = None if page.viewer.staff_id is None else org.staff_by_id(page.viewer.staff_id)
    context |= {
        "staff": staff,
        "posts": _posts(page),
        "manages": may(page.viewer, "manage_staff"),
        "ends": page.request.session.get_expiry_date(),
        "browser": page.request.headers.get("User-Agent", ""),
    }
    return page.answer("settings/settings.html", context, status=422 if "refused" in context else 200)


def _set_password(page: Page) -> None:
    """Only with the password in use, which is checked where failures are counted: at sign-in."""
    posted, staff_id = page.request.POST, page.viewer.staff_id
    staff = None if staff_id is None else org.staff_by_id(staff_id)
    if staff is None:
        raise Refused("settings.no_account", gettext("没有可以修改密码的账号。"))
    if posted.get("password", "") != posted.get("again", ""):
        raise Refused("settings.password", gettext("两次输入的新密码不一样，请重新输入。"))
    SignIn(actor=page.viewer.actor, username=staff.username, password=posted.get("current", "")).run()
    SetPassword(actor=page.viewer.actor, staff_id=staff.id, password=posted.get("password", "")).run()


def _posts(page: Page) -> list[dict[str, Any]]:
    """The viewer's posts in words: where, which records, which classes, what they may do, and the clause."""
    roles, language = policies.current().model.roles, page.viewer.language
    scopes = {
        RowScope.OWN: gettext("本人"),
        RowScope.UNIT: gettext("本部门及下级"),
        RowScope.ALL: gettext("全部"),
        RowScope.NONE: gettext("无"),
    }
    held = () if page.viewer.staff_id is None else org.appointments_of(page.viewer.staff_id)
    return [
        {
            "label": roles[each.role].label.text(language),
            "unit": each.unit_name,
            "scope": scopes[roles[each.role].scope],
            "reveal": scopes[roles[each.role].reveal],
            "classes": gettext("、").join(sorted(roles[each.role].classes)),
            "operations": gettext("、").join(
                OPERATIONS[code][0 if language == "zh" else 1] for code in sorted(roles[each.role].operations)
            ),
            "clause": roles[each.role].clause,
        }
        for each in held
        if each.role in roles
    ]
