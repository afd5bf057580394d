"""Examples proposed from the tables themselves: each row, each boundary and the unit beside it, each missing case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.language.check.subject import Subject
from keguan.language.check.table import TooLarge
from keguan.language.check.words import row_words
from keguan.language.diagnostics.findings import Findings
from keguan.language.feel.types import Boolean, Number
from keguan.language.model.evaluate import parameters_on
from keguan.language.run import outcome
from keguan.language.testing.basis import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.check.cells import Case
    from keguan.language.check.subject import Analysed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, Model
    from keguan.language.model.values import Value

    Inputs = tuple[Value, ...]


BASE = 0
"""The number of the row that stands for a score's base: it holds always and is no row of the table."""

ABOUT = "每一行、每一处界限和它两边各一个单位；没有写的条件是空的。结果是现行制度给出的，请逐条核对。"
"""What stands at the top of the file."""


@dataclass(frozen=True, slots=True)
class _Example:
    """The inputs of an example, and why it is one, in words."""

    inputs: Inputs
    why: str


def propose(model: Model, today: date, decisions: tuple[str, ...] = ()) -> str:
    """A scenario file with examples of these decisions (codes; none: all), their results as the policy gives them
    today, for its author to read and to keep. Raises ``KeyError`` for an unknown decision.

    Columns that cannot be enumerated are left empty in the examples.
    """
    subject = Subject(model, Findings())
    wanted = [model.decisions[code] for code in decisions] or list(model.decisions.values())
    parts = ["# 由判定表提出的例子", "", ABOUT]
    for decision in wanted:
        tables = [each for each in subject.tables if each.decision is decision]
        if tables:
            examples = _distinct(tables[-1], decision)
            parts += ["", *_scenario(model, decision, examples, today)]
    return "\n".join(parts) + "\n"


def _distinct(analysed: Analysed, decision: Decision) -> list[_Example]:
    found: dict[Inputs, _Example] = {}
    try:
        for example in _examples(analysed, decision):
            found.setdefault(example.inputs, example)
    except TooLarge:
        return list(found.values())
    return list(found.values())


def _examples(analysed: Analysed, decision: Decision) -> Iterator[_Example]:
    for row, rule in enumerate(decision.rules):
        cases = _case_of(analysed, row)
        if cases is None or rule.number == BASE:
            continue
        inputs = _inputs(decision, cases)
        yield _Example(inputs, row_words(rule)[0])
        yield from _beside(decision, inputs, cases)
    if decision.hit.lists and decision.rules:
        yield _Example(_inputs(decision, analysed.table.fullest()), "几行一起成立")
    if decision.hit.collects and not decision.hit.lists:
        return
    missing = analysed.complete.gap()
    if missing is not None:
        yield _Example(_inputs(decision, missing), "没有一行管到")


def _case_of(analysed: Analysed, row: int) -> dict[int, Case] | None:
    """A case in which a row counts: where rows add up, any in which it holds; where they are listed, one that few
    others take; else one that no row above it takes.
    """
    table = analysed.table
    if analysed.decision.hit.lists:
        return None if table.never(row) else table.apart(row)
    if analysed.decision.hit.collects:
        return None if table.never(row) else table.together(row, row)
    reached = table.reached(row)
    return None if reached is None else table.together(row, row) | reached


def _inputs(decision: Decision, cases: Mapping[int, Case]) -> Inputs:
    return tuple(cases[index].value if index in cases else None for index in range(len(decision.inputs)))


def _beside(decision: Decision, inputs: Inputs, cases: Mapping[int, Case]) -> Iterator[_Example]:
    """The ends of a case's stretch, and one unit beyond each."""
    for index, case in cases.items():
        label = decision.inputs[index].label
        for end, step in ((case.low, -1), (case.high, 1)):
            if isinstance(end, bool) or not isinstance(end, int | date):
                continue
            yield _Example(_with(inputs, index, end), f"{label}正在界限上")
            if (beyond := _moved(end, step)) is not None:
                yield _Example(_with(inputs, index, beyond), f"{label}越过界限一个单位")


def _with(inputs: Inputs, index: int, value: Value) -> Inputs:
    return (*inputs[:index], value, *inputs[index + 1 :])


def _moved(value: int | date, step: int) -> Value:
    try:
        return value + timedelta(days=step) if isinstance(value, date) else value + step
    except OverflowError:
        return None


def _scenario(model: Model, decision: Decision, examples: list[_Example], today: date) -> list[str]:
    lines = [f":::场景 {decision.label.zh}的例子", "编号: 例", f"日期: {today.isoformat()}", "应为:"]
    parameters = parameters_on(model.parameters, today)
    for example in examples:
        came = outcome(decision, example.inputs, parameters, today)
        given = ", ".join(
            f"{_key(column.label)}: {_written(value, column.expression.type)}"
            for column, value in zip(decision.inputs, example.inputs, strict=True)
            if value is not None
        )
        lines += [f"  # {example.why}", f"  - 判定: {decision.label.zh}"]
        lines += [f"    给: {{{given}}}"] if given else []
        for column, result in zip(decision.outputs, came.values, strict=True):
            lines.append(f"    {column.label.zh}: {_written(result, column.type)}")
        clause, rows = place(decision, ",".join(str(rule) for rule in came.rules))
        if rows:
            lines.append(f"    依据: {clause} 第{rows.replace(',', '、')}行")
    return [*lines, ":::"]


def _key(label: str) -> str:
    """A column's heading as a YAML key."""
    return label if label.isidentifier() else '"' + label.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(value: Value, type_: Type) -> str:
    """A value as a scenario's author would write it."""
    match value:
        case None:
            return "空"
        case bool():
            return "是" if value else "否"
        case int() if isinstance(type_, Number):
            return f"{Decimal(value).scaleb(-type_.scale).normalize():f}"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case _:
            return f'"{value}"' if not isinstance(type_, Boolean) else str(value)
