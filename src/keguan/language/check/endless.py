"""Processes that cannot end, and steps from which there is no way to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.flow import ending

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def endless(subject: Subject) -> None:
    """Report a process without any end; else every step that leads to none."""
    for process in subject.model.blocks.processes.values():
        good = ending(process)
        if not good:
            subject.findings.add(entries.PROCESS_ENDLESS, process.span, process=process.label.zh)
            continue
        for step in process.steps:
            if step.code not in good:
                subject.findings.add(entries.STEP_ENDLESS, step.span, step=step.label.zh)
