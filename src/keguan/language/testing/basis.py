"""依据 and 理由: the clause and the rows that an outcome rests on, as written and as they came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.markdown.document import Written
from keguan.language.markdown.numerals import clause_number
from keguan.language.testing.names import Problem

if TYPE_CHECKING:
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.model import Decision
    from keguan.language.testing.names import Names

BASIS = frozenset({"依据", "basis"})
REASON = frozenset({"理由", "reason"})
_ROWS = re.compile(r"第\s*([0-9]+(?:\s*[、,，]\s*[0-9]+)*)\s*行|rows?\s+([0-9]+(?:\s*,\s*[0-9]+)*)")


def read_basis(expected: Tree, names: Names) -> tuple[int, str]:
    """(clause number, rows as the rule column writes them). Raises ``Problem``."""
    if not isinstance(expected, Written):
        raise names.shape(expected, "“第四条 第1行”", "“Article 4 row 1”")
    number = clause_number(expected.text)
    rows = _ROWS.fullmatch(number[2]) if number else None
    if number is None or rows is None:
        names.findings.add(entries.BASIS_UNREADABLE, expected.span, value=expected.text)
        raise Problem
    return number[1], ",".join(re.findall(r"[0-9]+", rows.group(0)))


def place(decision: Decision, rules: str) -> tuple[str, str]:
    """The clause that rows stand in, and their numbers there; the base of a score is no row."""
    for rule in decision.rules:
        if rule.clause is not None and str(rule.number) == rules:
            return rule.clause.number, str(rule.row)
    return decision.clause.number, ",".join(number for number in rules.split(",") if number != "0")


def rests_on(came: tuple[str, str], clause: int, rows: str) -> bool:
    """Whether the place that came is this clause and these rows."""
    number = clause_number(came[0])
    return came[1] == rows and number is not None and number[1] == clause


def place_words(came: tuple[str, str], language: str) -> str:
    """A place in words."""
    clause, rows = came
    if not rows:
        return "没有一行" if language == "zh" else "no row"
    return f"{clause}第{rows.replace(',', '、')}行" if language == "zh" else f"{clause} row {rows}"
