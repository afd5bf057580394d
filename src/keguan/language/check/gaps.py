"""A case that no row of a table takes. It is about the table alone: facts in different columns may exclude it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.words import case_in_words
from keguan.language.diagnostics.catalogue import tables as entries

if TYPE_CHECKING:
    from keguan.language.check.subject import Analysed, Subject


def gaps(subject: Subject) -> None:
    """Report the first missing case of every table that gives one outcome."""

    def question(analysed: Analysed) -> None:
        decision = analysed.decision
        if decision.hit.collects:
            return
        missing = analysed.complete.gap()
        if missing is not None:
            subject.findings.add(
                entries.TABLE_GAP,
                decision.span,
                label=decision.label.zh,
                case=case_in_words(subject.model, decision, missing, "zh"),
                case_en=case_in_words(subject.model, decision, missing, "en"),
            )

    subject.ask(question)
