"""Duties whose condition can never hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.conditions import Inexact, possible
from keguan.language.diagnostics.catalogue import duties as entries
from keguan.language.feel.walk import parameters as parameters_of

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def duties_never(subject: Subject) -> None:
    """Report rows that no record can ever fall under; a condition that reads parameters is not looked at."""
    for duty in subject.model.blocks.duties.values():
        for row in duty.obligations:
            if row.applies is None or parameters_of(row.applies):
                continue
            try:
                holds = possible([row.applies], {})
            except Inexact:
                continue
            if not holds:
                subject.findings.add(entries.NEVER, row.span, row=row.number, cell=row.applies_text)
