"""What may be asked about figures. Everything that comes back has been through ``sight``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.behind import behind
from keguan.language.model.figure_state import FigureState
from keguan.runtime.jobs.queries import unfinished
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.metrics.cards import FigureCard, Point, card, point
from keguan.runtime.metrics.declared import declared_figures
from keguan.runtime.metrics.groups import PERSONAL, choices_of
from keguan.runtime.metrics.history import PERIODS, newest, of_period
from keguan.runtime.metrics.jobs import COMPUTE_JOB
from keguan.runtime.metrics.listing import Listed, listed
from keguan.runtime.metrics.models import WHOLE, Correction
from keguan.runtime.metrics.naming import group_names
from keguan.runtime.metrics.sight import FEW, FigureSight
from keguan.runtime.metrics.words import PARTS, STATES, grouping_text, value_text
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.metrics.models import Value

__all__ = [
    "FEW",
    "PARTS",
    "PERIODS",
    "STATES",
    "CorrectionCard",
    "FigureCard",
    "FigurePage",
    "GroupCard",
    "Listed",
    "Mine",
    "Panel",
    "Point",
    "computing",
    "dashboard",
    "figure_page",
    "listed",
    "mine",
]


@dataclass(frozen=True, slots=True)
class Panel:
    """The figures of one block that the viewer may know of."""

    metric: str
    label: str
    cards: tuple[FigureCard, ...]


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group of a figure in one period. ``key`` names it in addresses."""

    key: str
    label: str
    point: Point


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    """A closed period that came to something else when it was worked out again."""

    at: datetime
    by: str
    group: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure in one period, group by group. ``unseen`` are groups that are not the viewer's to know; ``parts`` the
    lists behind it that there are for this figure, code and label.
    """

    card: FigureCard
    chosen: Point | None
    grouping: str
    groups: tuple[GroupCard, ...]
    unseen: int
    corrections: tuple[CorrectionCard, ...]
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """A figure as far as it is about one person: the group that is theirs, newest period first."""

    card: FigureCard
    points: tuple[Point, ...]


def dashboard(viewer: Viewer) -> tuple[Panel, ...]:
    """Every figure of the policy in force that the viewer may know of. One query."""
    sights = [each for each in _sights(viewer) if each.at_all]
    values = newest(each.figure.code for each in sights)
    panels: dict[str, list[FigureCard]] = {}
    for each in sights:
        panels.setdefault(each.metric.code, []).append(card(each, values.get(each.figure.code, ())))
    return tuple(Panel(code, cards[0].metric_label, tuple(cards)) for code, cards in panels.items())


def figure_page(viewer: Viewer, code: str, start: date | None = None) -> FigurePage:
    """One figure, in the period that begins on ``start`` or the newest. A fixed number of queries.

    Raises ``Refused`` (``metrics.not_found``) alike for a figure that there is not and one that is not the viewer's to
    know, and for a period in which it was not worked out.
    """
    sight = _sight(viewer, code)
    known = newest([code])
    found = card(sight, known.get(code, ()))
    chosen = found.now if start is None else next((each for each in found.trend if each.start == start), None)
    if start is not None and chosen is None:
        raise Refused("metrics.not_found", _("这个指标在这一期没有数。"))
    values = {} if chosen is None else of_period(code, chosen.start)
    values.pop(WHOLE, None)
    shown = sight.groups({key: each.members for key, each in values.items()})
    return FigurePage(
        card=found,
        chosen=chosen,
        grouping="" if sight.figure.group is None else grouping_text(sight.figure.group),
        groups=_groups(sight, {key: values[key] for key in values if key in shown}),
        unseen=len(values) - len(shown),
        corrections=() if chosen is None or not chosen.shown else _corrections(sight, chosen.start, shown),
        parts=tuple(
            dict.fromkeys((each.part.value, str(PARTS[each.part])) for each in behind(sight.figure.expression))
        ),
    )


def mine(viewer: Viewer) -> tuple[Mine, ...]:
    """The figures that are told apart by people, as far as they are about the viewer. Two queries."""
    if viewer.staff_id is None:
        return ()
    sights = [
        each
        for each in _sights(viewer)
        if each.figure.group is not None and each.figure.group.by in PERSONAL and each.at_all
    ]
    codes, key = [each.figure.code for each in sights], str(viewer.staff_id)
    values, whole = newest(codes, key), newest(codes, periods=1)
    found = []
    for each in sights:
        own = values.get(each.figure.code, ())
        if own:
            points = tuple(point(each, kept, shown=True) for kept in own)
            found.append(Mine(card(each, whole.get(each.figure.code, ())), points))
    return tuple(found)


def computing() -> bool:
    """Whether figures are being worked out now. One query."""
    return unfinished(COMPUTE_JOB)


def _sights(viewer: Viewer) -> Iterator[FigureSight]:
    model = policies.current().model
    for metric, figure in declared_figures(model).values():
        yield FigureSight(viewer, model, metric, figure)


def _sight(viewer: Viewer, code: str) -> FigureSight:
    found = next((each for each in _sights(viewer) if each.figure.code == code), None)
    if found is None or not found.at_all:
        raise Refused("metrics.not_found", _("没有这个指标，或者您无权查看。"))
    return found


def _groups(sight: FigureSight, values: dict[str, Value]) -> tuple[GroupCard, ...]:
    """The groups, the worst first; among equal ones choices in the policy's order, others by their size."""
    group = sight.figure.group
    if group is None:
        return ()
    names = group_names(sight, values)
    cards = [GroupCard(key, names[key], point(sight, each, shown=True)) for key, each in values.items()]
    order, listed_ = list(FigureState), choices_of(group)

    def place(each: GroupCard) -> tuple[int, int, int, str]:
        chosen = listed_.index(each.label) if each.label in listed_ else len(listed_)
        return order.index(each.point.state), chosen, -each.point.members, each.label

    return tuple(sorted(cards, key=place))


def _corrections(sight: FigureSight, start: date, shown: frozenset[str]) -> tuple[CorrectionCard, ...]:
    found = Correction.objects.filter(figure=sight.figure.code, period_start=start).order_by("-id")[:50]
    told = [each for each in found if each.group == WHOLE or each.group in shown]
    keys = {each.group for each in told if each.group != WHOLE}
    names = group_names(sight, keys) if keys else {}
    language = sight.viewer.language

    def text(side: dict[str, int | None] | None) -> str:
        return "–" if side is None else value_text(sight.figure, side["value"], language)

    return tuple(
        CorrectionCard(each.at, each.by, names.get(each.group, ""), text(each.before), text(each.after))
        for each in told
    )
