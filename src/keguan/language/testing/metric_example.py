"""指标 in 应为: one figure over all the records of the scenario, its value and whether it meets its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.metric import period_of, period_values
from keguan.language.model.values import read_value, show_value
from keguan.language.testing.names import EMPTY_WORDS, Problem
from keguan.language.testing.result import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.metric import Figure, Metric
    from keguan.language.model.values import Value
    from keguan.language.testing.names import Names
    from keguan.language.testing.world import World

METRIC = frozenset({"指标", "metric"})
VALUE = frozenset({"值", "value"})
STATE = frozenset({"状态", "state"})

STATES = {
    "met": ("达标", "met"),
    "warning": ("预警", "warning"),
    "missed": ("未达标", "missed"),
    "none": ("没有目标", "no target"),
}
"""Whether a figure meets its target, by its code: in Chinese and English."""


def judge_metric(
    value: Tree, rest: Sequence[tuple[Written, Tree]], world: World, names: Names, language: str
) -> Iterator[Failure]:
    """What a figure comes to, against what is expected of it. Raises ``Problem``."""
    metric, figure = _figure(value, names)
    got = worked_out(figure, world)
    for key, tree in rest:
        if key.text in VALUE:
            wanted, came = _shown(figure, _value(tree, figure, names), language), _shown(figure, got, language)
        elif key.text in STATE:
            wanted, came = _state(tree, names, language), STATES[state(figure, got, world)][language != "zh"]
        else:
            known = ("值", "状态")
            names.findings.add(entries.KEY_UNKNOWN, key.span, key=key.text, **suggest(key.text, known))
            raise Problem
        if wanted != came:
            label, day = figure.label.text(language), world.today.isoformat()
            given = f"{label}（{day}）" if language == "zh" else f"{label} ({day})"
            why = f"算法：{figure.text}" if language == "zh" else f"Formula: {figure.text}"
            yield Failure(tree.span, given, wanted, came, metric.clause.number, why, language)


def worked_out(figure: Figure, world: World) -> Value:
    """The figure over every record of the scenario, for the period that today falls into."""
    every = {(code, ""): [stored.all for stored in world.of(code)] for code in world.model.record_types}
    return evaluate(figure.expression, Values(world.today, _parameters(figure, world), {}, every))


def state(figure: Figure, got: Value, world: World) -> str:
    """``met``, ``warning``, ``missed`` or ``none``; a figure that cannot be worked out meets no target."""
    if figure.target is None:
        return "none"
    values = Values(world.today, _parameters(figure, world), inputs=(got,))
    if evaluate(figure.target, values) is True:
        return "met"
    return "warning" if figure.warning is not None and evaluate(figure.warning, values) is True else "missed"


def _parameters(figure: Figure, world: World) -> dict[str, Value]:
    start, end = period_of(figure.period, world.today)
    return parameters_on(world.model.parameters, world.today) | period_values(start, end)


def _figure(value: Tree, names: Names) -> tuple[Metric, Figure]:
    """The figure of this label or code. Raises ``Problem``."""
    found = [(metric, figure) for metric in names.model.blocks.metrics.values() for figure in metric.figures]
    text = value.text if isinstance(value, Written) else ""
    for metric, figure in found:
        if text in (figure.code, figure.label.zh):
            return metric, figure
    suggestion = suggest(text, [figure.label.zh for _, figure in found])
    names.findings.add(entries.FIGURE_UNKNOWN, value.span, name=text, **suggestion)
    raise Problem


def _value(tree: Tree, figure: Figure, names: Names) -> Value:
    if not isinstance(tree, Written):
        raise names.shape(tree, "一个值", "one value")
    if tree.text in EMPTY_WORDS:
        return None
    try:
        return read_value(tree.text, figure.type)
    except ValueError:
        values = {"name": figure.label.zh, "value": tree.text, "expected": "这个指标的值", "expected_en": "its value"}
        names.findings.add(entries.VALUE, tree.span, **values)
        raise Problem from None


def _state(tree: Tree, names: Names, language: str) -> str:
    for words in STATES.values():
        if isinstance(tree, Written) and tree.text in words:
            return words[language != "zh"]
    raise names.shape(tree, "达标、预警、未达标或没有目标", "met, warning, missed or no target")


def _shown(figure: Figure, value: Value, language: str) -> str:
    return show_value(value, figure.type, figure.kind, language)
