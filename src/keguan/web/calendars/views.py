"""The calendar's page: anybody signed in looks at it; who maintains it changes days, hours and years there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.calendars.actions import ConfirmYear, ImportYear, SetDay, SetHours
from keguan.runtime.clock import today
from keguan.runtime.ledger.actions import Refused
from keguan.web.calendars.months import cell, months, runs, weekdays
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

LARGEST_FILE = 200_000
"""Bytes of an uploaded notice."""

YES_NO = {"yes": True, "no": False}


@staff_page
def year(page: Page) -> HttpResponse:
    """``?year=`` as twelve months; ``?day=`` opens the form of one day."""
    asked = page.request.GET
    day = _day(asked.get("day", ""))
    return _answer(page, _year(asked.get("year", ""), day), day)


@require_POST
@staff_page
def set_day(page: Page) -> HttpResponse:
    """Say of a day that it is off or worked, or take that back."""
    posted = page.request.POST
    day = _day(posted.get("day", ""))
    if day is None:
        return _answer(page, today().year, None, Refused("calendars.invalid", gettext("请选择一天。")))
    working = YES_NO.get(posted.get("working", ""))
    action = SetDay(
        actor=page.viewer.actor,
        day=day,
        working=working,
        label=posted.get("label", ""),
        hours=posted.get("hours", "") if working else "",
        trading=YES_NO.get(posted.get("trading", "")),
    )
    return _done(page, action, day.year, gettext("已保存。在办事项的期限将按新的日历重算。"), day)


@require_POST
@staff_page
def set_hours(page: Page) -> HttpResponse:
    """Set the weekly hours."""
    posted = page.request.POST
    action = SetHours(
        actor=page.viewer.actor,
        week=tuple(posted.get(f"week_{number}", "") for number in range(1, 8)),
        trading_opens=posted.get("trading_opens", ""),
    )
    return _done(page, action, _year(posted.get("year", "")), gettext("已保存。在办事项的期限将按新的工作时间重算。"))


@require_POST
@staff_page
def read_in(page: Page) -> HttpResponse:
    """Take a year's days off from what was pasted or uploaded."""
    posted = page.request.POST
    number = _year(posted.get("year", ""))
    try:
        text = _uploaded(page) or posted.get("text", "")
    except Refused as refused:
        return _answer(page, number, None, refused)
    action = ImportYear(actor=page.viewer.actor, year=number, text=text)
    return _done(page, action, number, gettext("已导入。请对照通知看一遍下面的各月，无误后按“确认”。"))


@require_POST
@staff_page
def confirm(page: Page) -> HttpResponse:
    """Say that a year's days off are settled."""
    number = _year(page.request.POST.get("year", ""))
    sentence = gettext("%(year)s年的放假安排已确认。") % {"year": number}
    return _done(page, ConfirmYear(actor=page.viewer.actor, year=number), number, sentence)


def _done(
    page: Page,
    action: SetDay | SetHours | ImportYear | ConfirmYear,
    number: int,
    sentence: str,
    day: date | None = None,
) -> HttpResponse:
    """Back to the year with a sentence, or the page with what is wrong and what was typed. Raises ``Refused`` for
    somebody who may not maintain the calendar.
    """
    try:
        action.run()
    except Refused as refused:
        if refused.code == "not_permitted":
            raise
        return _answer(page, number, day, refused)
    messages.success(page.request, sentence, extra_tags="good")
    return HttpResponseRedirect(f"{reverse('calendars:year')}?{urlencode({'year': number})}")


def _answer(page: Page, number: int, day: date | None, refused: Refused | None = None) -> HttpResponse:
    card, found, language = calendars.year_card(number), calendars.standing(), page.viewer.language
    posted: dict[str, Any] = page.request.POST.dict() if refused else {}
    hours = [posted.get(f"week_{place}", text) for place, text in enumerate(found.week, 1)]
    context: dict[str, Any] = {
        "year": card,
        "months": months(card, language),
        "weekdays": weekdays(),
        "special": card.special,
        "runs": runs(card.special),
        "previous": number - 1 if number > calendars.FIRST_YEAR else None,
        "next": number + 1 if number < calendars.LAST_YEAR else None,
        "today": today(),
        "maintains": may(page.viewer, "calendar"),
        "hours": [(gettext("周%(day)s") % {"day": day}, text) for day, text in zip(weekdays(), hours, strict=True)],
        "trading_opens": posted.get("trading_opens", found.trading_opens),
        "text": posted.get("text", ""),
        "refused": refused,
        "fields": list(refused.fields.items()) if refused else [],
    }
    if day is not None and day.year == number:
        context["chosen"] = cell(calendars.day_card(day), language)
        context["asked"] = _asked(found, day) | posted
    return page.answer("calendars/year.html", context, status=422 if refused else 200)


def _asked(found: calendars.Standing, day: date) -> dict[str, Any]:
    """What the form of a day begins with: what the company has said of it."""
    said = found.own.get(day)
    if said is None:
        return {"working": "", "label": "", "hours": "", "trading": ""}
    names = {True: "yes", False: "no", None: ""}
    return {"working": names[said.working], "label": said.name, "hours": said.hours, "trading": names[said.trading]}


def _year(text: str, day: date | None = None) -> int:
    """The year asked for, else that of the day, else this one."""
    if text.isascii() and text.isdigit() and calendars.FIRST_YEAR <= int(text[:5]) <= calendars.LAST_YEAR:
        return int(text)
    return today().year if day is None else day.year


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if calendars.FIRST_YEAR <= day.year <= calendars.LAST_YEAR else None


def _uploaded(page: Page) -> str:
    """The text of an uploaded file, empty when there is none. Raises ``Refused`` for one that is no text."""
    file = page.request.FILES.get("file")
    if file is None or not file.size:
        return ""
    if file.size > LARGEST_FILE:
        raise Refused("calendars.file", gettext("文件太大，放假安排的表不会超过200 KB。"))
    content = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return str(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Refused("calendars.file", gettext("读不了这个文件。请另存为 CSV，或把内容直接粘贴进来。"))
