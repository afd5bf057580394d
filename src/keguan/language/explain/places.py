"""Where the rows that counted stand: 第四条第3行, or 第九条（例外于第四条）第2行."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import ClauseRef, Decision, Rule


def base_of(decision: Decision, rule: Rule) -> ClauseRef | None:
    """The clause that a row is an exception to; None for the decision's own rows."""
    if rule.clause is None:
        return None
    laid = {each.place: each for each in decision.exceptions}
    over = laid[rule.number // 1000].over
    return laid[over].clause if over else decision.clause


def place(decision: Decision, rules: Sequence[Rule], language: str) -> str:
    """The clause and the rows; the clause alone when no row counted. The base of a score is no row."""
    zh = language == "zh"
    exception = next((rule for rule in rules if rule.clause is not None), None)
    if exception is not None and exception.clause is not None:
        base, own = base_of(decision, exception), exception.clause.number
        named = f"（例外于{base.number}）" if zh and base else f" (exception to {base.number})" if base else ""
        return f"{own}{named}{row_text(exception, language)}" if zh else f"{own}{named} {row_text(exception, language)}"
    numbers = [str(rule.number) for rule in rules if rule.number]
    number = decision.clause.number
    if not numbers:
        return number
    return f"{number}第{'、'.join(numbers)}行" if zh else f"{number} row {', '.join(numbers)}"


def row_text(rule: Rule, language: str) -> str:
    """A row by its number in its own table."""
    number = rule.row or rule.number
    return f"第{number}行" if language == "zh" else f"row {number}"
