"""What came of the surveys: all of them, one question's answers told apart, and the list behind each number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.runtime.surveys import queries as surveys
from keguan.web.shell.page import Page, staff_page
from keguan.web.surveys.figures import Line, drawn, trend
from keguan.web.surveys.span import query_of, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from keguan.runtime.surveys.queries import Group, Measured, Span

NARROWS = ("month", "handler", "clause", "score")


@staff_page
def overview(page: Page) -> HttpResponse:
    """Every survey with its figures, and how many are to be called back."""
    span = span_of(page.request.GET)
    cards = surveys.survey_cards(page.viewer, span)
    context = {
        "cards": [(card, [_headline(each, span) for each in card.questions]) for card in cards],
        "span": span,
        "calls": len(surveys.due_call_backs(page.viewer).rows),
        "any": surveys.any_surveys(page.viewer),
    }
    return page.answer("surveys/overview.html", context)


@staff_page
def results(page: Page, survey: str, field: str) -> HttpResponse:
    """One question: by month, by person, by clause, and how often each answer was given."""
    span = span_of(page.request.GET)
    found = surveys.results(page.viewer, survey, field, span)
    if found is None:
        raise Http404
    question = found.question
    most = max((count for _score, count in found.scores), default=1)
    context = {
        "question": question,
        "headline": drawn(question, question.figure),
        "span": span,
        "trend": trend(question, found.months),
        "tables": [
            (_("按月"), _lines(question, found.months, "month", span)),
            (_("按经办人"), _lines(question, found.handlers, "handler", span)),
            (_("按条款"), _lines(question, found.clauses, "clause", span)),
        ],
        "scores": [
            (score, count, round(100 * count / most), _behind(question, span, score=str(score)))
            for score, count in found.scores
        ],
        "all_url": _behind(question, span),
        "back": f"{reverse('surveys:overview')}?{query_of(span)}",
    }
    return page.answer("surveys/results.html", context)


@staff_page
def answers(page: Page, survey: str, field: str) -> HttpResponse:
    """The answers behind a number, newest first."""
    asked = page.request.GET
    span = span_of(asked)
    found = surveys.results(page.viewer, survey, field, span)
    if found is None:
        raise Http404
    listed = surveys.answers(page.viewer, survey, field, span, asked.dict())
    query = {name: asked[name] for name in NARROWS if asked.get(name)}
    context: dict[str, Any] = {
        "question": found.question,
        "rows": listed.rows,
        "span": span,
        "narrowed": _narrowed(found, query),
        "back": f"{reverse('surveys:results', args=[survey, field])}?{query_of(span)}",
        "further": f"?{query_of(span)}&{urlencode({**query, 'after': listed.next})}" if listed.next else "",
    }
    return page.answer("surveys/answers.html", context)


def _headline(question: Measured, span: Span) -> tuple[Measured, object, str]:
    url = f"{reverse('surveys:results', args=[question.survey, question.field])}?{query_of(span)}"
    return question, drawn(question, question.figure), url


def _lines(question: Measured, groups: Iterable[Group], name: str, span: Span) -> list[Line]:
    return [
        Line(each.label or _("没有经办人"), drawn(question, each.figure), _behind(question, span, **{name: each.key}))
        for each in groups
    ]


def _behind(question: Measured, span: Span, **narrowed: str) -> str:
    """The address of the answers behind a number."""
    path = reverse("surveys:answers", args=[question.survey, question.field])
    return f"{path}?{query_of(span)}" + (f"&{urlencode(narrowed)}" if narrowed else "")


def _narrowed(found: surveys.Results, query: dict[str, str]) -> list[str]:
    """What the list is narrowed to, in words."""
    people = {each.key: each.label for each in found.handlers}
    clauses = {each.key: each.label for each in found.clauses}
    said = []
    for name, value in query.items():
        text = people.get(value, "") if name == "handler" else clauses.get(value, "") if name == "clause" else value
        said.append(text or _("没有经办人") if name == "handler" else text or value)
    return said
