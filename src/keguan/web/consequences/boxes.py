"""What follows from results: to be decided, decided, and what concerns oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.language.model.consequence import Measure
from keguan.runtime.consequences import queries as consequences
from keguan.runtime.consequences.actions import ApproveConsequence, ObjectToConsequence, RejectConsequence
from keguan.runtime.consequences.queries import Box
from keguan.runtime.ledger.actions import Refused
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.consequences.queries import ProposalView
    from keguan.runtime.ledger.actions import Action


@staff_page
def boxes(page: Page) -> HttpResponse:
    """One box, with the others as tabs. Raises ``Refused`` for a box that there is not."""
    asked = page.request.GET.get("box", Box.TODO.value)
    found = consequences.box(page.viewer, asked, page.request.GET.get("after", ""))
    context = {
        "tabs": [(box.label, f"?box={box.value}", "", box.value == asked) for box in Box],
        "rows": found.rows,
        "further": f"?box={asked}&after={found.next}" if found.next else "",
    }
    return page.answer("consequences/boxes.html", context)


@staff_page
def proposal(page: Page, proposal_id: int) -> HttpResponse:
    """One consequence, and what may be done about it; a refusal is told on the page, with nothing typed lost."""
    refused = ""
    if page.request.method == "POST":
        try:
            action = _action(page, consequences.proposal_view(page.viewer, proposal_id))
            action.run()
        except Refused as refusal:
            refused = "".join(dict.fromkeys((refusal.message, *refusal.fields.values())))
        else:
            messages.success(page.request, _("已办。"), extra_tags="good")
            return HttpResponseRedirect(reverse("consequences:proposal", args=[proposal_id]))
    found = consequences.proposal_view(page.viewer, proposal_id)
    pack, _mark, anchor = found.row.clause.partition("#")
    context = {
        "proposal": found,
        "row": found.row,
        "refused": refused,
        "typed": page.request.POST,
        "clause_url": f"{reverse('policies:document', args=[pack])}#{anchor}" if pack else "",
    }
    return page.answer("consequences/proposal.html", context, status=422 if refused else 200)


def _action(page: Page, found: ProposalView) -> Action[Any]:
    posted = page.request.POST
    opinion, version = posted.get("opinion", "").strip(), _whole(posted.get("version", "")) or 0
    if "approve" in posted:
        text = posted.get("amount", "").strip()
        return ApproveConsequence(
            viewer=page.viewer,
            proposal_id=found.row.id,
            version=version,
            amount=consequences.read_amount(Measure(found.row.measure), text) if text else None,
            staff_id=_whole(posted.get("staff", "")),
            opinion=opinion,
        )
    if "object" in posted:
        return ObjectToConsequence(viewer=page.viewer, proposal_id=found.row.id, version=version, reason=opinion)
    return RejectConsequence(viewer=page.viewer, proposal_id=found.row.id, version=version, opinion=opinion)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
