"""Deadlines of steps against the total of their process: each alone, and along the shortest and the longest way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.lengths import least, longer
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.flow import destinations, edges
from keguan.language.model.timing.words import show_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.check.subject import Subject
    from keguan.language.model.process import Process, Step
    from keguan.language.model.timing import Deadline, Length

_MOST_MOVES = 5000
"""Moves tried to find every way through one process; of more, only the longest way that was found is judged."""


def step_deadlines(subject: Subject) -> None:
    """Report a step longer than the total, else the ways that certainly take longer."""
    for process in subject.model.blocks.processes.values():
        total = process.total.length if process.total else None
        if process.total is None or total is None:
            continue
        alone = [step for step in process.steps if longer(_lengths([step]), total)]
        for step in alone:
            deadline = _said(step.deadline) if step.deadline else ""
            values = {"step": step.label.zh, "deadline": deadline, "total": _said(process.total)}
            subject.findings.add(entries.DEADLINE_TOTAL, step.span, **values)
        if not alone:
            _ways(process, total, subject)


def _ways(process: Process, total: Length, subject: Subject) -> None:
    ways, complete = _all_ways(process)
    if not ways:
        return
    shortest = min(ways, key=lambda way: _minutes(_sure(way)))
    longest = max(ways, key=_minutes)
    text = _said(process.total) if process.total else ""
    for entry, way, known in (
        (entries.SHORTEST_TOTAL, _sure(shortest), complete),
        (entries.LONGEST_TOTAL, longest, True),
    ):
        if known and longer(_lengths(way), total):
            path = " → ".join(f"{step.label.zh} {_said(step.deadline)}" for step in way if step.deadline)
            subject.findings.add(entry, process.span, path=path, total=text)
            return


def _said(deadline: Deadline) -> str:
    """As written; of a parameter with what it comes to."""
    if deadline.parameter is None or deadline.length is None:
        return deadline.text
    return f"{deadline.text}（{show_length(deadline.length, 'zh')}）"


def _sure(way: Sequence[Step]) -> list[Step]:
    """The steps of a way that are never passed over."""
    return [step for step in way if step.condition is None]


def _minutes(way: Sequence[Step]) -> int:
    return sum(least(length) for length in _lengths(way))


def _lengths(steps: Sequence[Step]) -> list[Length]:
    lengths = [step.deadline.length for step in steps if step.deadline is not None]
    return [length for length in lengths if length is not None and length.amount > 0]


def _all_ways(process: Process) -> tuple[list[list[Step]], bool]:
    """Ways from the first step to an end that do no step twice (of steps side by side a way takes one), and whether
    these are all.
    """
    steps, forward = {step.code: step for step in process.steps}, edges(process.steps)
    found: list[list[Step]] = []
    waiting: list[tuple[str, ...]] = [(process.steps[0].code,)]
    for _ in range(_MOST_MOVES):
        if not waiting:
            break
        way = waiting.pop()
        if any(to.end for to in destinations(steps[way[-1]])):
            found.append([steps[code] for code in way])
        waiting.extend((*way, code) for code in forward[way[-1]] if code not in way)
    return found, not waiting
