"""Two versions of a policy as one model, so that one statement computes both from the same rows.

The new version keeps its names. Of the old version only what comes out differently is added, under names that no
author can write (codes begin with a letter). What is the same in both, down to the parameters' values of the day, is
computed once and cannot move.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from keguan.language.feel.typed import Aggregate, FieldRef, OuterRef, ParameterRef, ParentRef
from keguan.language.model.evaluate import parameters_on
from keguan.language.model.model import Decision, Fact
from keguan.language.model.naming import rule_column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.model.model import Model, Rule
    from keguan.language.model.values import Value

_PREFIX = "0_"

Names = dict[str, dict[str, str]]
"""By record type: what the old version's computed columns are called, where they have another name here."""


@dataclass(frozen=True, slots=True)
class Beside:
    """``model`` computes both versions; ``renamed`` says which of its columns are the old version's."""

    old: Model
    new: Model
    model: Model
    renamed: Mapping[str, Mapping[str, str]]

    def was(self, record_type: str, code: str) -> str | None:
        """The column with what the old version gives for a computed code; None when it computes no such thing."""
        if code not in computed(self.old, record_type):
            return None
        return self.renamed.get(record_type, {}).get(code, code)

    def now(self, record_type: str, code: str) -> str | None:
        """The column with what the new version gives; None when it computes no such thing."""
        return code if code in computed(self.new, record_type) else None

    def differs(self, record_type: str, code: str) -> bool:
        """Whether the two versions can give different values for a computed code at all."""
        return self.was(record_type, code) != self.now(record_type, code)


def computed(model: Model, record_type: str) -> frozenset[str]:
    """The codes of everything that is computed for a record type: facts, outcomes, rules and whole decisions."""
    found: set[str] = set()
    for step in model.computations.get(record_type, ()):
        found.add(step.code)
        if isinstance(step, Decision):
            found.add(rule_column(step.code))
            found.update(output.code for output in step.outputs)
    return frozenset(found)


def beside(old: Model, new: Model, today: date) -> Beside:
    """The model of both versions, for this day's parameters."""
    writer = _Writer(old, new, today)
    for record_type in old.computation_order:
        for step in old.computations.get(record_type, ()):
            writer.add(record_type, step)
    model = replace(
        new,
        record_types={**old.record_types, **new.record_types},
        computations={code: tuple(steps) for code, steps in writer.computations.items()},
        parameters={**new.parameters, **writer.parameters},
    )
    return Beside(old, new, model, writer.renamed)


class _Writer:
    """Adds the old version's computations to those of the new, children before their parents."""

    def __init__(self, old: Model, new: Model, today: date) -> None:
        self.computations = defaultdict(list, {code: list(steps) for code, steps in new.computations.items()})
        self.renamed: Names = defaultdict(dict)
        self._there = {code: {step.code: step for step in steps} for code, steps in new.computations.items()}
        values = parameters_on(old.parameters, today), parameters_on(new.parameters, today)
        self._changed = {code for code in old.parameters if not _same_parameter(code, old, new, values)}
        self.parameters = {_PREFIX + code: old.parameters[code] for code in self._changed}

    def add(self, record_type: str, step: Fact | Decision) -> None:
        """One fact or decision of the old version: nothing where the new one has the very same."""
        rewritten = self._rewritten(step, record_type)
        counterpart = self._there.get(record_type, {}).get(step.code)
        if counterpart is not None and _meaning(counterpart) == _meaning(rewritten):
            return
        names = self.renamed[record_type]
        names[step.code] = _PREFIX + step.code
        if isinstance(rewritten, Decision):
            names[rule_column(step.code)] = rule_column(_PREFIX + step.code)
            names.update((output.code, _PREFIX + output.code) for output in rewritten.outputs)
            outputs = tuple(replace(output, code=_PREFIX + output.code) for output in rewritten.outputs)
            rewritten = replace(rewritten, outputs=outputs)
        self.computations[record_type].append(replace(rewritten, code=_PREFIX + step.code))

    def _rewritten(self, step: Fact | Decision, record_type: str) -> Fact | Decision:
        if isinstance(step, Fact):
            return replace(step, expression=self._tree(step.expression, record_type))
        inputs = tuple(replace(each, expression=self._tree(each.expression, record_type)) for each in step.inputs)
        return replace(step, inputs=inputs, rules=tuple(self._rule(rule, record_type) for rule in step.rules))

    def _rule(self, rule: Rule, record_type: str) -> Rule:
        tests = tuple(None if test is None else self._tree(test, record_type) for test in rule.tests)
        return replace(rule, tests=tests, results=tuple(self._tree(each, record_type) for each in rule.results))

    def _tree(self, node: Any, record_type: str, outer: str = "") -> Any:
        """The tree with the old version's names; the very same object where nothing in it has another name.

        ``outer`` is the record type that an aggregate around the node is about.
        """
        match node:
            case FieldRef(code=code) | OuterRef(code=code):
                read = outer if isinstance(node, OuterRef) else record_type
                name = self.renamed[read].get(code, code) if read in self.renamed else code
                return node if name == code else replace(node, code=name)
            case ParentRef(code=code, record_type=read):
                name = self.renamed[read].get(code, code) if read in self.renamed else code
                return node if name == code else replace(node, code=name)
            case ParameterRef(code=code):
                return replace(node, code=_PREFIX + code) if code in self._changed else node
            case tuple():
                parts = tuple(self._tree(part, record_type, outer) for part in node)
                return node if all(one is other for one, other in zip(parts, node, strict=True)) else parts
        if not is_dataclass(node) or isinstance(node, type):
            return node
        within = (node.child, record_type) if isinstance(node, Aggregate) else (record_type, outer)
        changed = {}
        for field in fields(node):
            value = getattr(node, field.name)
            part = self._tree(value, *within)
            if part is not value:
                changed[field.name] = part
        return replace(node, **changed) if changed else node


def _meaning(step: Fact | Decision) -> tuple[Any, ...]:
    """What a fact or decision computes, whatever it is called and wherever it stands."""
    if isinstance(step, Fact):
        return (step.type, step.expression)
    return (
        step.hit,
        tuple(column.expression for column in step.inputs),
        tuple((output.code, output.type) for output in step.outputs),
        tuple((rule.number, rule.tests, rule.results) for rule in step.rules),
    )


def _same_parameter(code: str, old: Model, new: Model, values: tuple[Mapping[str, Value], Mapping[str, Value]]) -> bool:
    return (
        code in new.parameters
        and old.parameters[code].type == new.parameters[code].type
        and values[0][code] == values[1][code]
    )
