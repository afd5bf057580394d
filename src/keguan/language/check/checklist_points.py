"""Checklists that nothing can pass."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import checklists as entries
from keguan.language.model.checklist import POINTS_SCALE, Bar

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def checklist_points(subject: Subject) -> None:
    """Report a checklist that asks for more points than all its items give."""
    for checklist in subject.model.blocks.checklists.values():
        most = sum(item.points or 0 for item in checklist.items)
        if checklist.bar is Bar.POINTS and checklist.least > most:
            values = {"label": checklist.label.zh, "least": _points(checklist.least), "most": _points(most)}
            subject.findings.add(entries.PASS_UNATTAINABLE, checklist.span, **values)


def _points(hundredths: int) -> str:
    return f"{Decimal(hundredths).scaleb(-POINTS_SCALE).normalize():f}"
