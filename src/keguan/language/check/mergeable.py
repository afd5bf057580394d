"""Neighbouring rows that could be one: the same result, and one condition that differs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import tables as entries

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.model import Rule


def mergeable(subject: Subject) -> None:
    """Report such rows where one row counts (where rows are added up, each of them is meant)."""
    for decision in subject.model.decisions.values():
        if decision.hit.collects:
            continue
        for above, rule in pairwise(decision.rules):
            column = _apart(above, rule)
            if column is not None:
                subject.findings.add(
                    entries.RULES_MERGEABLE,
                    rule.cell_spans[column],
                    row=rule.row or rule.number,
                    other=above.row or above.number,
                    column=decision.inputs[column].label,
                    merged=f"{above.cells[column]}, {rule.cells[column]}",
                )


def _apart(above: Rule, rule: Rule) -> int | None:
    """The one column in which two rows of one table differ, both with a plain condition there."""
    if above.results != rule.results or above.clause != rule.clause:
        return None
    apart = [column for column, (one, two) in enumerate(zip(above.tests, rule.tests, strict=True)) if one != two]
    if len(apart) != 1:
        return None
    cells = (above.cells[apart[0]], rule.cells[apart[0]])
    tests = (above.tests[apart[0]], rule.tests[apart[0]])
    apart_on_purpose = any(word in cell for cell in cells for word in ("not(", "null"))
    return None if None in tests or apart_on_purpose else apart[0]
