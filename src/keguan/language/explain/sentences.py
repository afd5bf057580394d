"""Explanations as sentences, in Chinese and in English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.explain.places import place
from keguan.language.feel.types import BOOLEAN, NULL
from keguan.language.feel.walk import parameters as parameters_of
from keguan.language.link.outputs import NOTHING
from keguan.language.model.model import HitPolicy
from keguan.language.model.values import read_number, show_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.explain.explanation import Line, Nearer, Scored
    from keguan.language.feel.typed import Typed
    from keguan.language.model.evaluate import Values
    from keguan.language.model.model import Decision, Model, Rule

_YES_NO_CELLS = {"true": True, "是": True, "false": False, "否": False}
_CHINESE_NUMBER = re.compile(r"[0-9][0-9,.]*\s*[万亿]+")

_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”')
_WORD = re.compile(r"[^\W\d]\w*")
_EMPTY = ("空", "empty")

_MAKING = {
    HitPolicy.COLLECT_MIN: ("；取其中最小的", "; the smallest of them counts"),
    HitPolicy.COLLECT_MAX: ("；取其中最大的", "; the largest of them counts"),
    HitPolicy.COLLECT_COUNT: ("；按满足的行计数", "; the rows that hold are counted"),
    HitPolicy.COLLECT: ("；照行的次序列出", "; listed in the order of the rows"),
    HitPolicy.RULE_ORDER: ("；照行的次序列出", "; listed in the order of the rows"),
    HitPolicy.OUTPUT_ORDER: ("；照选项的次序列出", "; listed in the order of the choices"),
}
"""How the rows that held make one outcome."""


def hidden_value(language: str) -> str:
    """What stands for a value that the reader may not see."""
    return "（无权查看）" if language == "zh" else "(not visible to you)"


def test_text(model: Model, cell: str, test: Typed | None, values: Values, language: str) -> str:
    """A cell as people read it: 是 for true, 空 for null, a text without its quotes, parameters with their value, and
    in English no 万.
    """
    if cell in _YES_NO_CELLS and test is not None:
        return show_value(_YES_NO_CELLS[cell], BOOLEAN, None, language)
    if cell == "null":
        return show_value(None, NULL, None, language)
    if _QUOTED.fullmatch(cell):
        return cell[1:-1]
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


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence is made of.

    ``unseen`` tests of the rows are not among the lines, because the reader may not see their values: how many they are
    is all that is said of them. ``scored`` are the lines of a score, ``also`` the rows that held beside the chosen one
    where the decision says which of them counts.
    """

    decision: Decision
    rules: Sequence[Rule]
    lines: Sequence[Line]
    nearer: Nearer | None
    outcome: str
    unseen: int = 0
    scored: Sequence[Scored] = ()
    also: Sequence[Rule] = ()

    @property
    def tested(self) -> list[Line]:
        """The lines whose rows ask for something."""
        return [line for line in self.lines if line.test_text != NOTHING]


def sentence(told: Told, language: str) -> str:
    """The whole sentence, in ``zh`` or ``en``."""
    where = place(told.decision, told.rules, language)
    if language == "zh":
        return f"{told.outcome}（{where}）：{_because_zh(told)}{_missed_zh(told.nearer)}。"
    return f"{told.outcome} ({where}): {_because_en(told)}{_missed_en(told.nearer)}."


def _because_zh(told: Told) -> str:
    rules, tested = told.rules, told.tested
    if not rules:
        return _nothing_zh(told.also)
    numbers = "、".join(str(rule.row or rule.number) for rule in rules)
    if told.scored:
        because = "；".join(text for each in told.scored if (text := _scored_zh(each)))
    elif not tested and told.unseen:
        because = f"符合第{numbers}行"
    elif not tested:
        free = rules[0] is told.decision.rules[0] or told.decision.hit.collects
        because = f"第{numbers}行不限条件" if free else f"以上各行都不满足，适用第{numbers}行"
    else:
        because = "因为" + "，且".join(_met_zh(line) for line in tested)
    because += _taken_zh(told)
    return because + (f"；另有 {told.unseen} 项依据您无权查看" if told.unseen else "")


def _nothing_zh(also: Sequence[Rule]) -> str:
    numbers = "、".join(str(rule.number) for rule in also)
    return f"第{numbers}行同时满足而结果不同" if also else "没有一行满足"


