"""Records that may be one and the same: the list, the search for them, and what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import DismissSuspect, StartScan
from keguan.web.records.addressed import declared
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.records.queries import SuspectCard

LIKENESSES = {
    "same": (gettext_lazy("%(field)s相同"), "green"),
    "near": (gettext_lazy("%(field)s只差一处"), "amber"),
    "sound": (gettext_lazy("%(field)s读音相近"), "amber"),
    "similar": (gettext_lazy("%(field)s相似"), "amber"),
    "other": (gettext_lazy("%(field)s不同"), "grey"),
}
"""Each likeness in words, and the colour of its pill."""


@staff_page
def suspects(page: Page, record_type: str) -> HttpResponse:
    """The pairs, the likeliest first."""
    known = declared(record_type)
    found = records.suspects(page.viewer, record_type, page.request.GET.get("after", ""))
    scan = records.last_scan(page.viewer, record_type)
    context = {
        "type": record_type,
        "label": known.label.text(page.viewer.language),
        "pairs": [_pair(page, record_type, each) for each in found.pairs],
        "next": found.next,
        "scan": scan,
        "busy": scan is not None and scan.job is not None and not scan.job.over,
        "back": reverse("records:list", args=[record_type]),
    }
    if page.partial:
        return page.fragment("records/suspects_state.html", context)
    return page.answer("records/suspects.html", context)


@require_POST
@staff_page
def scan(page: Page, record_type: str) -> HttpResponse:
    """Have all records searched."""
    StartScan(viewer=page.viewer, record_type=declared(record_type).code).run()
    return HttpResponseRedirect(reverse("records:suspects", args=[record_type]))


@require_POST
@staff_page
def dismiss(page: Page, record_type: str, suspect_id: int) -> HttpResponse:
    """They are not one and the same."""
    DismissSuspect(viewer=page.viewer, suspect_id=suspect_id).run()
    messages.success(page.request, gettext("已记下，以后不再提示这一对。"), extra_tags="good")
    return HttpResponseRedirect(reverse("records:suspects", args=[declared(record_type).code]))


def _pair(page: Page, record_type: str, card: SuspectCard) -> dict[str, object]:
    known = policies.current().model.record_types[record_type]
    reasons = []
    for reason in card.reasons:
        words, colour = LIKENESSES[str(reason.likeness)]
        label = known.field(reason.field).label.text(page.viewer.language)
        reasons.append({"text": str(words) % {"field": label}, "colour": colour})
    sides = [
        {
            "url": reverse("records:record", args=[record_type, row.id]),
            "title": row.title.text or f"#{row.id}",
            "more": " · ".join(
                shown.text
                for code, shown in row.cells.items()
                if shown.text and shown.state in ("plain", "masked") and code != known.title
            ),
            "owner": " · ".join(part for part in (row.unit, row.owner) if part),
        }
        for row in (card.one, card.other)
    ]
    url = reverse("records:merge", args=[record_type])
    merge_url = f"{url}?id={card.one.id}&id={card.other.id}"
    return {"id": card.id, "score": card.score, "sides": sides, "reasons": reasons, "merge_url": merge_url}
