"""What concerns the person who signed in: their records by outcome, what moved, what is missing, what was filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from keguan.language.model.model import RowScope
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable, visible
from keguan.runtime.clock import now, today
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from keguan.web.desk.whose import Whose, in_a_word, whose
from keguan.web.records.criteria import address
from keguan.web.records.filters import outcome_values

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
    """Figures under one title, with the clause they come from and a note on what was counted. ``url`` is the list of
    everything, for when there is nothing to count; ``label`` is the record type's.
    """

    title: str
    clause: ClauseRef
    figures: tuple[Figure, ...]
    note: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Filed:
    """So many records of one type were filed of late; ``whose`` are counted, in a word."""

    label: str
    whose: str
    count: str
    url: str
    clause: ClauseRef


@dataclass(frozen=True, slots=True)
class Move:
    """So many went from one outcome to another."""

    text: str
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class Moves:
    """What a decision changed of late; ``whose`` records were looked at, in a word."""

    title: str
    whose: str
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
    """Records that lack something required; ``all_looked_at`` when there are no others."""

    title: str
    note: str
    rows: tuple[LackingRow, ...]
    all_looked_at: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole page's matter."""

    outcomes: tuple[Panel, ...]
    missing: tuple[Lacking, ...]
    moves: tuple[Moves, ...]
    files: bool
    filed: tuple[Filed, ...]


def desk_of(viewer: Viewer) -> Desk:
    """The desk of this viewer: of their own records, or of all within their reach where they own none (managers).

    Empty for those who reach no records.
    """
    model = policies.current().model
    mine = whose(viewer, model, (decision.record_type for decision in _decisions(viewer, model)))
    dated = tuple(_dated(viewer, model))
    return Desk(
        tuple(_outcomes(viewer, model, mine)),
        tuple(_lacking(viewer, model, mine)),
        tuple(_moves(viewer, model, mine)),
        bool(dated),
        tuple(_filed(viewer, dated, mine)),
    )


def _decisions(viewer: Viewer, model: Model) -> Iterator[Decision]:
    """Decisions whose first output the viewer may see and ask about, on record types in the menu."""
    for decision in model.decisions.values():
        record_type = model.record_types[decision.record_type]
        if record_type.menu and decision.outputs[0].code in readable(viewer, record_type, Exit.FILTER, model):
            yield decision


def _outcomes(viewer: Viewer, model: Model, mine: Whose) -> Iterator[Panel]:
    """Records by outcome, one panel per decision; without figures when there are no records."""
    for decision in _decisions(viewer, model):
        output, record_type = decision.outputs[0], model.record_types[decision.record_type]
        counted = records.tally(viewer, record_type.code, output.code, mine.filters)
        more = "+" if counted.capped else ""
        figures = tuple(
            Figure(
                value,
                f"{counted.counts.get(value, 0):,}{more}",
                _list(record_type.code, *mine.filters, _is(output.code, value)),
            )
            for value in outcome_values(columns(model, record_type.code)[output.code])
        )
        type_label = record_type.label.text(viewer.language)
        titles = {
            RowScope.ALL: gettext("全部%(type)s，按%(label)s"),
            RowScope.UNIT: gettext("本部门%(type)s，按%(label)s"),
            RowScope.OWN: gettext("我的%(type)s，按%(label)s"),
        }
        names = {"type": type_label, "label": output.label.text(viewer.language)}
        yield Panel(
            title=titles[mine.within(record_type, output.code)] % names,
            clause=decision.clause,
            figures=figures if counted.counts else (),
            note=gettext("只数最近 10,000 份") if counted.capped else "",
            label=type_label,
            url=_list(record_type.code),
        )


