"""One's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from keguan.language.model.model import RowScope
from keguan.language.model.operations import OPERATIONS
from keguan.runtime.access.rights import may
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse


@staff_page
def settings(page: Page) -> HttpResponse:
    """Language, one's posts with what they allow, and the current session."""
    staff = None if page.viewer.staff_id is None else org.staff_by_id(page.viewer.staff_id)
    context: dict[str, Any] = {
        "staff": staff,
        "posts": _posts(page),
        "manages": may(page.viewer, "manage_staff"),
        "ends": page.request.session.get_expiry_date(),
        "browser": page.request.headers.get("User-Agent", ""),
    }
    return page.answer("settings/settings.html", context)


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
