"""Rows of a table that hits by priority whose result always gives way to one that comes before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.model.model import HitPolicy
from keguan.language.model.ranking import ranked

if TYPE_CHECKING:
    from keguan.language.check.subject import Analysed, Subject


def outranked(subject: Subject) -> None:
    """Report every row whose result is never taken."""

    def question(analysed: Analysed) -> None:
        decision, table = analysed.decision, analysed.table
        if decision.hit is not HitPolicy.PRIORITY:
            return
        places = {rule.number: row for row, rule in enumerate(decision.rules)}
        before = 0
        for rule in ranked(decision):
            row = places[rule.number]
            if not table.never(row) and not table.comes_first(row, before):
                subject.findings.add(entries.RULE_OUTRANKED, rule.span, row=rule.number)
            before |= 1 << row

    subject.ask(question)
