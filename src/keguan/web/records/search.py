"""The search box above every page: records of every type in the menu, and clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import ListQuery
from keguan.web.records.cells import TableRow, table_rows
from keguan.web.records.criteria import address
from keguan.web.records.listing import counted
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from keguan.language.model.model import ClauseRef, Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer

EACH = 5
MOST_CLAUSES = 20


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one record type; ``url`` is the whole list."""

    label: str
    count: str
    url: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]


@staff_page
def search(page: Page) -> HttpResponse:
    """The first few of each kind; each kind's count opens its list."""
    asked = page.request.GET.get("q", "").strip()[:80]
    model = policies.current().model
    groups = tuple(_groups(page.viewer, model, asked)) if asked else ()
    clauses = tuple(_clauses(model, asked))[:MOST_CLAUSES] if asked else ()
    return page.answer("records/search.html", {"asked": asked, "groups": groups, "clauses": clauses})


def _groups(viewer: Viewer, model: Model, asked: str) -> Iterator[Group]:
    for record_type in model.record_types.values():
        if not record_type.menu or not set(record_type.search) & readable(viewer, record_type, Exit.SEARCH, model):
            continue
        query = ListQuery(search=asked, size=EACH)
        found = records.page(viewer, record_type.code, query)
        if found.rows:
            url = reverse("records:list", args=[record_type.code]) + address(query)
            rows = table_rows(record_type.code, found.rows, found.columns, viewer.language)
            yield Group(record_type.label.text(viewer.language), counted(str(found.count)), url, found.columns, rows)


def _clauses(model: Model, asked: str) -> Iterator[ClauseRef]:
    """Clauses whose title, number or prose has the words."""
    for policy in model.policies.values():
        for clause in policy.clauses:
            text = " ".join([clause.ref.number, clause.ref.title, *(part.prose for part in clause.parts)])
            if asked.casefold() in text.casefold():
                yield clause.ref
