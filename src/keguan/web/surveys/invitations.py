"""One invitation: where it stands, its link and QR code, what was answered, the call-back; and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.surveys import queries as surveys
from keguan.runtime.surveys.actions import AnswerByCallBack, NoteUnreached, SendNow
from keguan.web.notifications.words import STATES as DELIVERED
from keguan.web.shell.page import Page, staff_page
from keguan.web.surveys.qr import qr_svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from keguan.runtime.surveys.queries import Question

QR = "?by=qr"
"""Behind the link in a QR code, so that the answer says where it was read."""


@staff_page
def call_backs(page: Page) -> HttpResponse:
    """Whom to call back, the longest waiting first."""
    found = surveys.due_call_backs(page.viewer, page.request.GET.get("after", ""))
    return page.answer("surveys/call_backs.html", {"rows": found.rows, "further": found.next})


@staff_page
def invitation(page: Page, invitation_id: int) -> HttpResponse:
    """One invitation, and what may be done about it; a refusal is told on the page, with nothing typed lost."""
    refused: Refused | None = None
    if page.request.method == "POST":
        try:
            done = _act(page, invitation_id)
        except Refused as refusal:
            if refusal.code == "surveys.not_found":
                raise
            refused = refusal
        else:
            messages.success(page.request, done, extra_tags="good")
            return HttpResponseRedirect(reverse("surveys:invitation", args=[invitation_id]))
    found = surveys.invitation_view(page.viewer, invitation_id)
    errors = {} if refused is None else refused.fields
    context = {
        "view": found,
        "row": found.row,
        "qr": qr_svg(f"{found.link}{QR}") if found.qr and found.link else "",
        "written": [DELIVERED[each] for each in found.written],
        "clause": _clause(found.clause),
        "about": _clause(found.about),
        "asked": [_asked(page, each, errors) for each in found.questions],
        "refused": "" if refused is None else refused.message,
    }
    return page.answer("surveys/invitation.html", context, status=200 if refused is None else 422)


def _act(page: Page, invitation_id: int) -> str:
    """Do what was pressed; the sentence that says so. Raises ``Refused``."""
    posted = page.request.POST
    if "send_now" in posted:
        sent = SendNow(viewer=page.viewer, invitation_id=invitation_id).run() == "sent"
        return _("已发出。") if sent else _("没有发出：这位客户不久前已经问过。")
    if "unreached" in posted:
        NoteUnreached(viewer=page.viewer, invitation_id=invitation_id).run()
        return _("已记下：没有接通。")
    questions = surveys.invitation_view(page.viewer, invitation_id).questions
    typed = {each.code: posted.get(each.code, "") for each in questions}
    AnswerByCallBack(viewer=page.viewer, invitation_id=invitation_id, values=typed).run()
    return _("回访已登记。")


def _asked(page: Page, question: Question, errors: Mapping[str, str]) -> dict[str, object]:
    """A question of the call-back form."""
    options = [(each, each) for each in map(str, question.points or question.choices)]
    if question.kind == "boolean":
        options = [("yes", _("是")), ("no", _("否"))]
    text = page.request.POST.get(question.code, "")
    return {
        "question": question,
        "options": [(value, words, value == text) for value, words in options],
        "text": text,
        "error": errors.get(question.code, ""),
    }


def _clause(clause: str) -> str:
    """The address of a clause."""
    pack, _mark, anchor = clause.partition("#")
    return f"{reverse('policies:document', args=[pack])}#{anchor}" if pack else ""
