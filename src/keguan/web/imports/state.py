"""Where an import stands, as the middle of its page: mapping, report, progress or result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.imports import queries as imports
from keguan.runtime.imports.queries import State
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from keguan.web.imports.words import BUSY, type_label
from keguan.web.records.criteria import address

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.imports.queries import ImportCard

REASONS = 12
"""So many different reasons are listed above the rows."""


@dataclass(frozen=True, slots=True)
class Option:
    """A meaning that a column can be given."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the file: its heading, first cells (sensitive ones masked), and what it can mean."""

    heading: str
    samples: tuple[str, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a dry run or of the import; ``url`` is the list of the records that are in."""

    rows: int
    created: int
    updated: int
    rejected: int
    url: str


def state_of(viewer: Viewer, card: ImportCard, *, mapping: bool = False) -> dict[str, Any]:
    """What ``imports/state.html`` reads; ``mapping`` shows the mapping again after a dry run."""
    context: dict[str, Any] = {"import": card, "type_label": type_label(card.record_type, viewer.language)}
    if card.state in BUSY and not card.stalled:
        return context | _progress(card)
    if card.state == State.READY or (mapping and card.state == State.CHECKED):
        return context | _mapping(viewer, card)
    return context | _report(viewer, card)


def _progress(card: ImportCard) -> dict[str, Any]:
    checking = card.state == State.CHECKING
    done = card.job.done if checking and card.job else card.position
    return {
        "busy": True,
        "step": 3 if checking else 4,
        "title": gettext("正在试运行") if checking else gettext("正在导入"),
        "done": done,
        "percent": 100 * done // card.rows if card.rows else 0,
        "note": gettext("可以离开这一页，导入会继续；中断后接着导，不会重复。"),
    }


def _mapping(viewer: Viewer, card: ImportCard) -> dict[str, Any]:
    targets = imports.mapping_choices(viewer, card.record_type)
    first = imports.preview(viewer, card.id)
    columns = tuple(
        MappedColumn(
            heading or gettext("（没有列名）"),
            tuple(row[place] for row in first.rows[:3] if place < len(row) and row[place]),
            tuple(Option(each.code, each.label.text(viewer.language), each.code == code) for each in targets),
        )
        for place, (heading, code) in enumerate(zip(card.headings, card.mapping.columns, strict=True))
    )
    return {
        "step": 2,
        "body": "imports/mapping.html",
        "columns": columns,
        "sheet": card.mapping.sheet,
        "sheets": card.sheets,
        "heading_row": card.mapping.heading_row,
        "error": card.error,
    }


def _report(viewer: Viewer, card: ImportCard) -> dict[str, Any]:
    trial = card.state == State.CHECKED
    titles = {
        State.CHECKED: gettext("试运行结果"),
        State.DONE: gettext("导入完成"),
        State.CANCELLED: gettext("导入已取消，已入库的行保留"),
    }
    rejected = imports.rejections(viewer, card.id, trial=trial)
    reasons = imports.reasons(viewer, card.id, trial=trial)
    return {
        "step": 3 if trial else 4,
        "body": "imports/report.html",
        "trial": trial,
        "title": titles.get(State(card.state), gettext("导入中断，可以接着导")),
        "figures": _figures(card, trial=trial),
        "resumable": card.stalled,
        "reasons": reasons[:REASONS],
        "rejections": [
            {"row": row.number, "column": problem.column, "sentence": problem.sentence}
            for row in rejected.rows
            for problem in row.problems
        ],
        "shown": len(rejected.rows),
    }


def _figures(card: ImportCard, *, trial: bool) -> Figures:
    if trial:
        counts = card.trial or {}
        return Figures(card.rows, counts.get("create", 0), counts.get("update", 0), counts.get("reject", 0), "")
    mine = ListQuery(filters=(Filter("@import", Operator.IS, (str(card.id),)),))
    url = reverse("records:list", args=[card.record_type]) + address(mine)
    return Figures(card.rows, card.created, card.updated, card.rejected, url)
