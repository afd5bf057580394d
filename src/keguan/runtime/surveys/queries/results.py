"""What came of the surveys: scores with how many answered and how far they may be off; by month, person and clause.

Everything is counted over the answers that the viewer may see, by class and place: a figure tells nobody more than the
answers behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from keguan.calculators import satisfaction
from keguan.language.model.survey import Measure
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.surveys.forms import surveys
from keguan.runtime.surveys.models import Invitation, InvitationState, Reply
from keguan.runtime.surveys.queries.days import Span, between
from keguan.runtime.surveys.sight import scope, sees_some
from keguan.runtime.surveys.words import MEASURES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keguan.calculators.satisfaction import Figure
    from keguan.language.model.form import Form, FormField
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

CAP = 10_000
"""Counts of invitations stop here, so that they cost the same on any table."""

MOST_GROUPS = 200
"""So many people, or clauses, are told apart at most: those with the most answers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many were asked in a span and how many of them have answered; ``capped``: at least so many were asked."""

    sent: int
    answered: int
    left_alone: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A question that measures something, with its figure. ``high`` is the highest possible answer."""

    survey: str
    field: str
    label: str
    measure: str
    measure_label: str
    low: int
    high: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Group:
    """The answers that have something in common. ``key`` is what they have: a month (``2026-03``), an id of staff ("0"
    for nobody) or a clause.
    """

    key: str
    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Results:
    """One question's answers in a span."""

    question: Measured
    months: tuple[Group, ...]
    handlers: tuple[Group, ...]
    clauses: tuple[Group, ...]
    scores: tuple[tuple[int, int], ...]  # answer, how often


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """A survey of the policy in force with the figures of its questions."""

    code: str
    label: str
    clause: str
    asked: Asked
    questions: tuple[Measured, ...]


def any_surveys(viewer: Viewer) -> bool:
    """Whether there is a survey of which the viewer may see anything. No query but the policy in force."""
    return any(_visible(viewer, form) for form, _survey in surveys(policies.current().model))


def survey_cards(viewer: Viewer, span: Span) -> tuple[SurveyCard, ...]:
    """The surveys of which the viewer may see anything. Two queries, and three for each survey."""
    model = policies.current().model
    found = []
    for form, _survey in surveys(model):
        if _visible(viewer, form):
            clause = f"{form.clause.pack}#{form.clause.anchor}"
            asked = _asked(viewer, form.code, span)
            label, figures = form.label.text(viewer.language), measured(viewer, form, span)
            found.append(SurveyCard(form.code, label, clause, asked, figures))
    return tuple(found)


def measured(viewer: Viewer, form: Form, span: Span) -> tuple[Measured, ...]:
    """Every question of a survey that measures something and whose class the viewer sees. One query."""
    fields = [field for field in form.fields if field.scale is not None and sees_some(viewer, field.information_class)]
    rows = _summed(_replies(viewer, form.code, span).values("field", "measure")) if fields else []
    sums = {(row["field"], row["measure"]): row for row in rows}
    return tuple(_question(viewer, form, each, sums.get((each.code, _measure(each)), {})) for each in fields)


def results(viewer: Viewer, survey: str, field: str, span: Span) -> Results | None:
    """One question's answers; None for a question that there is not or whose class the viewer does not see. Six
    queries.
    """
    model = policies.current().model
    form = model.blocks.forms.get(survey)
    if form is None or form.survey is None:
        return None
    question = next((each for each in measured(viewer, form, span) if each.field == field), None)
    if question is None:
        return None
    own = _replies(viewer, survey, span).filter(field=field, measure=question.measure)
    months = _summed(own.annotate(key=TruncMonth("on")).values("key"))
    handlers = _most(_summed(own.values(key=F("invitation__handler_id"))))
    clauses = _most(_summed(own.values(key=F("invitation__clause"))))
    names = org.names([row["key"] for row in handlers if row["key"] is not None])
    scores = own.values_list("score").annotate(n=Count("id")).order_by("score")
    return Results(
        question,
        tuple(_group(question, f"{row['key']:%Y-%m}", f"{row['key']:%Y-%m}", row) for row in _by_key(months)),
        tuple(_group(question, str(row["key"] or 0), names.get(row["key"], ""), row) for row in handlers),
        tuple(_group(question, row["key"], clause_label(model, row["key"]), row) for row in clauses),
        tuple((score or 0, n) for score, n in scores),
    )


def clause_label(model: Model, clause: str) -> str:
    """A clause in words, as the policy in force has it; as it is kept when that has it no more."""
    pack, _mark, anchor = clause.partition("#")
    policy = model.policies.get(pack)
    for each in policy.clauses if policy is not None else ():
        if each.ref.anchor == anchor:
            return f"{each.ref.number} {each.ref.title}"
    return clause


def _summed(grouped: QuerySet[Reply, Any]) -> list[dict[str, Any]]:
    """What a figure is made of, for each group: how many, how many good and bad, the sum and the sum of squares."""
    summed = grouped.annotate(
        n=Count("id"),
        good=Count("id", filter=Q(standing=1)),
        bad=Count("id", filter=Q(standing=-1)),
        total=Sum("score"),
        squares=Sum(F("score") * F("score")),
    )
    return list(summed.order_by())


def _most(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (-row["n"], str(row["key"])))[:MOST_GROUPS]


def _by_key(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["key"]))


def _replies(viewer: Viewer, survey: str, span: Span) -> QuerySet[Reply]:
    own = Reply.objects.filter(survey=survey, score__isnull=False, on__range=(span.since, span.until))
    return own.filter(scope(viewer, "invitation__"))


def _asked(viewer: Viewer, survey: str, span: Span) -> Asked:
    own = Invitation.objects.filter(scope(viewer), survey=survey)
    sent = own.filter(sent_at__isnull=False, **between("sent_at", span))
    answered = sent.filter(state=InvitationState.ANSWERED)
    alone = own.filter(state=InvitationState.THROTTLED, **between("send_at", span))
    sent_n, answered_n, alone_n = (_capped(each) for each in (sent, answered, alone))
    return Asked(min(sent_n, CAP), min(answered_n, CAP), min(alone_n, CAP), capped=sent_n > CAP)


def _capped(found: QuerySet[Invitation]) -> int:
    return found.order_by().values("id")[: CAP + 1].count()


def _question(viewer: Viewer, form: Form, field: FormField, sums: dict[str, Any]) -> Measured:
    assert field.scale is not None  # noqa: S101 - only such fields come here
    measure = _measure(field)
    return Measured(
        form.code,
        field.code,
        field.label.text(viewer.language),
        measure,
        str(MEASURES[measure]),
        field.scale.low,
        field.scale.high,
        _figure(measure, sums),
    )


def _group(question: Measured, key: str, label: str, sums: dict[str, Any]) -> Group:
    return Group(key, label, _figure(question.measure, sums))


def _figure(measure: str, sums: dict[str, Any]) -> Figure:
    n = sums.get("n") or 0
    if measure == Measure.SATISFACTION:
        return satisfaction.csat(sums.get("good") or 0, n)
    if measure == Measure.RECOMMENDATION:
        return satisfaction.nps(sums.get("good") or 0, sums.get("bad") or 0, n)
    return satisfaction.ces(int(sums.get("total") or 0), int(sums.get("squares") or 0), n)


def _measure(field: FormField) -> str:
    return "" if field.scale is None else str(field.scale.measure)


def _visible(viewer: Viewer, form: Form) -> bool:
    return any(field.scale is not None and sees_some(viewer, field.information_class) for field in form.fields)
