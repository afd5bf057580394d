"""A score between two bands of a scorecard that falls to what is given otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.cells import read_column
from keguan.language.check.domain import Domain
from keguan.language.check.words import case_values
from keguan.language.diagnostics.catalogue import scorecards as entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.check.cells import Case
    from keguan.language.check.subject import Subject
    from keguan.language.model.model import Decision


def band_holes(subject: Subject) -> None:
    """Report the first score that no band takes although there are bands above and below it."""
    for decision in _gradings(subject):
        index = len(decision.inputs) - 1  # the score; a veto stands before it
        for case in _holes(subject, decision, index):
            values = case_values(subject.model, decision, {index: case})
            subject.findings.add(entries.BAND_HOLE, decision.span, **values)
            break


def _gradings(subject: Subject) -> Iterator[Decision]:
    """The decisions that make a grade of a score, and give one to every score."""
    decisions = subject.model.decisions.values()
    blocks = [decision.span for decision in decisions if decision.scores]
    for decision in decisions:
        span = decision.span
        inside = any(span.file == block.file and block.line < span.line <= block.end_line for block in blocks)
        if inside and not any(decision.rules[-1].tests):
            yield decision


def _holes(subject: Subject, decision: Decision, index: int) -> Iterator[Case]:
    bands = sum(1 << row for row, rule in enumerate(decision.rules) if rule.tests[index] is not None)
    for parameters in subject.snapshots(decision):
        column = read_column(decision, index, Domain(nullable=False), parameters)
        if column is None:
            return
        taken = [bool(rows & bands) for rows in column.rows]
        first, last = taken.index(True), len(taken) - taken[::-1].index(True)
        yield from (column.cases[at] for at in range(first, last) if not taken[at])
