"""Rows of a first-hit table that the rows above leave nothing to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.words import row_words
from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.model.model import HitPolicy

if TYPE_CHECKING:
    from keguan.language.check.subject import Analysed, Subject
    from keguan.language.check.table import Table
    from keguan.language.model.model import Rule

_MOST_NAMED = 5


def unreachable(subject: Subject) -> None:
    """Report every row that is never reached."""

    def question(analysed: Analysed) -> None:
        decision, table = analysed.decision, analysed.table
        if decision.hit is not HitPolicy.FIRST:
            return
        for row, rule in enumerate(decision.rules):
            if table.never(row) or table.comes_first(row):
                continue
            zh, en = _named([decision.rules[above] for above in _covering(table, row)])
            number = rule.row or rule.number
            subject.findings.add(entries.RULE_UNREACHABLE, rule.span, row=number, rows=zh, rows_en=en)

    subject.ask(question)


def _covering(table: Table, row: int) -> list[int]:
    """The first row above that covers it alone, else those that have to do with it."""
    for above in range(row):
        if table.covers(above, row):
            return [above]
    others = table.overlapping(row)
    return [above for above in range(row) if others >> above & 1]


def _named(rules: list[Rule]) -> tuple[str, str]:
    """The rows by number, in Chinese and in English; the first few of many."""
    if any(rule.clause is not None for rule in rules):
        words = [row_words(rule) for rule in rules[:_MOST_NAMED]]
        zh, en = "、".join(chinese for chinese, _ in words), ", ".join(english for _, english in words)
    else:
        first = [str(rule.number) for rule in rules[:_MOST_NAMED]]
        zh, en = f"第{'、'.join(first)}行", f"row{'s' if len(rules) > 1 else ''} {', '.join(first)}"
    return (f"{zh}等{len(rules)}行", f"{en} and others") if len(rules) > _MOST_NAMED else (zh, en)
