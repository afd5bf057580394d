"""The draft tried on the live records: the page, and what it tells as files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.decisions import queries as decisions
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.web.policies.draft import files_from, findings
from keguan.web.policies.drafting import draft_of
from keguan.web.policies.trying import tried
from keguan.web.policies.trying_totals import fact, quota
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from keguan.runtime.decisions.queries import Simulated

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@require_POST
@staff_page
def trial(page: Page, pack: str, number: int) -> HttpResponse:
    """What the draft would change, worked out on the live records by both versions; nothing is written."""
    found = draft_of(page, pack, number)
    checked = policies.checked_draft(pack, files_from(page.request.POST, found.files))
    context: dict[str, Any] = {"sound": checked.model is not None, "card": found.card}
    if checked.model is None:
        context["findings"] = findings(checked.diagnostics, pack, page.viewer.language)
    else:
        told = decisions.simulate(page.viewer, decisions.Question(new=checked.model))
        context |= _told(told, pack, page.viewer.language)
    return page.fragment("policies/trial.html", context)


@require_POST
@staff_page
def download(page: Page, pack: str, number: int, form: str) -> HttpResponse:
    """The trial as a list of those who would move (CSV) or whole (JSON), as far as this viewer may see."""
    if form not in MEDIA_TYPES:
        raise Http404(form)
    found = draft_of(page, pack, number)
    checked = policies.checked_draft(pack, files_from(page.request.POST, found.files))
    if checked.model is None:
        raise Refused("policies.unsound", gettext("草案还有错误，没有试算。"))
    told = decisions.simulate(page.viewer, decisions.Question(new=checked.model))
    if form == "csv":
        data = decisions.simulation_csv(told).encode("utf-8-sig")  # the mark by which a spreadsheet knows UTF-8
    else:
        data = json.dumps(decisions.simulation_data(told), ensure_ascii=False, indent=1).encode()
    name = gettext("%(pack)s试算%(day)s") % {"pack": pack, "day": told.day.isoformat()}
    disposition = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    return HttpResponse(data, content_type=MEDIA_TYPES[form], headers={"Content-Disposition": disposition})


def _told(found: Simulated, pack: str, language: str) -> dict[str, Any]:
    return {
        "simulated": found,
        "old": found.old.get(pack),
        "new": found.new[pack],
        "decisions": [tried(each, language) for each in found.decisions],
        "facts": [fact(each, language) for each in found.facts],
        "quotas": [quota(each, language) for each in found.quotas],
        "untold": [(each.clause, each.sentence(language)) for each in found.not_simulated],
        "still": [each.label.text(language) for each in found.still],
    }
