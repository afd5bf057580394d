"""Rows that hold together although they may not: in a table that hits uniquely, in one where rows that hold must agree,
and in exceptions without an order between them. Each is shown with a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.words import case_values, row_words
from keguan.language.diagnostics.catalogue import exceptions, tables
from keguan.language.model.model import HitPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keguan.language.check.subject import Analysed, Subject
    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.model.model import Decision, Rule

    Clash = Callable[[Rule, Rule], tuple[Entry, Entry] | None]

_MOST = 10
"""How many overlaps of one table are shown: the rest follows from the same mistake as a rule."""


def overlaps(subject: Subject) -> None:
    """Report each row with the first row above it that it may not hold together with."""

    def question(analysed: Analysed) -> None:
        decision, table = analysed.decision, analysed.table
        clash = _clash(decision)
        if clash is None:
            return
        shown = 0
        for row, rule in enumerate(decision.rules):
            others = 0 if table.never(row) else table.overlapping(row)
            found = next(_clashing(decision, others, rule, clash), None)
            if found is None or shown == _MOST:
                continue
            shown += 1
            _report(subject, analysed, found, row)
            if analysed.unknown is not None:
                return

    subject.ask(question, inexact=True)


def _report(subject: Subject, analysed: Analysed, found: tuple[int, Entry, Entry], row: int) -> None:
    decision, rule = analysed.decision, analysed.decision.rules[row]
    other, proven, unproven = found
    above = decision.rules[other]
    values = {"first": str(above.row or above.number), "second": str(rule.row or rule.number)}
    if proven is exceptions.CONFLICT:
        (zh, en), (second, second_en) = row_words(above), row_words(rule)
        values = {"first": zh, "first_en": en, "second": second, "second_en": second_en}
    if analysed.unknown is not None:
        column = decision.inputs[analysed.unknown].label
        subject.findings.add(unproven, rule.span, label=decision.label.zh, column=column, **values)
        return
    case = analysed.table.together(other, row)
    subject.findings.add(proven, rule.span, **values, **case_values(subject.model, decision, case))


def _clashing(decision: Decision, others: int, rule: Rule, clash: Clash) -> Iterator[tuple[int, Entry, Entry]]:
    while others:
        other = (others & -others).bit_length() - 1
        entries = clash(decision.rules[other], rule)
        if entries is not None:
            yield (other, *entries)
        others &= others - 1


def _clash(decision: Decision) -> Clash | None:
    """What two rows of a decision that hold together are, if they may not; None when they always may."""
    hit = decision.declared_hit or decision.hit
    over = {0: -1} | {each.place: each.over for each in decision.exceptions}
    if hit not in (HitPolicy.UNIQUE, HitPolicy.ANY) and len(decision.exceptions) < 2:
        return None

    def above(place: int) -> set[int]:
        """The tables that a table is an exception to, itself included."""
        found = set()
        while place >= 0:
            found.add(place)
            place = over[place]
        return found

    lines = {place: above(place) for place in over}

    def clash(first: Rule, second: Rule) -> tuple[Entry, Entry] | None:
        one, two = _place(first), _place(second)
        if one == two:
            if hit is HitPolicy.UNIQUE:
                return tables.RULES_OVERLAP, tables.OVERLAP_UNPROVEN
            differ = hit is HitPolicy.ANY and first.results != second.results
            return (tables.RULES_CONFLICT, tables.CONFLICT_UNPROVEN) if differ else None
        if one in lines[two] or two in lines[one] or first.results == second.results:
            return None
        return exceptions.CONFLICT, exceptions.CONFLICT_UNPROVEN

    return clash


def _place(rule: Rule) -> int:
    return rule.number // 1000 if rule.clause is not None else 0
