"""The first page after signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access.rights import may
from keguan.web.desk.desk import desk_of
from keguan.web.imports.running import running_imports
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def desk(page: Page) -> HttpResponse:
    """Figures, each with its list and its clause; what runs; what to do next when there is nothing."""
    shown = desk_of(page.viewer)
    importing = running_imports(page.viewer) if may(page.viewer, "import") else ()
    return page.answer("desk/desk.html", {"desk": shown, "imports": importing})
