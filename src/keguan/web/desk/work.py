"""What waits for a person today: steps of cases, duties, and consequences to be decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from keguan.runtime.consequences import queries as consequences
from keguan.runtime.duties import queries as duties
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import queries as cases
from keguan.runtime.retention import queries as retention
from keguan.web.cases.boxes import Line as CaseLine
from keguan.web.cases.boxes import lines as case_lines
from keguan.web.duties.boxes import Line as DutyLine
from keguan.web.duties.boxes import lines as duty_lines

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.consequences.queries import ProposalRow
    from keguan.runtime.retention.queries import Task

SHOWN = 8
"""Rows that a panel of the desk has; the box has the rest."""

Links = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """The panels: their rows, soonest due first, and links to the boxes with how many there are."""

    cases: list[CaseLine]
    boxes: Links
    duties: list[DutyLine]
    duty_boxes: Links
    proposals: tuple[ProposalRow, ...]
    disposals: tuple[Task, ...]


def work_of(viewer: Viewer) -> Work:
    """What waits for the viewer; no query about kinds of work that the policy does not know."""
    blocks = policies.current().model.blocks
    none: Links = ()
    return Work(
        cases=case_lines(cases.box(viewer, cases.Box.TODO, size=SHOWN).rows) if blocks.processes else [],
        boxes=_case_boxes(viewer) if blocks.processes else none,
        duties=duty_lines(duties.mine(viewer, size=SHOWN).rows) if blocks.duties else [],
        duty_boxes=_duty_boxes(viewer) if blocks.duties else none,
        proposals=consequences.box(viewer, consequences.Box.TODO, size=SHOWN).rows if blocks.consequences else (),
        disposals=retention.tasks(viewer) if blocks.retentions else (),
    )


def _case_boxes(viewer: Viewer) -> Links:
    counts, address = cases.counts(viewer), reverse("cases:boxes")
    return tuple(
        (str(box.label), f"{address}?box={box.value}", _count(counts.get(box))) for box in cases.Box if box in counts
    )


def _duty_boxes(viewer: Viewer) -> Links:
    counts, address = duties.counts(viewer), reverse("duties:boxes")
    return tuple(
        (str(box.label), f"{address}?box={box.value}", _count(counts.get(box.value)))
        for box in duties.Box
        if box.value in counts
    )


def _count(count: cases.Count | duties.Count | None) -> str:
    return "" if count is None or count.value == 0 else str(count)
