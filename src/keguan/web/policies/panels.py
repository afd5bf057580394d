"""The draft seen from four sides: as staff will read it, beside the version in force, tried, and on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from keguan.runtime.policies import queries as policies
from keguan.web.policies import words
from keguan.web.policies.changes import by_clause
from keguan.web.policies.document import articles, segments, shares
from keguan.web.policies.draft import files_from
from keguan.web.policies.drafting import buttons, draft_of, stages, standing
from keguan.web.policies.prose import prose, whole
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

TABS: tuple[tuple[str, Promise], ...] = (
    ("text", _("正文")),
    ("preview", _("预览")),
    ("changes", _("对比")),
    ("trial", _("试算")),
    ("process", _("流程")),
)
"""The sides of a draft; every one but the text is fetched when it is asked for."""


@require_POST
@staff_page
def preview(page: Page, pack: str, number: int) -> HttpResponse:
    """The draft as staff will read it; while it has errors, its bare text."""
    found = draft_of(page, pack, number)
    files = files_from(page.request.POST, found.files)
    checked = policies.checked_draft(pack, files)
    context: dict[str, Any] = {"sound": checked.model is not None, "card": found.card}
    if checked.model is None:
        context["texts"] = [whole(text) for text in files.values()]
    else:
        policy = checked.model.policies[pack]
        coverage = policies.coverage_of(policy)
        context |= {
            "policy": policy,
            "preamble": prose(policy.preamble),
            "articles": articles(policy, checked.model, page.viewer, draft=True),
            "coverage": coverage,
            "segments": segments(coverage),
            "shares": shares(policy, coverage),
            "clashes": policies.role_clashes(checked.model),
        }
    return page.fragment("policies/preview.html", context)


@require_POST
@staff_page
def changes(page: Page, pack: str, number: int) -> HttpResponse:
    """What the draft changes of the version in force, clause by clause."""
    found = draft_of(page, pack, number)
    files = files_from(page.request.POST, found.files)
    checked = policies.checked_draft(pack, files)
    told = () if checked.model is None else by_clause(policies.changed(checked.model), pack, page.viewer.language)
    context = {"sound": checked.model is not None, "clauses": told, "card": found.card}
    return page.fragment("policies/changes.html", context)


@require_POST
@staff_page
def process(page: Page, pack: str, number: int) -> HttpResponse:
    """Where the draft stands: who did what when, what can be done now, and who has read what came of it."""
    found = draft_of(page, pack, number)
    card = found.card
    asked = policies.receipts(pack) if card.version else ()
    context = {
        "standing": standing(card, page.viewer),
        "card": card,
        "stages": stages(card),
        "moves": [(move, words.DONE[move.step]) for move in reversed(found.moves)],
        "buttons": buttons(card, page.viewer),
        "receipts": [each for each in asked if each.version.version == card.version],
        "direct": policies.direct(),
    }
    return page.fragment("policies/process.html", context)
