"""判定 in 应为: one decision table by itself, its inputs given, its results and its row expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import names as name_entries
from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.explain import explain
from keguan.language.markdown.document import Written
from keguan.language.model.evaluate import parameters_on
from keguan.language.model.lookup import input_item
from keguan.language.model.values import read_value, show_value
from keguan.language.run import outcome
from keguan.language.testing.basis import BASIS, REASON, place, place_words, read_basis, rests_on
from keguan.language.testing.names import EMPTY_WORDS, Problem
from keguan.language.testing.result import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.feel.types import Type
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.model import Decision, OutputColumn
    from keguan.language.model.values import Value
    from keguan.language.testing.names import Names
    from keguan.language.testing.world import World

DECISION = frozenset({"判定", "decision"})
GIVEN = frozenset({"给", "given"})


def judge_table(
    value: Tree, rest: Sequence[tuple[Written, Tree]], world: World, names: Names, language: str
) -> Iterator[Failure]:
    """What a table gives for the inputs, against what is expected of it. Raises ``Problem``."""
    decision = _decision(value, names)
    inputs: list[Value] = [None] * len(decision.inputs)
    for key, tree in rest:
        if key.text in GIVEN:
            for name, given in names.mapping(tree).pairs:
                index = _column(decision, name, names)
                inputs[index] = _value(given, decision.inputs[index].expression.type, names, name)
    example = _Example(decision, inputs, world, names, language)
    for key, tree in rest:
        if key.text not in GIVEN:
            yield from example.one(key, tree)


class _Example:
    """One table with its inputs, run."""

    def __init__(self, decision: Decision, inputs: Sequence[Value], world: World, names: Names, language: str) -> None:
        self._decision = decision
        self._inputs = inputs
        self._world = world
        self._names = names
        self._language = language
        came = outcome(decision, inputs, parameters_on(names.model.parameters, world.today), world.today)
        self._values = came.values
        self._rules = ",".join(str(rule) for rule in came.rules)
        self._rule = came.rule if came.rule is not None else self._rules or None

    def one(self, name: Written, expected: Tree) -> Iterator[Failure]:
        """One expectation: the row, the reason, or a result."""
        if name.text in BASIS:
            clause, rows = read_basis(expected, self._names)
            came = place(self._decision, self._rules)
            if not rests_on(came, clause, rows):
                written = expected.text if isinstance(expected, Written) else rows
                yield self._fail(expected, written, place_words(came, self._language))
        elif name.text in REASON:
            sentence = self._sentence()
            wanted = expected.text if isinstance(expected, Written) else ""
            if wanted not in (sentence, self._sentence("zh"), self._sentence("en")):
                yield self._fail(expected, wanted.rstrip("。."), sentence.rstrip("。."), why="")
        else:
            yield from self._result(name, expected)

    def _result(self, name: Written, expected: Tree) -> Iterator[Failure]:
        index, column = self._output(name)
        wanted, got = _value(expected, column.type, self._names, name), self._values[index]
        if wanted != got:
            label = column.label.text(self._language)
            shown = [show_value(each, column.type, column.kind, self._language) for each in (wanted, got)]
            yield self._fail(expected, f"{label} {shown[0]}", shown[1])

    def _output(self, name: Written) -> tuple[int, OutputColumn]:
        for index, column in enumerate(self._decision.outputs):
            if name.text in (column.code, column.label.zh):
                return index, column
        known = [column.label.zh for column in self._decision.outputs]
        suggestion = suggest(name.text, known)
        label = self._decision.label.zh
        self._names.findings.add(entries.RESULT_UNKNOWN, name.span, name=name.text, decision=label, **suggestion)
        raise Problem

    def _sentence(self, language: str = "") -> str:
        model, code, spoken = self._names.model, self._decision.code, language or self._language
        return explain(model, code, self._rule, self._inputs, spoken, on=self._world.today).sentence

    def _fail(self, expected: Tree, wanted: str, got: str, why: str | None = None) -> Failure:
        label, language = self._decision.label.text(self._language), self._language
        parts = []
        for index, column in enumerate(self._decision.inputs):
            item = input_item(self._names.model, self._decision, index)
            kind = item.kind if item else None
            parts.append(f"{column.label} {show_value(self._inputs[index], column.expression.type, kind, language)}")
        given = f"{label}（{'、'.join(parts)}）" if language == "zh" else f"{label} ({', '.join(parts)})"
        reason = self._sentence() if why is None else why
        return Failure(expected.span, given, wanted, got, self._decision.clause.number, reason, language)


def _decision(value: Tree, names: Names) -> Decision:
    """The decision of this label or code. Raises ``Problem``."""
    decisions = names.model.decisions.values()
    if isinstance(value, Written):
        for decision in decisions:
            if value.text in (decision.code, decision.label.zh):
                return decision
    text = value.text if isinstance(value, Written) else ""
    suggestion = suggest(text, [decision.label.zh for decision in decisions])
    names.findings.add(
        name_entries.BLOCK_NOT_FOUND, value.span, kind="判定", kind_en="decision", name=text, **suggestion
    )
    raise Problem


def _column(decision: Decision, name: Written, names: Names) -> int:
    """The input column with this heading. Raises ``Problem``."""
    wanted = "".join(name.text.split())
    for index, column in enumerate(decision.inputs):
        if "".join(column.label.split()) == wanted:
            return index
    suggestion = suggest(name.text, [column.label for column in decision.inputs])
    names.findings.add(entries.COLUMN_UNKNOWN, name.span, name=name.text, decision=decision.label.zh, **suggestion)
    raise Problem


def _value(tree: Tree, type_: Type, names: Names, name: Written) -> Value:
    """A value written for an input or a result. Raises ``Problem``."""
    if not isinstance(tree, Written):
        raise names.shape(tree, "一个值", "one value")
    if tree.text in EMPTY_WORDS:
        return None
    try:
        return read_value(tree.text, type_)
    except ValueError:
        zh, en = "这一列的值", "a value of this column"
        names.findings.add(entries.VALUE, tree.span, name=name.text, value=tree.text, expected=zh, expected_en=en)
        raise Problem from None
