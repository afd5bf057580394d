"""The boxes of a person's cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import queries as cases
from keguan.runtime.processes.queries import Box
from keguan.web.cases.words import Due, due
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.processes.queries import CaseRow

EMPTY = {
    Box.TODO: _("没有等您办理的案件。"),
    Box.CLAIMABLE: _("没有可以领取的案件。"),
    Box.SOON: _("没有快到期的案件。"),
    Box.LATE: _("没有逾期的案件。"),
    Box.RETURNED: _("没有退回给您的案件。"),
    Box.STARTED: _("您还没有发起过案件。打开一份档案，从那里发起。"),
    Box.COPIED: _("没有抄送给您的案件。"),
    Box.DONE: _("您还没有办过案件。"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A box with how many there are in it."""

    label: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a box as the page shows it."""

    row: CaseRow
    url: str
    due: Due | None


@staff_page
def boxes(page: Page) -> HttpResponse:
    """One box, with the others as tabs. Raises ``Refused`` for a box that there is not."""
    asked = page.request.GET.get("box", Box.TODO.value)
    found = cases.box(page.viewer, asked, page.request.GET.get("after", ""))
    counts = cases.counts(page.viewer)
    current = Box(asked)
    context = {
        "tabs": [_tab(box, counts.get(box), current) for box in Box],
        "lines": lines(found.rows),
        "done": current is Box.DONE,
        "empty": EMPTY[current],
        "further": f"?{urlencode({'box': current.value, 'after': found.next})}" if found.next else "",
        "boards": boards(page.viewer.language),
    }
    return page.answer("cases/boxes.html", context)


def lines(rows: tuple[CaseRow, ...]) -> list[Line]:
    """Rows with where they lead and by when they are due, in words."""
    return [Line(row, reverse("cases:case", args=[row.case_id]), due(row.due_at, row.urgency, row.due)) for row in rows]


def boards(language: str) -> list[tuple[str, str]]:
    """Every process of the policy in force: its label and its board."""
    processes = policies.current().model.blocks.processes.values()
    return [(each.label.text(language), reverse("cases:board", args=[each.code])) for each in processes]


def _tab(box: Box, count: cases.Count | None, current: Box) -> Tab:
    shown = "" if count is None or count.value == 0 else str(count)
    return Tab(str(box.label), f"{reverse('cases:boxes')}?box={box.value}", shown, box is current)
