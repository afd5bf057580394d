"""A condition that can never hold, e.g. a range with its ends swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import tables as entries

if TYPE_CHECKING:
    from keguan.language.check.subject import Analysed, Subject


def never(subject: Subject) -> None:
    """Report the first such condition of every row."""

    def question(analysed: Analysed) -> None:
        decision = analysed.decision
        for row, rule in enumerate(decision.rules):
            column = analysed.table.impossible(row)
            if column is not None:
                label, cell = decision.inputs[column].label, rule.cells[column]
                span = rule.cell_spans[column]
                subject.findings.add(entries.RULE_NEVER, span, row=rule.row or rule.number, column=label, cell=cell)

    subject.ask(question)
