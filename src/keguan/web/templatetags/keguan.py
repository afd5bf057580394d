"""How days, moments, counts and clauses are written on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from keguan.runtime.access import formatting
from keguan.runtime.clock import local

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.utils.safestring import SafeString

    from keguan.language.model.model import ClauseRef

register = template.Library()


@register.filter
def day(value: date | None, language: str = "zh") -> str:
    """A calendar day with its weekday: ``2026-11-21 周六``; empty for None."""
    return "" if value is None else formatting.day(value, "en" if language == "en" else "zh")


@register.filter
def moment(value: datetime | None) -> str:
    """A moment on the company's clocks, to the minute: ``2026-11-21 14:07``; empty for None."""
    return "" if value is None else f"{local(value):%Y-%m-%d %H:%M}"


@register.filter
def clock_time(value: datetime | None) -> str:
    """The time of day of a moment on the company's clocks: ``14:07``; empty for None."""
    return "" if value is None else f"{local(value):%H:%M}"


@register.filter
def grouped(value: int | None) -> str:
    """A count with thousands separators; empty for None."""
    return "" if value is None else f"{value:,}"


@register.simple_tag
def clause_link(clause: ClauseRef | None, *, title: bool = True) -> SafeString | str:
    """A link to where the clause stands in its document; empty for None. ``title`` adds the clause's title."""
    if clause is None:
        return ""
    text = f"{clause.number} {clause.title}" if title else clause.number
    return format_html(
        '<a class="clause" href="{}#{}">{}</a>', reverse("policies:document", args=[clause.pack]), clause.anchor, text
    )


@register.simple_tag
def provisional(year: int) -> SafeString | str:
    """暂定, where a due moment rests on a year whose days off are not settled, with why and a link to that year; empty
    for 0.
    """
    if not year:
        return ""
    why = _("%(year)s年的放假安排还没有公布或确认，期限暂按法定节假日计算，确认后可能变动。") % {"year": year}
    address = f"{reverse('calendars:year')}?year={year}"
    return format_html(
        '<a class="pill pill--amber" href="{}" title="{}" aria-label="{}">{}</a>',
        address,
        why,
        _("暂定：%(why)s") % {"why": why},
        _("暂定"),
    )
