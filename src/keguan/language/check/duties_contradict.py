"""Two rows of a duty that want the same thing from the same people about the same records, but not equally often."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from keguan.language.check.conditions import Inexact, possible
from keguan.language.diagnostics.catalogue import duties as entries
from keguan.language.feel.walk import parameters as parameters_of

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.duty import Obligation
    from keguan.language.model.timing import Frequency


def duties_contradict(subject: Subject) -> None:
    """Report such rows where it is certain that some record falls under both."""
    for duty in subject.model.blocks.duties.values():
        for first, second in combinations(duty.obligations, 2):
            if first.frequency is None or second.frequency is None or not _same(first, second):
                continue
            if _together(first, second):
                numbers = {"first": first.number, "second": second.number}
                texts = {"one": first.frequency.text, "other": second.frequency.text}
                subject.findings.add(entries.CONTRADICT, second.span, **numbers, **texts)


def _same(first: Obligation, second: Obligation) -> bool:
    """Whether two rows are about the same thing and differ only in how often."""
    return (
        (first.task, first.evidence, first.check) == (second.task, second.evidence, second.check)
        and set(first.responsible) == set(second.responsible)
        and _plain(first) != _plain(second)
    )


def _plain(row: Obligation) -> Frequency | None:
    """The frequency however it is written."""
    return None if row.frequency is None else replace(row.frequency, text="")


def _together(first: Obligation, second: Obligation) -> bool:
    conditions = [row.applies for row in (first, second) if row.applies is not None]
    if any(parameters_of(condition) for condition in conditions):
        return False
    try:
        return possible(conditions, {})
    except Inexact:
        return False
