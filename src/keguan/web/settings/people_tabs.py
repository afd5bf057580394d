"""What stands above every page about people: the lists that the viewer may open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.rights import may
from keguan.runtime.departures.queries import looks
from keguan.runtime.org import queries as org
from keguan.runtime.reviews import queries as reviews

if TYPE_CHECKING:
    from keguan.web.shell.page import Page


def tabs(page: Page, current: str) -> list[tuple[str, str, str, bool]]:
    """Label, address, count and whether it is open, for each. At most two queries."""
    viewer, found = page.viewer, []
    if looks(viewer):
        waiting = len(org.waiting_proposals())
        found = [
            ("people", gettext("人员"), reverse("people:list"), ""),
            ("proposals", gettext("待确认"), reverse("people:proposals"), str(waiting or "")),
            ("departures", gettext("离职"), reverse("departures:list"), ""),
            ("orphans", gettext("无主清查"), reverse("departures:orphans"), ""),
        ]
    mine = reviews.waiting_for(viewer)
    found.append(("reviews", gettext("权限复核"), reverse("reviews:list"), str(mine or "")))
    if may(viewer, "audit") or may(viewer, "maintain"):
        found.append(("maintenance", gettext("维护记录"), reverse("people:maintenance"), ""))
    return [(label, url, count, key == current) for key, label, url, count in found]
