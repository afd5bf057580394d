"""Figures over HTTP: what they come to, group by group, their history, and the records behind them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Query, Router

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.metrics import schemas
from keguan.api.shown import cell
from keguan.runtime.metrics import queries as metrics
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.metrics.queries import FigureCard, Point

router = Router()


@router.get("", response={200: list[schemas.Figure], **PROBLEMS}, summary="Every figure")
def figures(request: HttpRequest) -> list[schemas.Figure]:
    """The figures of the policy in force that the caller may know of, each in its newest period."""
    caller = viewer(request, Scope.RECORDS_READ)
    return [_figure(card) for panel in metrics.dashboard(caller) for card in panel.cards]


@router.get("/{figure}", response={200: schemas.FigureView, **PROBLEMS}, summary="One figure")
def figure(request: HttpRequest, figure: str, start: date | None = None) -> schemas.FigureView:
    """One figure in the period that begins on ``start``, or the newest: its groups, and the periods before it."""
    found = metrics.figure_page(viewer(request, Scope.RECORDS_READ), figure, start)
    return schemas.FigureView(
        figure=_figure(found.card),
        chosen=None if found.chosen is None else _point(found.chosen),
        groups=[schemas.Group(key=each.key, label=each.label, point=_point(each.point)) for each in found.groups],
        unseen=found.unseen,
        history=[_point(each) for each in found.card.trend],
        parts=[part for part, _label in found.parts],
    )


@router.get("/{figure}/records", response={200: schemas.List, **PROBLEMS}, summary="The records behind a figure")
def records(request: HttpRequest, figure: str, asked: Query[schemas.ListQuery]) -> schemas.List:
    """Those within the caller's reach on which everything that the figure asks about is seen, as they stand now."""
    caller = viewer(request, Scope.RECORDS_READ)
    found = metrics.listed(caller, figure, asked.part, asked.start, asked.group, asked.after)
    return schemas.List(
        record_type=found.record_type,
        rows=[
            schemas.Row(
                id=each.id,
                title=cell(each.title),
                cells={code: cell(shown) for code, shown in each.cells.items()},
            )
            for each in found.rows
        ],
        next=found.next,
    )


def _figure(card: FigureCard) -> schemas.Figure:
    return schemas.Figure(
        code=card.code,
        label=card.label,
        metric=card.metric,
        clause=f"{card.clause.pack}#{card.clause.anchor}",
        formula=card.formula,
        target=card.target,
        warning=card.warning,
        frequency=card.frequency,
        responsible=card.responsible,
        grouped=card.grouped,
        now=None if card.now is None else _point(card.now),
    )


def _point(point: Point) -> schemas.Point:
    return schemas.Point(
        period=point.period,
        start=point.start,
        end=point.end,
        shown=point.shown,
        text=point.text,
        value=point.value,
        numerator=point.numerator,
        denominator=point.denominator,
        members=point.members,
        state=point.state.value,
        day=point.day,
        at=point.at,
        closed=point.closed,
    )
