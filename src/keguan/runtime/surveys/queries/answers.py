"""The answers behind a number: one question's, by month, person, clause or score, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from keguan.runtime.access.formatting import day
from keguan.runtime.policies import queries as policies
from keguan.runtime.surveys.forms import form_of
from keguan.runtime.surveys.models import Reply
from keguan.runtime.surveys.queries.invitations import reply_shown
from keguan.runtime.surveys.queries.results import clause_label
from keguan.runtime.surveys.sight import scope
from keguan.runtime.surveys.words import WAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.surveys.queries.days import Span

PAGE_SIZE = 50
LONGEST_NUMBER = 18
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer."""

    invitation_id: int
    on: str
    shown: Shown
    standing: int
    handler: str
    way: str
    clause: str
    case_id: int | None


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Answers, newest first; ``next`` is the ``after`` of the following page, "" on the last."""

    rows: tuple[AnswerRow, ...]
    next: str


def answers(
    viewer: Viewer,
    survey: str,
    field: str,
    span: Span,
    asked: Mapping[str, str],
    size: int = PAGE_SIZE,
) -> AnswerPage:
    """The answers to a question that the viewer may see. ``asked`` narrows them: ``month`` (2026-03), ``handler`` (an
    id, "0" for nobody), ``clause``, ``score``, and ``after`` a page. What is no such thing is not asked. One query, and
    one for each publication that is not pinned.
    """
    found = Reply.objects.filter(scope(viewer, "invitation__"), survey=survey, field=field, score__isnull=False)
    found = found.filter(on__range=(span.since, span.until), **_narrowed(asked))
    listed = list(found.select_related("invitation").order_by("-id")[: size + 1])
    model = policies.current().model
    rows = []
    for reply in listed[:size]:
        invitation = reply.invitation
        form = form_of(invitation)[1]
        rows.append(
            AnswerRow(
                invitation_id=invitation.pk,
                on=day(reply.on, viewer.language),
                shown=reply_shown(viewer, invitation, form.field(field), reply),
                standing=reply.standing or 0,
                handler=invitation.handler_name,
                way=str(WAYS.get(invitation.answered_way, "")),
                clause=clause_label(model, invitation.clause),
                case_id=invitation.case_id,
            )
        )
    return AnswerPage(tuple(rows), str(listed[size - 1].pk) if len(listed) > size else "")


def _narrowed(asked: Mapping[str, str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    month = _month(asked.get("month", ""))
    if month is not None:
        wanted |= {"on__gte": month[0], "on__lt": month[1]}
    handler, score, after = (_whole(asked.get(name, "")) for name in ("handler", "score", "after"))
    if handler is not None:
        wanted["invitation__handler_id"] = handler or None
    if asked.get("clause"):
        wanted["invitation__clause"] = asked["clause"]
    if score is not None:
        wanted["score"] = score
    if after is not None:
        wanted["pk__lt"] = after
    return wanted


def _month(text: str) -> tuple[date, date] | None:
    """The first day of a month, and of the next one."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    if first.year >= date.max.year:
        return None
    if first.month == _DECEMBER:
        return first, first.replace(year=first.year + 1, month=1)
    return first, first.replace(month=first.month + 1)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
