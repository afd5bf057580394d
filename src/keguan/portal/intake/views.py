"""The pages on which a customer begins a case, asks about it, and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from keguan.portal.intake.widgets import TRAP, typed_in, widgets
from keguan.portal.shell.address import address
from keguan.portal.shell.page import PublicPage, public_page
from keguan.runtime.intake import queries
from keguan.runtime.intake.actions import LookUp, Submit, Withdraw
from keguan.runtime.intake.codes import new_mark
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@public_page
def home(page: PublicPage) -> HttpResponse:
    """What a customer may do here."""
    return page.answer("portal/home.html", {"offers": queries.offers(page.language)})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@public_page
def begin(page: PublicPage, process: str) -> HttpResponse:
    """The form of a process; sent in, the number of the case and its query code."""
    request = page.request
    offer, asked = queries.offer(process, page.language), queries.asked(process, page.language)
    context = {"offer": offer, "trap": TRAP}
    if request.method != "POST":
        return page.answer("portal/begin.html", {**context, "widgets": widgets(asked, {}, {}), "mark": new_mark()})
    if request.POST.get(TRAP):
        return page.problem(
            _("没有受理"), _("这次提交不像是人填写的，没有受理。请重新打开表单再填，或与公司联系。"), status=403
        )
    typed, mark = typed_in(asked, request.POST), request.POST.get("mark", "")
    try:
        receipt = Submit(process=process, values=typed, mark=mark, address=address(request)).run()
    except Refused as refused:
        if refused.code != "intake.form":
            raise
        form = {"widgets": widgets(asked, typed, refused.fields), "mark": mark, "refused": refused.message}
        return page.answer("portal/begin.html", {**context, **form}, status=400)
    return page.answer("portal/receipt.html", {"offer": offer, "receipt": receipt})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@public_page
def look_up(page: PublicPage) -> HttpResponse:
    """Asking by number and code; what was found, where it stands."""
    posted = page.request.POST
    number, code = posted.get("number", "").strip(), posted.get("code", "").strip()
    if page.request.method != "POST":
        return page.answer("portal/look_up.html", {"number": page.request.GET.get("number", "")})
    try:
        found = LookUp(number=number, code=code, address=address(page.request)).run()
    except Refused as refused:
        return page.answer("portal/look_up.html", {"number": number, "refused": refused.message}, status=403)
    return _progress(page, found.case_id, code)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@public_page
def withdraw(page: PublicPage) -> HttpResponse:
    """Taking a case back; then where it stands. Whoever comes here without it looks it up first."""
    if page.request.method != "POST":
        return HttpResponseRedirect(reverse("portal:look-up"))
    posted = page.request.POST
    code, version = posted.get("code", "").strip(), posted.get("version", "")
    found = Withdraw(
        number=posted.get("number", ""),
        code=code,
        address=address(page.request),
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        reason=posted.get("reason", ""),
    ).run()
    return _progress(page, found.case_id, code)


def _progress(page: PublicPage, case_id: int | None, code: str) -> HttpResponse:
    progress = None if case_id is None else queries.progress(case_id, page.language)
    if progress is None:
        return page.problem(_("没有查到"), _("这件事现在不能在网上查询。请与公司联系。"), status=404)
    return page.answer("portal/progress.html", {"case": progress, "code": code})
