"""The editor: the draft's text, checked as one types, kept as one types."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import SaveDraft, StartDraft
from keguan.runtime.policies.queries import Step
from keguan.web.policies.draft import PREFIX, files_from, findings
from keguan.web.policies.drafting import draft_of, standing, steps
from keguan.web.policies.panels import TABS
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse


@require_POST
@staff_page
def start(page: Page, pack: str) -> HttpResponse:
    """Begin a draft from the text as last published and open it."""
    number = StartDraft(actor=page.viewer.actor, pack=pack).run()
    return HttpResponseRedirect(reverse("policies:draft", args=[pack, number]))


@staff_page
def draft(page: Page, pack: str, number: int) -> HttpResponse:
    """The draft in the editor, or to be read where it is locked."""
    found = draft_of(page, pack, number)
    return page.answer("policies/draft.html", editor(page, found, page.request.GET.get("tab", "")))


@require_POST
@staff_page
def check(page: Page, pack: str, number: int) -> HttpResponse:
    """What the language finds in the text as it stands in the editor; nothing is kept."""
    found = draft_of(page, pack, number)
    begun = perf_counter()
    checked = policies.checked_draft(pack, files_from(page.request.POST, found.files))
    context = {
        "findings": findings(checked.diagnostics, pack, page.viewer.language),
        "sound": checked.model is not None,
        "asked": page.request.POST.get("asked", ""),
        "took": round((perf_counter() - begun) * 1000),
        "live": True,
    }
    return page.fragment("policies/findings.html", context)


@require_POST
@staff_page
def save(page: Page, pack: str, number: int) -> HttpResponse:
    """Keep the text; when somebody else saved first, say so and leave it in the editor. Status 409 then."""
    found = draft_of(page, pack, number)
    posted = page.request.POST
    revision = _revision(posted.get("revision", ""))
    action = SaveDraft(
        actor=page.viewer.actor, draft_id=number, revision=revision, files=files_from(posted, found.files)
    )
    try:
        kept = action.run()
    except Refused as refused:
        context = {"standing": standing(policies.draft(number).card, page.viewer), "revision": revision}
        return page.fragment("policies/unsaved.html", context | {"refused": refused}, status=409)
    context = {"standing": standing(policies.draft(number).card, page.viewer), "revision": kept}
    return page.fragment("policies/saved.html", context)


@require_POST
@staff_page
def copy(page: Page, pack: str, number: int) -> HttpResponse:
    """Keep the text in the editor as a draft of its own, beside the one that somebody else saved."""
    found = draft_of(page, pack, number)
    files = files_from(page.request.POST, found.files)
    made = StartDraft(actor=page.viewer.actor, pack=pack, files=files, title=found.card.title).run()
    return HttpResponseRedirect(reverse("policies:draft", args=[pack, made]))


def editor(page: Page, found: policies.DraftText, tab: str) -> dict[str, Any]:
    """What the draft's page shows."""
    return {
        "standing": standing(found.card, page.viewer),
        "card": found.card,
        "revision": found.card.revision,
        "files": [(name, PREFIX + name, text) for name, text in found.files.items()],
        "brought": found.brought,
        "editable": Step.SAVE in steps(found.card, page.viewer),
        "tabs": TABS,
        "tab": tab if tab in dict(TABS) else "text",
    }


def _revision(text: str) -> int:
    return int(text) if text.isdecimal() else 0
