"""A process's open cases in columns by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.processes import queries as cases
from keguan.web.cases.boxes import boards, lines
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def board(page: Page, process: str) -> HttpResponse:
    """The board of a process. Raises ``Refused`` for a process that there is not."""
    found = cases.board(page.viewer, process)
    columns = [(column, lines(column.rows)) for column in found.columns]
    context = {"board": found, "columns": columns, "boards": boards(page.viewer.language)}
    return page.answer("cases/board.html", context)
