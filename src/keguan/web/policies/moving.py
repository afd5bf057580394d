"""A draft's next step, and confirming that one has read what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.actions import ConfirmRead, Taking
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.queries import Step
from keguan.web.policies.draft import findings
from keguan.web.policies.drafting import draft_of
from keguan.web.policies.editing import editor
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_POST
@staff_page
def step(page: Page, pack: str, number: int) -> HttpResponse:
    """Take the step whose button was pressed, or show the draft again with what stood in the way."""
    found = draft_of(page, pack, number)
    posted = page.request.POST
    revision, opinion = posted.get("revision", ""), posted.get("opinion", "").strip()
    taking = Taking(
        actor=page.viewer.actor,
        draft_id=number,
        revision=int(revision) if revision.isdecimal() else 0,
        opinion=opinion,
    )
    try:
        told = _take(posted.get("step", ""), taking)
    except Refused as refused:
        context = editor(page, found, "process") | {"refused": refused.message, "opinion": opinion}
        context["findings"] = findings(getattr(refused, "diagnostics", ()), pack, page.viewer.language)
        return page.answer("policies/draft.html", context, status=422)
    messages.success(page.request, told, extra_tags="good")
    return HttpResponseRedirect(f"{reverse('policies:draft', args=[pack, number])}?tab=process")


@require_POST
@staff_page
def confirm(page: Page, pack: str) -> HttpResponse:
    """Confirm having read a version."""
    version = page.request.POST.get("version", "")
    ConfirmRead(actor=page.viewer.actor, pack=pack, version=version).run()
    messages.success(page.request, gettext("已签收，谢谢。"), extra_tags="good")
    return HttpResponseRedirect(reverse("policies:document", args=[pack]))


def _take(name: str, taking: Taking) -> str:
    """Do it and say so. Raises ``Refused``, and ``Http404`` for a step that has no button."""
    if name not in _TOLD:
        raise Http404(name)
    done = taking.action(Step(name)).run()
    if not isinstance(done, Published):
        return str(_TOLD[Step(name)])
    version = ", ".join(each for _pack, each in done.versions)
    return str(_TOLD[Step.SIGN]) % {"version": version, "day": done.effective.isoformat()}


_TOLD: dict[str, Promise] = {
    Step.SUBMIT: _("已提交审核。文字已锁住，审核人会在工作台看到。"),
    Step.APPROVE: _("已审核通过，转签发人。"),
    Step.RETURN: _("已退回起草人。"),
    Step.SEND_BACK: _("已退回起草人。"),
    Step.SIGN: _("已发布 %(version)s，自 %(day)s 起施行。"),
    Step.REBASE: _("草案已接上最新发布的版本。请看“对比”，确认新版的改动还在。"),
    Step.WITHDRAW: _("草案已撤回。"),
}