def _lacking(viewer: Viewer, model: Model, mine: Whose) -> Iterator[Lacking]:
    """Records that lack what a condition has come to require, one panel per record type with such conditions."""
    for record_type in model.record_types.values():
        if not record_type.menu or not visible(viewer, record_type, model):
            continue
        if records.told_of_missing(viewer, record_type.code):
            found = records.incomplete(viewer, record_type.code, mine.filters)
            names = {"count": f"{found.count:,}", "looked": f"{found.looked_at:,}"}
            note = gettext("%(count)s 份") if found.all_looked_at else gettext("最近 %(looked)s 份里 %(count)s 份")
            rows = tuple(_lacking_row(viewer, record_type, *each) for each in found.rows)
            titles = {
                RowScope.ALL: gettext("全部%(type)s待补资料"),
                RowScope.UNIT: gettext("本部门%(type)s待补资料"),
                RowScope.OWN: gettext("我的%(type)s待补资料"),
            }
            title = titles[mine.within(record_type)] % {"type": record_type.label.text(viewer.language)}
            yield Lacking(title, note % names, rows, found.all_looked_at)


def _lacking_row(viewer: Viewer, record_type: RecordType, row: ShownRow, missing: tuple[Missing, ...]) -> LackingRow:
    url = reverse("records:record", args=[record_type.code, row.id])
    labels = tuple(each.label.text(viewer.language) for each in missing)
    return LackingRow(
        row.title.text or f"#{row.id}", url, f"{url}drawer/", labels, record_type.field(missing[0].code).clause
    )


def _moves(viewer: Viewer, model: Model, mine: Whose) -> Iterator[Moves]:
    """What each decision changed in the last days within reach, first outcomes left out."""
    until = now()
    for decision in _decisions(viewer, model):
        moved = decisions.movement(viewer, decision.code, until - timedelta(days=DAYS), until)
        lines = tuple(
            Move(f"{each.before} → {each.after}", f"{each.count:,}", _moved(decision, each))
            for each in moved
            if each.before is not None and each.after is not None and each.before != each.after
        )
        output = decision.outputs[0]
        names = {"label": output.label.text(viewer.language), "days": DAYS}
        reached = mine.reach(model.record_types[decision.record_type], *(each.code for each in decision.outputs))
        yield Moves(gettext("最近 %(days)s 天%(label)s的变化") % names, in_a_word(reached), decision.clause, lines)


def _moved(decision: Decision, move: decisions.Move) -> str:
    query = urlencode({"before": str(move.before), "after": str(move.after)})
    return f"{reverse('moved', args=[decision.code])}?{query}"


def moved_list(viewer: Viewer, decision: Decision, before: str, after: str) -> str:
    """The address of the list of those who moved so in the last days, the newest 200 at most."""
    until = now()
    ids = decisions.moved(viewer, decision.code, until - timedelta(days=DAYS), until, before, after, records.MOST_IDS)
    chosen = Filter("@id", Operator.IS, tuple(map(str, ids or (0,))))
    return _list(decision.record_type, chosen)


def _dated(viewer: Viewer, model: Model) -> Iterator[tuple[RecordType, str]]:
    """Every record type in the menu that stands on a timeline, with the date it stands there by."""
    for record_type in model.record_types.values():
        dated = record_type.timeline_date
        if not record_type.menu or dated is None or not visible(viewer, record_type, model):
            continue
        if dated in readable(viewer, record_type, Exit.FILTER, model):
            yield record_type, dated


def _filed(viewer: Viewer, dated: tuple[tuple[RecordType, str], ...], mine: Whose) -> Iterator[Filed]:
    """What was filed this week; types of which nothing was are left out."""
    monday = today() - timedelta(days=today().weekday())
    for record_type, date_code in dated:
        asked = (*mine.filters, Filter(date_code, Operator.FROM, (monday.isoformat(),)))
        found = records.page(viewer, record_type.code, ListQuery(filters=asked, size=1))
        if found.rows:
            yield Filed(
                record_type.label.text(viewer.language),
                in_a_word(mine.within(record_type, date_code)),
                f"{found.count.value:,}{'' if found.count.exact else '+'}",
                _list(record_type.code, *asked),
                record_type.clause,
            )


def _is(code: str, value: object) -> Filter:
    return Filter(code, Operator.IS, (str(value),))


def _list(record_type: str, *filters: Filter) -> str:
    return reverse("records:list", args=[record_type]) + address(ListQuery(filters=filters))
