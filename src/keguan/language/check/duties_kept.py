"""Duties that begin when records are kept no longer, where nothing says how long they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import duties as entries
from keguan.language.model.duty import TriggerKind
from keguan.language.model.retention import laid_terms

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def duties_kept(subject: Subject) -> None:
    """Report rows that nobody will ever owe, because no term is about their records."""
    for duty in subject.model.blocks.duties.values():
        for row in duty.obligations:
            if row.trigger is None or row.trigger.kind is not TriggerKind.KEPT:
                continue
            if not laid_terms(subject.model, duty.record_type):
                label = subject.model.record_types[duty.record_type].label
                subject.findings.add(entries.KEPT_NOWHERE, row.span, row=row.number, record_type=label.zh)
