"""How one wants to be told."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications import queries as notifications
from keguan.runtime.notifications.actions import SetPreferences
from keguan.runtime.notifications.queries import Digest, Group
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse, QueryDict

DIGESTS = {
    Digest.AT_ONCE.value: _("马上"),
    Digest.HOURLY.value: _("每小时汇总"),
    Digest.DAILY.value: _("每天 08:30 汇总"),
}
"""How soon, in words."""


@staff_page
def preferences(page: Page) -> HttpResponse:
    """Channels and rhythm for each group, quiet hours, and one's own addresses."""
    refused = ""
    if page.request.method == "POST":
        try:
            _save(page)
        except Refused as refusal:
            refused = refusal.message
        else:
            messages.success(page.request, gettext("通知偏好已保存。"), extra_tags="good")
            return HttpResponseRedirect(reverse("notifications:preferences"))
    return page.answer("notifications/preferences.html", context(page, refused), status=422 if refused else 200)


def context(page: Page, refused: str = "") -> dict[str, Any]:
    """What the page shows, with a refusal above it."""
    wish = notifications.wish(page.viewer)
    return {
        "refused": refused,
        "administers": may(page.viewer, notifications.ADMINISTERS),
        "groups": [{"wish": each, "label": notifications.GROUPS[each.group]} for each in wish.groups],
        "channels": wish.channels,
        "digests": list(DIGESTS.items()),
        "quiet": wish.quiet,
        "contacts": [{"card": each, "label": notifications.ADDRESS_KINDS[each.address_kind]} for each in wish.contacts],
    }


def _save(page: Page) -> None:
    posted = page.request.POST
    SetPreferences(
        viewer=page.viewer,
        groups={group.value: _chosen(posted, group) for group in Group},
        quiet_since=_time(posted.get("since", "")),
        quiet_until=_time(posted.get("until", "")),
        urgent_too=posted.get("urgent_too") == "1",
    ).run()


def _chosen(posted: QueryDict, group: Group) -> tuple[frozenset[int], str]:
    ids = frozenset(int(each) for each in posted.getlist(f"channel-{group}") if each.isascii() and each.isdigit())
    return ids, posted.get(f"digest-{group}", "")


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        sentence = gettext("请把免打扰的时间写成 22:00 这样。")
        raise Refused("notifications.quiet", sentence) from None
