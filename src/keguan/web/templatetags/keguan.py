"""How days, moments, counts and clauses are written on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html

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
