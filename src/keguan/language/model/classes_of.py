"""Which protection what is stored and computed has: levels, the sources of what is computed, the highest of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.walk import children, parents, references, way
from keguan.language.model.lookup import items
from keguan.language.model.model import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.language.feel.typed import Typed
    from keguan.language.model.label import Label
    from keguan.language.model.model import Decision, Model


@dataclass(frozen=True, slots=True)
class ClassSource:
    """Something that a fact or outcome is computed from; ``level`` is empty for a class that is declared nowhere."""

    record_type: str
    code: str
    label: Label
    information_class: str
    level: str

    def level_in(self, order: tuple[str, ...]) -> int:
        """The place of its level in the order; -1 for none."""
        return order.index(self.level) if self.level in order else -1


def level_of(model: Model, information_class: str) -> str:
    """The level of protection of a class; empty for one that is declared nowhere."""
    found = model.information_classes.get(information_class)
    return "" if found is None else found.level


def record_level(model: Model, record_type: str) -> str:
    """The highest level of a record type's fields, facts and outcomes; empty where no class is declared.

    Raises ``KeyError``.
    """
    levels = {level_of(model, item.information_class) for item in items(model, record_type).values()}
    return max(levels & set(model.protection_levels), key=model.protection_levels.index, default="")


def sources(model: Model, record_type: str, computed: Fact | Decision) -> tuple[ClassSource, ...]:
    """The fields, facts and outcomes that a fact or a decision reads, of the record, its children and what it refers
    to; what those are computed from in turn is not among them.
    """
    read = _read(model, record_type, computed)
    found = {each: None for expression in read for each in _reads(model, record_type, expression)}
    told = []
    for owner, code in found:
        item = items(model, owner).get(code)
        if item is not None:
            level = level_of(model, item.information_class)
            told.append(ClassSource(owner, code, item.label, item.information_class, level))
    return tuple(told)


def highest(model: Model, found: Iterable[ClassSource]) -> ClassSource | None:
    """The source of the highest level; None when none has a level."""
    order = model.protection_levels
    levelled = [each for each in found if each.level in order]
    return max(levelled, key=lambda each: each.level_in(order), default=None)


def _read(model: Model, record_type: str, computed: Fact | Decision) -> Iterator[Typed]:
    declared = model.record_types[record_type]
    if computed.code == declared.completeness:  # of a field no more than that there is a value
        yield from (each.counts_when for each in declared.fields if each.asked and each.counts_when is not None)
        return
    if isinstance(computed, Fact):
        yield computed.expression
        return
    yield from (column.expression for column in computed.inputs)
    for rule in computed.rules:
        yield from rule.results


def _reads(model: Model, record_type: str, expression: Typed) -> Iterator[tuple[str, str]]:
    own = items(model, record_type)
    yield from ((record_type, code) for code in sorted(references(expression)) if code in own)
    for aggregate in children(expression):
        yield aggregate.child, aggregate.via
        for part in (aggregate.where, aggregate.value):
            if part is not None:
                yield from ((aggregate.child, code) for code in sorted(references(part)))
    for begins, parent in parents(expression, record_type):
        yield from way(begins, parent)
