"""The boxes of what a person owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.duties import queries as duties
from keguan.runtime.duties.queries import Box
from keguan.runtime.processes.queries import Urgency
from keguan.web.cases.words import Due, due
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.duties.queries import DutyRow

EMPTY = {
    Box.LATE: gettext_lazy("没有逾期的待办。"),
    Box.TODAY: gettext_lazy("今天没有到期的待办。"),
    Box.WEEK: gettext_lazy("本周没有到期的待办。"),
    Box.ALL: gettext_lazy("没有待办。制度里的职责到时会列在这里。"),
    Box.CLAIMABLE: gettext_lazy("没有可以领取的待办。"),
    Box.DONE: gettext_lazy("您还没有办结过待办。"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A duty as a page shows it."""

    row: DutyRow
    url: str
    due: Due | None
    clause_url: str


@staff_page
def boxes(page: Page) -> HttpResponse:
    """One box, with the others as tabs. Raises ``Refused`` for a box that there is not."""
    asked = page.request.GET.get("box", Box.ALL.value)
    found = duties.mine(page.viewer, asked, page.request.GET.get("after", ""))
    counts = duties.counts(page.viewer)
    context = {
        "tabs": [(box.label, f"?box={box.value}", _count(counts.get(box.value)), box.value == asked) for box in Box],
        "lines": lines(found.rows),
        "empty": EMPTY[Box(asked)],
        "further": f"?{urlencode({'box': asked, 'after': found.next})}" if found.next else "",
    }
    return page.answer("duties/boxes.html", context)


def lines(rows: tuple[DutyRow, ...]) -> list[Line]:
    """Duties with where they lead, by when they are due in words, and their clause."""
    return [_line(row) for row in rows]


def _line(row: DutyRow) -> Line:
    open_ = row.state == "open"
    urgency = Urgency.OVER if not open_ else Urgency.LATE if row.late else _near(row)
    pack, _mark, anchor = row.clause.partition("#")
    clause = f"{reverse('policies:document', args=[pack])}#{anchor}" if pack else ""
    return Line(row, reverse("duties:duty", args=[row.id]), due(row.due_at, urgency, row.due), clause)


def _near(row: DutyRow) -> Urgency:
    return Urgency.SOON if clock.local(row.due_at).date() <= clock.today() else Urgency.ON_TIME


def _count(count: duties.Count | None) -> str:
    return "" if count is None or count.value == 0 else str(count)


def state_words(row: DutyRow) -> str:
    """Where a duty stands, in words."""
    words = {
        "open": _("待办"),
        "done": _("已办结"),
        "exempted": _("已免办"),
        "cancelled": _("已取消"),
    }
    return words.get(row.state, row.state)
