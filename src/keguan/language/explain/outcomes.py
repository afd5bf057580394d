"""What a decision gave, in words, from the rows that counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, FieldRef, ParentRef, Today
from keguan.language.feel.walk import walk
from keguan.language.model.evaluate import evaluate
from keguan.language.model.model import HitPolicy
from keguan.language.model.ranking import ranked
from keguan.language.model.values import show_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.model.evaluate import Values
    from keguan.language.model.model import Decision, OutputColumn, Rule
    from keguan.language.model.values import Value


def outcome_text(decision: Decision, rules: Sequence[Rule], values: Values, language: str) -> str:
    """The outcome: 客户等级为“B”、卡别为“铂金卡”. Results that are not constants are left to the record itself."""
    parts = []
    for index, output in enumerate(decision.outputs):
        known, value = _result(decision, rules, index, values)
        if known and not (value is None and rules):
            parts.append(_named(output, value, language))
    if not parts:
        return decision.label.text(language)
    return ("、" if language == "zh" else ", ").join(parts)


def _named(output: OutputColumn, value: Value, language: str) -> str:
    shown = show_value(value, output.type, output.kind, language)
    if language == "zh":
        return f"{output.label.zh}为“{shown}”" if value is not None else f"{output.label.zh}为空"
    return f"{output.label.en} is “{shown}”" if value is not None else f"{output.label.en} is empty"


def points_text(decision: Decision, rule: Rule, values: Values) -> str:
    """The points of one line of a score, with their sign: +10, -5, 0."""
    output = decision.outputs[0]
    value = evaluate(rule.results[0], values)
    shown = show_value(value or 0, output.type, output.kind)
    return f"+{shown}" if isinstance(value, int) and value > 0 else shown


def _result(decision: Decision, rules: Sequence[Rule], index: int, values: Values) -> tuple[bool, Value]:
    """(whether it can be told from the table alone, the value)."""
    ordered = rules
    if decision.hit is HitPolicy.OUTPUT_ORDER:
        ordered = [rule for rule in ranked(decision) if rule in rules]
    found: list[Value] = []
    for rule in ordered:
        result = rule.results[index]
        if not (decision.scores or _constant(result)):
            return False, None
        found.append(evaluate(result, values))
    return True, _collected(decision.hit, found)


def _collected(hit: HitPolicy, found: Sequence[Value]) -> Value:
    """What the results of all rows that counted make together."""
    kept = [value for value in found if value is not None]
    numbers = [value for value in kept if isinstance(value, int)]
    if hit is HitPolicy.COLLECT_COUNT:
        return sum(numbers)
    if not hit.collects:
        return found[0] if found else None
    if not kept:
        return None
    if hit.lists:
        return "、".join(str(value) for value in kept)
    figures = {HitPolicy.COLLECT_MIN: min, HitPolicy.COLLECT_MAX: max}
    return figures.get(hit, sum)(numbers)


def _constant(typed: Typed) -> bool:
    return not any(isinstance(part, FieldRef | ParentRef | Aggregate | Today) for part in walk(typed))
