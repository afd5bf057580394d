"""指标 in 应为: one figure over all the records of the scenario, or over a group of them: what it comes to and whether
that meets its target; a figure with groups meets it where each of them does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.figure_state import FigureState, state_of, worst
from keguan.language.model.metric import GroupBy, period_of, period_values
from keguan.language.model.values import read_value, show_value
from keguan.language.testing.names import EMPTY_WORDS, Problem
from keguan.language.testing.result import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.metric import Figure, Grouping, Metric
    from keguan.language.model.values import Value
    from keguan.language.testing.names import Names
    from keguan.language.testing.world import Stored, World

METRIC = frozenset({"指标", "metric"})
VALUE = frozenset({"值", "value"})
STATE = frozenset({"状态", "state"})
GROUP = frozenset({"组", "group"})

STATES = {
    FigureState.MET: ("达标", "met"),
    FigureState.WARNING: ("预警", "warning"),
    FigureState.MISSED: ("未达标", "missed"),
    FigureState.EMPTY: ("没有数据", "no data"),
    FigureState.NONE: ("没有目标", "no target"),
}
"""Whether a figure meets its target: in Chinese and English."""

_Key = str | int | bool | None
_Groups = dict[_Key, list["Stored"]]


def judge_metric(
    value: Tree, rest: Sequence[tuple[Written, Tree]], world: World, names: Names, language: str
) -> Iterator[Failure]:
    """What a figure, or a group of it, comes to, against what is expected of it. Raises ``Problem``."""
    metric, figure = _figure(value, names)
    key = next((tree for key, tree in rest if key.text in GROUP), None)
    label = figure.label.text(language)
    if key is None:
        got, came_to = worked_out(figure, world), state(figure, world)
    else:
        group = _group(key, figure, world, names)
        label = f"{label}·{key.text}" if isinstance(key, Written) else label
        got = worked_out(figure, world, group)
        came_to = _state_of(figure, got, world)
    for each, tree in rest:
        if each.text in GROUP:
            continue
        if each.text in VALUE:
            wanted, came = _shown(figure, _value(tree, figure, names), language), _shown(figure, got, language)
        elif each.text in STATE:
            wanted, came = _state(tree, names, language), STATES[came_to][language != "zh"]
        else:
            known = ("值", "状态", "组")
            names.findings.add(entries.KEY_UNKNOWN, each.span, key=each.text, **suggest(each.text, known))
            raise Problem
        if wanted != came:
            day = world.today.isoformat()
            given = f"{label}（{day}）" if language == "zh" else f"{label} ({day})"
            why = f"算法：{figure.text}" if language == "zh" else f"Formula: {figure.text}"
            yield Failure(tree.span, given, wanted, came, metric.clause.number, why, language)


def worked_out(figure: Figure, world: World, only: Sequence[Stored] | None = None) -> Value:
    """The figure over every record of the scenario, or over these of its group, for the period of today."""
    every = {(code, ""): [world.read(stored) for stored in world.of(code)] for code in world.model.record_types}
    if figure.group is not None and only is not None:
        every[figure.group.record_type, ""] = [world.read(stored) for stored in only]
    return evaluate(figure.expression, Values(world.today, _parameters(figure, world), {}, every))


def groups_of(grouping: Grouping, world: World) -> _Groups:
    """The records of each group: by the name of a unit or of whoever a record belongs to, else by the value."""
    found: _Groups = {}
    for stored in world.of(grouping.record_type):
        found.setdefault(_key(grouping, stored, world), []).append(stored)
    return found


def state(figure: Figure, world: World) -> FigureState:
    """How the figure stands to its target; one with groups as the worst of those for which there is a value."""
    if figure.group is None:
        return _state_of(figure, worked_out(figure, world), world)
    values = [worked_out(figure, world, group) for group in groups_of(figure.group, world).values()]
    return worst(_state_of(figure, value, world) for value in values if value is not None)


def _state_of(figure: Figure, got: Value, world: World) -> FigureState:
    return state_of(figure, got, world.today, _parameters(figure, world))


def _key(grouping: Grouping, stored: Stored, world: World) -> _Key:
    if grouping.by is GroupBy.OWNER or grouping.by is GroupBy.UNIT:
        return (stored.owner if grouping.by is GroupBy.OWNER else stored.unit) or None
    parameters = parameters_on(world.model.parameters, world.today)
    given = Values(world.today, parameters, world.read(stored))
    value = None if grouping.value is None else evaluate(grouping.value, given)
    above = world.by_id(grouping.target, value) if grouping.target is not None else None
    if above is not None:
        return world.title(above)
    return value if isinstance(value, str | int) else None


def _group(tree: Tree, figure: Figure, world: World, names: Names) -> Sequence[Stored]:
    """The records of the group that is meant. Raises ``Problem`` where the figure has no such group."""
    text = tree.text if isinstance(tree, Written) else ""
    groups = {} if figure.group is None else groups_of(figure.group, world)
    said = {_said(key): group for key, group in groups.items()}
    if text not in said:
        names.findings.add(entries.GROUP_UNKNOWN, tree.span, name=text, label=figure.label.zh, **suggest(text, said))
        raise Problem
    return said[text]


def _said(key: _Key) -> str:
    """A group as it is written; one of nothing as “空”."""
    if key is None:
        return "空"
    if isinstance(key, bool):
        return "是" if key else "否"
    return str(key)


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
    raise names.shape(tree, "达标、预警、未达标、没有数据或没有目标", "met, warning, missed, no data or no target")


def _shown(figure: Figure, value: Value, language: str) -> str:
    return show_value(value, figure.type, figure.kind, language)