def _taken_zh(told: Told) -> str:
    """Which of the rows that held counts, or how they make one outcome."""
    if told.decision.scores:
        return ""
    if told.also:
        numbers = "、".join(str(rule.number) for rule in told.also)
        same = told.decision.hit is HitPolicy.ANY
        return f"；第{numbers}行也满足，{'结果相同' if same else '按选项的先后取排在前面的'}"
    return _MAKING.get(told.decision.hit, ("", ""))[0]


def _scored_zh(scored: Scored) -> str:
    grounds = "，且".join(_ground_zh(line) for line in scored.grounds)
    if not scored.points:
        return ""
    if not scored.rule:
        return f"起分 {scored.points.removeprefix('+')}"
    return f"{grounds or f'第{scored.rule}行不限条件'}，{scored.points} 分"


def _ground_zh(line: Line) -> str:
    return f"{line.label} {line.value_text}" if line.test_text == NOTHING else _met_zh(line)


def _missed_zh(nearer: Nearer | None) -> str:
    if nearer is None:
        return ""
    wanting = "，且".join(f"{line.label}须{_must_zh(line)}" for line in nearer.missed)
    clause = nearer.clause.number if nearer.clause is not None else ""
    return f"；未满足{clause}第{nearer.rule}行：{wanting}"


def _met_zh(line: Line) -> str:
    if line.value_text == line.test_text:
        return f"{line.label}为空" if line.value_text in _EMPTY else f"{line.label}为“{line.value_text}”"
    verb = "达到" if line.test_text.startswith(">") else "符合"
    return f"{line.label} {line.value_text} {verb}第{line.rule}行的“{line.test_text}”"


def _must_zh(line: Line) -> str:
    if line.test_text in _EMPTY:
        return "为空"
    return f"为“{line.test_text}”" if _WORD.fullmatch(line.test_text) else f" {line.test_text}"


def _because_en(told: Told) -> str:
    rules, tested = told.rules, told.tested
    if not rules:
        return _nothing_en(told.also)
    numbers = ", ".join(str(rule.row or rule.number) for rule in rules)
    rows = f"row {numbers}" if len(rules) == 1 else f"rows {numbers}"
    if told.scored:
        because = "; ".join(text for each in told.scored if (text := _scored_en(each)))
    elif not tested and told.unseen:
        because = f"{rows} {'holds' if len(rules) == 1 else 'hold'}"
    elif not tested:
        free = rules[0] is told.decision.rules[0] or told.decision.hit.collects
        asking = f"{rows} {'asks' if len(rules) == 1 else 'ask'} for nothing"
        because = asking if free else f"no row above holds, so {rows} applies"
    else:
        because = "because " + " and ".join(_met_en(line) for line in tested)
    because += _taken_en(told)
    more = f"; {told.unseen} more {'ground is' if told.unseen == 1 else 'grounds are'} not visible to you"
    return because + (more if told.unseen else "")


def _nothing_en(also: Sequence[Rule]) -> str:
    numbers = ", ".join(str(rule.number) for rule in also)
    return f"rows {numbers} hold together and differ" if also else "no row holds"


def _taken_en(told: Told) -> str:
    if told.decision.scores:
        return ""
    if told.also:
        numbers = ", ".join(str(rule.number) for rule in told.also)
        rows = f"row {numbers} holds" if len(told.also) == 1 else f"rows {numbers} hold"
        same = told.decision.hit is HitPolicy.ANY
        return f"; {rows} too, {'with the same result' if same else 'and the choice that comes first counts'}"
    return _MAKING.get(told.decision.hit, ("", ""))[1]


def _scored_en(scored: Scored) -> str:
    grounds = " and ".join(_ground_en(line) for line in scored.grounds)
    if not scored.points:
        return ""
    if not scored.rule:
        return f"base {scored.points.removeprefix('+')}"
    return f"{grounds or f'row {scored.rule} asks for nothing'}, {scored.points} points"


def _ground_en(line: Line) -> str:
    return f"{line.label} {line.value_text}" if line.test_text == NOTHING else _met_en(line)


def _missed_en(nearer: Nearer | None) -> str:
    if nearer is None:
        return ""
    wanting = " and ".join(f"{line.label} must be {line.test_text}" for line in nearer.missed)
    clause = f"{nearer.clause.number} " if nearer.clause is not None else ""
    return f"; {clause}row {nearer.rule} was missed: {wanting}"


def _met_en(line: Line) -> str:
    if line.value_text == line.test_text:
        return f"{line.label} is empty" if line.value_text in _EMPTY else f"{line.label} is “{line.value_text}”"
    return f"{line.label} {line.value_text} meets “{line.test_text}” of row {line.rule}"
