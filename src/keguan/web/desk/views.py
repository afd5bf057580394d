"""The first page after signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect

from keguan.runtime.access.rights import may
from keguan.runtime.policies import queries as policies
from keguan.web.desk.desk import desk_of, moved_list
from keguan.web.desk.work import work_of
from keguan.web.imports.running import running_imports
from keguan.web.policies.pending import pending
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def moved(page: Page, decision: str) -> HttpResponse:
    """The list behind a figure of the desk: who moved from one outcome to another of late."""
    known = policies.current().model.decisions.get(decision)
    if known is None:
        raise Http404(decision)
    asked = page.request.GET
    return HttpResponseRedirect(moved_list(page.viewer, known, asked.get("before", ""), asked.get("after", "")))


@staff_page
def desk(page: Page) -> HttpResponse:
    """Figures, each with its list and its clause; what runs; what to do next when there is nothing."""
    shown = desk_of(page.viewer)
    importing = running_imports(page.viewer) if may(page.viewer, "import") else ()
    work = work_of(page.viewer)
    context = {"desk": shown, "imports": importing, "pending": pending(page.viewer), "work": work}
    return page.answer("desk/desk.html", context)
