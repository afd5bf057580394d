"""Two rows that hold together in a table that hits uniquely, with a case that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.words import case_in_words
from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.model.model import HitPolicy

if TYPE_CHECKING:
    from keguan.language.check.subject import Analysed, Subject

_MOST = 10
"""How many overlaps of one table are shown: the rest follows from the same mistake as a rule."""


def overlaps(subject: Subject) -> None:
    """Report each row with the first row above it that it overlaps."""

    def question(analysed: Analysed) -> None:
        decision, table = analysed.decision, analysed.table
        if decision.hit is not HitPolicy.UNIQUE:
            return
        shown = 0
        for row, rule in enumerate(decision.rules):
            others = 0 if table.never(row) else table.overlapping(row)
            if not others or shown == _MOST:
                continue
            shown += 1
            other = (others & -others).bit_length() - 1
            case = table.together(other, row)
            subject.findings.add(
                entries.RULES_OVERLAP,
                rule.span,
                first=decision.rules[other].number,
                second=rule.number,
                case=case_in_words(subject.model, decision, case, "zh"),
                case_en=case_in_words(subject.model, decision, case, "en"),
            )

    subject.ask(question)
