"""Explanations as sentences, in Chinese and in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, FieldRef, Today
from keguan.language.feel.types import BOOLEAN
from keguan.language.feel.walk import parameters as parameters_of
from keguan.language.feel.walk import walk
from keguan.language.link.outputs import NOTHING
from keguan.language.model.evaluate import evaluate
from keguan.language.model.model import HitPolicy
from keguan.language.model.values import read_number, show_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.explain.explanation import Line, Nearer
    from keguan.language.feel.typed import Typed
    from keguan.language.model.evaluate import Values
    from keguan.language.model.model import Decision, Model, OutputColumn, Rule
    from keguan.language.model.values import Value

_YES_NO_CELLS = {"true": True, "是": True, "false": False, "否": False}
_CHINESE_NUMBER = re.compile(r"[0-9][0-9,.]*\s*[万亿]+")


def hidden_value(language: str) -> str:
    """What stands for a value that the reader may not see."""
    return "（无权查看）" if language == "zh" else "(not visible to you)"


def test_text(model: Model, cell: str, test: Typed | None, values: Values, language: str) -> str:
    """A cell as people read it: 是 for true, parameters with their value, and in English no 万."""
    if cell in _YES_NO_CELLS and test is not None:
        return show_value(_YES_NO_CELLS[cell], BOOLEAN, None, language)
    text = cell if language == "zh" else _CHINESE_NUMBER.sub(_in_digits, cell)
    for code in sorted(parameters_of(test)) if test is not None else ():
        parameter = model.parameters[code]
        shown = show_value(values.parameters[code], parameter.type, parameter.kind, language)
        named = (
            f"{parameter.label.text(language)}（{shown}）" if language == "zh" else f"{parameter.label.en} ({shown})"
        )
        written = rf"(?<!\w)({re.escape(parameter.label.zh)}|{re.escape(code)})(?!\w)"
        text = re.sub(written, named.replace("\\", r"\\"), text)
    return text


def _in_digits(found: re.Match[str]) -> str:
    return f"{read_number(found.group(0)):,f}"


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


def _result(decision: Decision, rules: Sequence[Rule], index: int, values: Values) -> tuple[bool, Value]:
    """(whether it can be told from the table alone, the value)."""
    found: list[Value] = []
    for rule in rules:
        result = rule.results[index]
        if not _constant(result):
            return False, None
        found.append(evaluate(result, values))
    if decision.hit is HitPolicy.COLLECT_SUM:
        numbers = [value for value in found if isinstance(value, int)]
        return True, sum(numbers) if numbers else None
    return True, found[0] if found else None


def _constant(typed: Typed) -> bool:
    return not any(isinstance(part, FieldRef | Aggregate | Today) for part in walk(typed))


def sentence(
    decision: Decision,
    rules: Sequence[Rule],
    lines: Sequence[Line],
    nearer: Nearer | None,
    outcome: str,
    language: str,
    *,
    unseen: int = 0,
) -> str:
    """The whole sentence. ``unseen`` tests of the rows are not among the lines, because the reader may not see their
    values: how many they are is all that is said of them.
    """
    write = _chinese if language == "zh" else _english
    return write(decision, rules, lines, nearer, outcome, unseen)


def _chinese(
    decision: Decision, rules: Sequence[Rule], lines: Sequence[Line], nearer: Nearer | None, outcome: str, unseen: int
) -> str:
    numbers = "、".join(str(rule.number) for rule in rules)
    place = f"{decision.clause.number}第{numbers}行" if rules else decision.clause.number
    tested = [line for line in lines if line.test_text != NOTHING]
    if not rules:
        because = "没有一行满足"
    elif not tested and unseen:
        because = f"符合第{numbers}行"
    elif not tested:
        because = f"以上各行都不满足，适用第{numbers}行" if rules[0].number > 1 else f"第{numbers}行不限条件"
    else:
        because = "因为" + "，且".join(_met_zh(line) for line in tested)
    if unseen:
        because += f"；另有 {unseen} 项依据您无权查看"
    missed = ""
    if nearer is not None:
        wanting = "，且".join(f"{line.label}须{_must_zh(line)}" for line in nearer.missed)
        missed = f"；未满足第{nearer.rule}行：{wanting}"
    return f"{outcome}（{place}）：{because}{missed}。"


def _met_zh(line: Line) -> str:
    if line.value_text == line.test_text:
        return f"{line.label}为“{line.value_text}”"
    verb = "达到" if line.test_text.startswith(">") else "符合"
    return f"{line.label} {line.value_text} {verb}第{line.rule}行的“{line.test_text}”"


def _must_zh(line: Line) -> str:
    return f"为“{line.test_text}”" if line.test_text in ("是", "否") else f" {line.test_text}"


def _english(
    decision: Decision, rules: Sequence[Rule], lines: Sequence[Line], nearer: Nearer | None, outcome: str, unseen: int
) -> str:
    numbers = ", ".join(str(rule.number) for rule in rules)
    place = f"{decision.clause.number} row {numbers}" if rules else decision.clause.number
    tested = [line for line in lines if line.test_text != NOTHING]
    if not rules:
        because = "no row holds"
    elif not tested and unseen:
        because = f"row {numbers} holds"
    elif not tested:
        because = f"no row above holds, so row {numbers} applies" if rules[0].number > 1 else "row 1 asks for nothing"
    else:
        because = "because " + " and ".join(_met_en(line) for line in tested)
    if unseen:
        because += f"; {unseen} more {'ground is' if unseen == 1 else 'grounds are'} not visible to you"
    missed = ""
    if nearer is not None:
        wanting = " and ".join(f"{line.label} must be {line.test_text}" for line in nearer.missed)
        missed = f"; row {nearer.rule} was missed: {wanting}"
    return f"{outcome} ({place}): {because}{missed}."


def _met_en(line: Line) -> str:
    if line.value_text == line.test_text:
        return f"{line.label} is “{line.value_text}”"
    return f"{line.label} {line.value_text} meets “{line.test_text}” of row {line.rule}"
