"""The register: what has left the house, and who was granted what."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from keguan.runtime.exports import queries as exports
from keguan.runtime.permits import queries as permit_queries
from keguan.runtime.policies import queries as policies
from keguan.web.exports.lines import export_line, permit_line
from keguan.web.exports.views import whole
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def register(page: Page) -> HttpResponse:
    """Everybody's exports."""
    asked = {name: page.request.GET.get(name, "").strip() for name in ("staff", "type", "state", "since", "until")}
    filters = exports.RegisterFilters(
        staff=asked["staff"],
        record_type=asked["type"],
        state=asked["state"],
        since=_day(asked["since"]),
        until=_day(asked["until"]),
    )
    found = exports.register(page.viewer, filters, whole(page.request.GET.get("after", "")))
    context = {
        "exports": [export_line(card) for card in found],
        "states": [(code, label) for code, (label, _css) in exports.STATES.items()],
        "further": _further(asked, found[-1].id) if len(found) == exports.PAGE else "",
    }
    return page.answer("exports/register.html", context | _filters(page, asked))


@staff_page
def permits(page: Page) -> HttpResponse:
    """Everybody's permits."""
    asked = {name: page.request.GET.get(name, "").strip() for name in ("staff", "type", "state")}
    found = permit_queries.register(
        page.viewer,
        staff=asked["staff"],
        record_type=asked["type"],
        state=asked["state"],
        after=whole(page.request.GET.get("after", "")),
    )
    context = {
        "permits": [permit_line(card) for card in found],
        "states": list(permit_queries.STATES.items()),
        "further": _further(asked, found[-1].id) if len(found) == permit_queries.PAGE else "",
    }
    return page.answer("exports/register_permits.html", context | _filters(page, asked))


def _filters(page: Page, asked: dict[str, str]) -> dict[str, object]:
    types = policies.current().model.record_types.items()
    return {"asked": asked, "types": [(code, each.label.text(page.viewer.language)) for code, each in types]}


def _further(asked: dict[str, str], last: int) -> str:
    return f"?{urlencode({**{name: value for name, value in asked.items() if value}, 'after': last})}"


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
