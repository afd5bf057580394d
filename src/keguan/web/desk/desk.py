"""What concerns the person who signed in: their records by outcome, what moved, what is missing, what was filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable, visible
from keguan.runtime.clock import now, today
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from keguan.web.records.criteria import address
from keguan.web.records.filters import OWNER, outcome_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import ClauseRef, Decision, Model, RecordType
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.queries import Missing, ShownRow

DAYS = 7
"""How far back "newly" reaches."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its label; ``url`` is the list behind it."""

    label: str
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures under one title, with the clause they come from and a note on what was counted."""

    title: str
    clause: ClauseRef
    figures: tuple[Figure, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """So many went from one outcome to another."""

    text: str
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class Moves:
    """What a decision changed of late."""

    title: str
    clause: ClauseRef
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class LackingRow:
    """One record, with the labels of what it lacks and the clause that asks for it."""

    title: str
    url: str
    drawer: str
    fields: tuple[str, ...]
    clause: ClauseRef


@dataclass(frozen=True, slots=True)
class Lacking:
    """My records that lack something required."""

    title: str
    note: str
    rows: tuple[LackingRow, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole page's matter."""

    outcomes: tuple[Panel, ...]
    missing: tuple[Lacking, ...]
    moves: tuple[Moves, ...]
    filed: tuple[Panel, ...]


def desk_of(viewer: Viewer) -> Desk:
    """The desk of this viewer: of their own records, or of all within their reach where they own none (managers).

    Empty for those who reach no records.
    """
    model = policies.current().model
    return Desk(
        tuple(_outcomes(viewer, model)),
        tuple(_lacking(viewer, model)),
        tuple(_moves(viewer, model)),
        tuple(_filed(viewer, model)),
    )


def _decisions(viewer: Viewer, model: Model) -> Iterator[Decision]:
    """Decisions whose first output the viewer may see and ask about, on record types in the menu."""
    for decision in model.decisions.values():
        record_type = model.record_types[decision.record_type]
        if record_type.menu and decision.outputs[0].code in readable(viewer, record_type, Exit.FILTER, model):
            yield decision


def _whose(viewer: Viewer, record_type: str) -> tuple[Filter, ...]:
    """The filter for one's own records of a type; none for those who own none."""
    mine = (Filter(OWNER, Operator.IS, (str(viewer.staff_id),)),)
    return mine if records.page(viewer, record_type, ListQuery(filters=mine, size=1)).rows else ()


def _outcomes(viewer: Viewer, model: Model) -> Iterator[Panel]:
    """Records by outcome, one panel per decision."""
    for decision in _decisions(viewer, model):
        code, whose = decision.outputs[0].code, _whose(viewer, decision.record_type)
        counted = records.tally(viewer, decision.record_type, code, whose)
        figures = tuple(
            Figure(value, f"{counted.counts.get(value, 0):,}", _list(decision.record_type, *whose, _is(code, value)))
            for value in outcome_values(columns(model, decision.record_type)[code])
        )
        names = {
            "type": model.record_types[decision.record_type].label.text(viewer.language),
            "label": decision.outputs[0].label.text(viewer.language),
        }
        titles = gettext("我的%(type)s，按%(label)s") if whose else gettext("可见的%(type)s，按%(label)s")
        note = gettext("只数最近 10,000 份") if counted.capped else ""
        yield Panel(titles % names, decision.clause, figures, note)


def _lacking(viewer: Viewer, model: Model) -> Iterator[Lacking]:
    """Records that lack what a condition has come to require, one panel per record type with such conditions."""
    for record_type in model.record_types.values():
        conditional = any(not isinstance(field.required, bool) for field in record_type.fields)
        if conditional and record_type.menu and visible(viewer, record_type, model):
            whose = _whose(viewer, record_type.code)
            found = records.incomplete(viewer, record_type.code, whose)
            names = {"count": f"{found.count:,}", "looked": f"{found.looked_at:,}"}
            note = gettext("%(count)s 份") if found.all_looked_at else gettext("最近 %(looked)s 份里 %(count)s 份")
            rows = tuple(_lacking_row(viewer, record_type, *each) for each in found.rows)
            title = gettext("我的%(type)s待补资料") if whose else gettext("%(type)s待补资料")
            yield Lacking(title % {"type": record_type.label.text(viewer.language)}, note % names, rows)


def _lacking_row(viewer: Viewer, record_type: RecordType, row: ShownRow, missing: tuple[Missing, ...]) -> LackingRow:
    url = reverse("records:record", args=[record_type.code, row.id])
    labels = tuple(each.label.text(viewer.language) for each in missing)
    return LackingRow(
        row.title.text or f"#{row.id}", url, f"{url}drawer/", labels, record_type.field(missing[0].code).clause
    )


def _moves(viewer: Viewer, model: Model) -> Iterator[Moves]:
    """What each decision changed in the last days, first outcomes left out."""
    until = now()
    for decision in _decisions(viewer, model):
        moved = decisions.movement(viewer, decision.code, until - timedelta(days=DAYS), until)
        lines = tuple(
            Move(f"{each.before} → {each.after}", f"{each.count:,}", _moved(decision, each))
            for each in moved
            if each.before is not None and each.after is not None and each.before != each.after
        )
        names = {"label": decision.outputs[0].label.text(viewer.language), "days": DAYS}
        yield Moves(gettext("最近 %(days)s 天%(label)s的变化") % names, decision.clause, lines)


def _moved(decision: Decision, move: decisions.Move) -> str:
    query = urlencode({"before": str(move.before), "after": str(move.after)})
    return f"{reverse('moved', args=[decision.code])}?{query}"


def moved_list(viewer: Viewer, decision: Decision, before: str, after: str) -> str:
    """The address of the list of those who moved so in the last days, the newest 200 at most."""
    until = now()
    ids = decisions.moved(viewer, decision.code, until - timedelta(days=DAYS), until, before, after, records.MOST_IDS)
    chosen = Filter("@id", Operator.IS, tuple(map(str, ids or (0,))))
    return _list(decision.record_type, chosen)


def _filed(viewer: Viewer, model: Model) -> Iterator[Panel]:
    """What was filed this week, of every record type in the menu that stands on a timeline."""
    monday = today() - timedelta(days=today().weekday())
    for record_type in model.record_types.values():
        dated = record_type.timeline_date
        if not record_type.menu or dated is None or not visible(viewer, record_type, model):
            continue
        if dated not in readable(viewer, record_type, Exit.FILTER, model):
            continue
        week = Filter(dated, Operator.FROM, (monday.isoformat(),))
        asked = (*_whose(viewer, record_type.code), week)
        count = str(records.page(viewer, record_type.code, ListQuery(filters=asked, size=1)).count)
        label = record_type.label.text(viewer.language)
        yield Panel(label, record_type.clause, (Figure(label, count, _list(record_type.code, *asked)),))


def _is(code: str, value: object) -> Filter:
    return Filter(code, Operator.IS, (str(value),))


def _list(record_type: str, *filters: Filter) -> str:
    return reverse("records:list", args=[record_type]) + address(ListQuery(filters=filters))
