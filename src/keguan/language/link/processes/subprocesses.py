"""Processes that run each other: they are about the same kind of record, and never in a ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.link.linking import Linking
    from keguan.language.model.process import Process


def check_subprocesses(processes: Mapping[str, Process], linking: Linking) -> None:
    """Report a subprocess over another record type, and every ring once."""
    reported: set[frozenset[str]] = set()
    for process in processes.values():
        for step in process.steps:
            called = processes.get(step.process or "")
            if called is not None and called.record_type != process.record_type:
                linking.findings.add(entries.SUBPROCESS, step.span, name=called.label.zh)
        ring = _ring(process.code, processes)
        if ring and frozenset(ring) not in reported:
            reported.add(frozenset(ring))
            path = " → ".join(processes[code].label.zh for code in (*ring, ring[0]))
            linking.findings.add(entries.SUBPROCESS_RING, process.span, path=path)


def _ring(start: str, processes: Mapping[str, Process]) -> tuple[str, ...]:
    """A shortest way from a process back to itself; empty when there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for path in waiting:
        for step in processes[path[-1]].steps:
            if step.process == start:
                return path
            if step.process is not None and step.process in processes and step.process not in seen:
                seen.add(step.process)
                waiting.append((*path, step.process))
    return ()
