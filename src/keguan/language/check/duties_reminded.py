"""Reminders that would come before what triggers the duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import duties as entries
from keguan.language.model.duty import TriggerKind
from keguan.language.model.timing.bounds import longer
from keguan.language.model.timing.words import show_length

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


_KNOWN = frozenset({TriggerKind.DATE, TriggerKind.KEPT})
"""Days that are known beforehand: a reminder may well come before them."""


def duties_reminded(subject: Subject) -> None:
    """Report rows that remind longer ahead than the deadline, or than the period of their frequency."""
    for duty in subject.model.blocks.duties.values():
        for row in duty.obligations:
            known = row.trigger is not None and row.trigger.kind in _KNOWN
            time = row.deadline or (row.frequency.every if row.frequency else None)
            if row.remind is None or time is None or known or not longer(row.remind, time):
                continue
            shown = row.deadline.text if row.deadline else row.frequency.text if row.frequency else ""
            remind = {"remind": show_length(row.remind, "zh"), "remind_en": show_length(row.remind, "en")}
            subject.findings.add(entries.REMINDED_EARLY, row.span, deadline=shown, **remind)
