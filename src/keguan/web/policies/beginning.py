"""A policy that there has not been yet: brought in from paper, or begun from the example."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import BringIn, NewPolicy
from keguan.runtime.policies.actions.beginning import LARGEST_FILE
from keguan.web.policies.candidates import candidates
from keguan.web.policies.drafting import draft_of, standing
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def new(page: Page) -> HttpResponse:
    """The two ways to begin."""
    _require(page)
    return _form(page, {})


@require_POST
@staff_page
def bring_in(page: Page) -> HttpResponse:
    """Make a draft of the file and tell what became of it."""
    _require(page)
    posted = page.request.POST
    pack, title = posted.get("pack", "").strip(), posted.get("title", "").strip()
    try:
        name, data = _file(page)
        number = BringIn(actor=page.viewer.actor, pack=pack, file_name=name, data=data, title=title).run()
    except Refused as refused:
        suggested = _suggested(page)
        filled = {"pack": pack, "title": title, "refused": refused}
        return _form(page, {**filled, "suggested": suggested if suggested == title else ""}, status=422)
    return HttpResponseRedirect(reverse("policies:origin", args=[pack, number]))


@require_POST
@staff_page
def example(page: Page) -> HttpResponse:
    """Make a draft of the example under a new name and open it."""
    _require(page)
    posted = page.request.POST
    pack, title = posted.get("pack", "").strip(), posted.get("title", "").strip()
    try:
        number = NewPolicy(actor=page.viewer.actor, pack=pack, title=title).run()
    except Refused as refused:
        return _form(page, {"new_pack": pack, "new_title": title, "new_refused": refused}, status=422)
    return HttpResponseRedirect(reverse("policies:draft", args=[pack, number]))


@staff_page
def origin(page: Page, pack: str, number: int) -> HttpResponse:
    """What became of the file that a draft was made from, and what its clauses could become."""
    found = draft_of(page, pack, number)
    told = policies.origin_of(number, page.viewer.language)
    if told is None:
        raise Http404
    model = policies.checked_draft(pack, found.files).model
    context = {
        "card": found.card,
        "standing": standing(found.card, page.viewer),
        "origin": told,
        "unlisted": told.dropped - len(told.left_out),
        "candidates": () if model is None else candidates(model.policies[pack]),
        "sound": model is not None,
    }
    return page.answer("policies/origin.html", context)


def _require(page: Page) -> None:
    if not may(page.viewer, "draft"):
        raise Refused("policies.not_allowed", gettext("您的岗位不起草制度。"))


def _form(page: Page, filled: dict[str, Any], *, status: int = 200) -> HttpResponse:
    name = policies.free_name()
    return page.answer("policies/new.html", {"pack": name, "new_pack": name, **filled}, status=status)


def _suggested(page: Page) -> str:
    """The title that the page suggested for the upload: another file may suggest another."""
    given = page.request.FILES.get("file")
    return PurePath(given.name).stem if isinstance(given, UploadedFile) and given.name else ""


def _file(page: Page) -> tuple[str, bytes]:
    """Name and bytes of the upload. Raises ``Refused``."""
    given = page.request.FILES.get("file")
    large = int(page.request.headers.get("Content-Length") or 0) > 2 * LARGEST_FILE
    if isinstance(given, UploadedFile):
        return given.name or "", given.read(LARGEST_FILE + 1)
    told = gettext("文件超过 10 MB。请去掉图片后再试。") if large else gettext("请选择要带进来的文件。")
    raise Refused("policies.file", told, {"file": told})
