"""The calendar of what is due: a month in weeks from Monday, on a phone a list of its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties import queries as duties
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import queries as cases
from keguan.web.calendars.months import cell, weekdays
from keguan.web.cases.boxes import lines as case_lines
from keguan.web.duties.boxes import lines as duty_lines
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.web.calendars.months import Cell
    from keguan.web.cases.words import Due

SHOWN = 4
"""Entries that a day shows by itself; the others are opened."""

BELOW = "people"
"""Whose calendar is asked for in the address: one's people's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline: what is due (``kind`` says of which sort), about what, by whom, and where it leads."""

    kind: str
    what: str
    about: Shown
    who: str
    url: str
    at: datetime
    due: Due | None
    provisional: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what is due on it. ``inside`` the month that is shown; ``bare``: nothing is to be said of it."""

    cell: Cell
    inside: bool
    today: bool
    shown: tuple[Entry, ...]
    rest: tuple[Entry, ...]

    @property
    def bare(self) -> bool:
        """Whether a list of days leaves it out."""
        return not (self.shown or self.today or (self.inside and self.cell.mark))


@staff_page
def month(page: Page) -> HttpResponse:
    """``?month=2026-11``, else this month; ``?whose=people`` for whoever heads a unit."""
    first = _month(page.request.GET.get("month", ""))
    heads = bool(org.headed_by(page.viewer.staff_id))
    below = heads and page.request.GET.get("whose", "") == BELOW
    days = _days(first)
    entries, more = _entries(page.viewer, days, below=below)
    shown = [_day(page.viewer, day, first, entries.get(day, [])) for day in days]
    unsettled = calendars.unconfirmed_between(days[0], days[-1])
    whose = {"whose": BELOW} if below else {}
    context = {
        "first": first,
        "days": shown,
        "weekdays": weekdays(),
        "previous": _address(_turned(first, -1), whose),
        "next": _address(_turned(first, 1), whose),
        "now": _address(None, whose),
        "tabs": [
            (_("我的"), _address(first, {}), not below),
            (_("我部门的"), _address(first, {"whose": BELOW}), below),
        ]
        if heads
        else [],
        "count": sum(len(entries.get(day, ())) for day in days if day.month == first.month),
        "late": sum(each.due is not None and each.due.colour == "red" for found in entries.values() for each in found),
        "more": more,
        "unsettled": unsettled[0] if unsettled else 0,
    }
    return page.answer("duties/agenda.html", context)


def _month(text: str) -> date:
    """The first day of the month that is asked for; of this one where it is no month of the calendar."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = clock.today().replace(day=1)
    inside = calendars.FIRST_YEAR < found.year < calendars.LAST_YEAR
    return found if inside else clock.today().replace(day=1)


def _turned(first: date, months: int) -> date | None:
    """The first day so many months on; None beyond the calendar."""
    count = first.year * 12 + first.month - 1 + months
    year = count // 12
    return date(year, count % 12 + 1, 1) if calendars.FIRST_YEAR < year < calendars.LAST_YEAR else None


def _address(first: date | None, whose: dict[str, str]) -> str:
    asked = ({} if first is None else {"month": f"{first:%Y-%m}"}) | whose
    return f"{reverse('duties:calendar')}?{urlencode(asked)}"


def _days(first: date) -> list[date]:
    """Whole weeks from the Monday on or before the first of the month to the Sunday on or after its last day."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start = first - timedelta(days=first.weekday())
    return [start + timedelta(days=place) for place in range((last - start).days + 7 - last.weekday())]


def _day(viewer: Viewer, day: date, first: date, found: list[Entry]) -> Day:
    found = sorted(found, key=lambda entry: (entry.at, entry.url))
    return Day(
        cell=cell(calendars.day_card(day), viewer.language),
        inside=day.month == first.month,
        today=day == clock.today(),
        shown=tuple(found[:SHOWN]),
        rest=tuple(found[SHOWN:]),
    )


def _entries(viewer: Viewer, days: list[date], *, below: bool) -> tuple[dict[date, list[Entry]], bool]:
    """What is due on these days, and whether there is more than is shown."""
    since, until = _midnight(days[0]), _midnight(days[-1] + timedelta(days=1))
    blocks, more = policies.current().model.blocks, False
    found: dict[date, list[Entry]] = {}
    if blocks.duties:
        owed = (duties.due_below if below else duties.due_between)(viewer, since, until)
        more = bool(owed.next)
        for each in _of_duties(owed.rows):
            found.setdefault(clock.local(each.at).date(), []).append(each)
    if blocks.processes:
        deadlines = (cases.due_below if below else cases.due_between)(viewer, since, until)
        more = more or deadlines.more
        for each in _of_cases(deadlines.found):
            found.setdefault(clock.local(each.at).date(), []).append(each)
    return found, more


def _of_duties(rows: tuple[duties.DutyRow, ...]) -> Iterator[Entry]:
    for line in duty_lines(rows):
        row = line.row
        who = row.person or row.role
        yield Entry(
            pgettext("deadline", "待办"), row.task, row.title, who, line.url, row.due_at, line.due, row.provisional
        )


def _of_cases(found: tuple[cases.CaseDue, ...]) -> Iterator[Entry]:
    for each, line in zip(found, case_lines(tuple(each.row for each in found)), strict=True):
        row = line.row
        if row.due_at is not None:
            step = _("全案") if each.whole else row.step_label
            what = f"{row.number or row.process_label} {step}"
            who = each.who or row.role
            yield Entry(
                pgettext("deadline", "案件"), what, row.title, who, line.url, row.due_at, line.due, row.provisional
            )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
