"""The checklist of a step as whoever completes it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.checklist import Mode
from keguan.runtime.processes import checks, conditions

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef
    from keguan.language.model.process import Step
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item. ``mode`` is ``person`` where the viewer answers, ``system`` where the record does (then ``met`` says
    how), ``sample`` where this case was not drawn and nobody is asked. ``points`` in hundredths.
    """

    code: str
    label: str
    standard: str
    mode: str
    points: int | None
    veto: bool
    met: bool | None


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A checklist to be answered at a step."""

    code: str
    label: str
    task_id: int
    items: tuple[ItemView, ...]
    clause: ClauseRef


def checklist_of(standing: Standing, step: Step, task_id: int, language: str) -> ChecklistView | None:
    """The checklist of a step, None when it has none. No query but those of its conditions."""
    found = checks.checklist(standing, step)
    if found is None:
        return None
    people = checks.asked(standing, found)
    items = []
    for item in found.items:
        system = item.mode is Mode.SYSTEM
        mode = "system" if system else "person" if item in people else "sample"
        met = conditions.holds(standing, item.condition) if system else None
        items.append(ItemView(item.code, item.label.text(language), item.standard, mode, item.points, item.veto, met))
    return ChecklistView(found.code, found.label.text(language), task_id, tuple(items), found.clause)
