"""Drafting a revision: edit, check, try on the live records, publish."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.language.diagnostics.diagnostic import Severity
from keguan.language.source import PackSource
from keguan.runtime.access.rights import may
from keguan.runtime.clock import today
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import Publish
from keguan.web.policies.draft import PREFIX, files_from, findings, moved
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.http import HttpResponse


@staff_page
def draft(page: Page, pack: str) -> HttpResponse:
    """The editor, filled with the text as last published."""
    last = _latest(page, pack)
    return page.answer("policies/draft.html", _editor(pack, _files(last, pack), last.publication_id))


@require_POST
@staff_page
def check(page: Page, pack: str) -> HttpResponse:
    """What the language finds in the draft."""
    files = files_from(page.request.POST, _files(_latest(page, pack), pack))
    checked = policies.checked_draft(pack, files)
    context = {"findings": findings(checked.diagnostics, page.viewer.language), "sound": checked.model is not None}
    return page.fragment("policies/findings.html", context)


@require_POST
@staff_page
def trial(page: Page, pack: str) -> HttpResponse:
    """What the draft would change, tried on the live records."""
    files = files_from(page.request.POST, _files(_latest(page, pack), pack))
    tried = policies.trial(pack, files)
    language = page.viewer.language
    context = {
        "findings": findings(tried.diagnostics, language),
        "sound": tried.model is not None,
        "trial": tried,
        "changes": [(change.clause, change.sentence(language)) for change in tried.changes],
        "movements": [moved(each, language) for each in tried.movements],
    }
    return page.fragment("policies/trial.html", context)


@require_POST
@staff_page
def publish(page: Page, pack: str) -> HttpResponse:
    """Publish the draft, or show it again with what stood in the way."""
    posted = page.request.POST
    last = _latest(page, pack)
    files = files_from(posted, _files(last, pack))
    based_on = int(posted.get("based_on", "") or last.publication_id)
    try:
        action = Publish(
            actor=page.viewer.actor,
            packs=(PackSource(pack, files),),
            effective=_day(posted.get("effective", "")),
            based_on=based_on,
        )
        done = action.run()
    except Refused as refused:
        context = _editor(pack, files, based_on)
        context |= {"refused": refused.message, "effective": posted.get("effective", "")}
        diagnostics = getattr(refused, "diagnostics", ())
        context["findings"] = findings(diagnostics, page.viewer.language)
        return page.answer("policies/draft.html", context, status=422)
    version = ", ".join(number for _, number in done.versions)
    messages.success(
        page.request,
        gettext("已发布 %(version)s，自 %(day)s 起施行。") % {"version": version, "day": done.effective.isoformat()},
        extra_tags="good",
    )
    return HttpResponseRedirect(reverse("policies:document", args=[pack]))


def _latest(page: Page, pack: str) -> policies.Current:
    """The last publication, for those who may publish. Raises ``Refused`` and ``Http404``."""
    if not may(page.viewer, "publish"):
        raise Refused("policies.may_not_publish", gettext("您的岗位没有“发布制度”这一项，不能起草修订。"))
    last = policies.latest()
    if last is None or pack not in last.model.policies:
        raise Http404(pack)
    return last


def _files(last: policies.Current, pack: str) -> Mapping[str, str]:
    return next(source.files for source in last.sources if source.id == pack)


def _editor(pack: str, files: Mapping[str, str], based_on: int) -> dict[str, Any]:
    last = policies.latest()
    if last is None:
        raise Http404(pack)
    return {
        "policy": last.model.policies[pack],
        "files": [(name, PREFIX + name, text) for name, text in files.items()],
        "based_on": based_on,
        "effective": today().isoformat(),
        "error": Severity.ERROR,
    }


def _day(text: str) -> date | None:
    """The day in the form's field; None when left empty. Raises ``Refused``."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("policies.day", gettext("施行日期要写成 2026-12-01 这样。")) from error
