"""The meter of a quota: group by group how much room there is, who would fall next and who would rise."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from keguan.runtime.decisions import queries as decisions
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def first(page: Page) -> HttpResponse:
    """The first quota that the viewer may see; what to do where there is none."""
    offered = decisions.quotas_offered(page.viewer)
    if offered:
        return HttpResponseRedirect(reverse("quotas:meter", args=[offered[0][1]]))
    return page.answer("quotas/none.html", {})


@staff_page
def meter(page: Page, quota: str) -> HttpResponse:
    """One page of groups. Raises ``Refused`` for a quota that there is not or that the viewer may not see."""
    found = decisions.meter(page.viewer, quota, page.request.GET.get("after", "").replace("\0", ""))
    language, offered = page.viewer.language, decisions.quotas_offered(page.viewer)
    context = {
        "meter": found,
        "label": found.label.text(language),
        "quotas": [(label.text(language), code, code == quota) for label, code in offered],
        "further": f"?{urlencode({'after': found.next})}" if found.next else "",
    }
    return page.answer("quotas/meter.html", context)
