"""Steps of a process to which no case ever comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.flow import distances, edges

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def unreachable_steps(subject: Subject) -> None:
    """Report every step that cannot be reached from the first."""
    for process in subject.model.blocks.processes.values():
        reached = distances(process.steps[0].code, edges(process.steps))
        for step in process.steps:
            if step.code not in reached:
                subject.findings.add(entries.STEP_UNREACHABLE, step.span, step=step.label.zh)
