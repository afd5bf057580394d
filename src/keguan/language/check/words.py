"""An elementary case of a table in words: “累计购买额不到 ¥8,000,000.00，且独立别墅业主为“否””."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from keguan.language.feel.types import Staff
from keguan.language.model.lookup import input_item
from keguan.language.model.values import show_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.check.cells import Case
    from keguan.language.model.model import Decision, Model, Rule
    from keguan.language.model.values import Value


def row_words(rule: Rule) -> tuple[str, str]:
    """A row in Chinese and in English, with its clause when it is an exception's."""
    if rule.clause is None:
        return f"第{rule.number}行", f"row {rule.number}"
    return f"{rule.clause.number}第{rule.row}行", f"{rule.clause.number} row {rule.row}"


def case_values(model: Model, decision: Decision, cases: Mapping[int, Case]) -> dict[str, str]:
    """The values ``case`` and ``case_en`` of a diagnostic."""
    return {
        "case": case_in_words(model, decision, cases, "zh"),
        "case_en": case_in_words(model, decision, cases, "en"),
    }


def case_in_words(model: Model, decision: Decision, cases: Mapping[int, Case], language: str) -> str:
    """The conditions of a case joined; columns that do not matter are left out."""
    parts = [_condition(model, decision, index, case, language) for index, case in sorted(cases.items())]
    if not parts:
        return "任何情形" if language == "zh" else "any case"
    return ("，且" if language == "zh" else " and ").join(parts)


def _condition(  # noqa: PLR0911 - one per kind of case
    model: Model, decision: Decision, index: int, case: Case, language: str
) -> str:
    column = decision.inputs[index]
    item = input_item(model, decision, index)
    kind = item.kind if item else None

    def shown(value: Value) -> str:
        return show_value(value, column.expression.type, kind, language)

    zh = language == "zh"
    if case.other:
        return f"{column.label}为其他文字" if zh else f"{column.label} is any other text"
    if case.value is None:
        return f"{column.label}为空" if zh else f"{column.label} is empty"
    if isinstance(column.expression.type, Staff):
        return f"{column.label}填了人" if zh else f"{column.label} names somebody"
    if isinstance(case.value, bool | str) or not isinstance(case.value, int | date):
        return f"{column.label}为“{shown(case.value)}”" if zh else f"{column.label} is “{shown(case.value)}”"
    if case.low is not None and case.low == case.high:
        return f"{column.label}为 {shown(case.low)}" if zh else f"{column.label} is {shown(case.low)}"
    parts = []
    if case.low is not None:
        parts.append(f"不小于 {shown(case.low)}" if zh else f"is at least {shown(case.low)}")
    if case.high is not None:
        parts.append(f"不大于 {shown(case.high)}" if zh else f"is at most {shown(case.high)}")
    if not parts:
        return f"{column.label}为任何数" if zh else f"{column.label} is any value"
    return f"{column.label}{'、'.join(parts)}" if zh else f"{column.label} {' and '.join(parts)}"
