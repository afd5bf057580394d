"""The conditions of access rows (条件) as facts that the runtime computes and nobody is shown."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.feel.types import BOOLEAN
from keguan.language.model.fact import Fact
from keguan.language.model.kinds import FieldKind
from keguan.language.model.naming import CONDITION, QUOTA, condition_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.access import AccessRule
    from keguan.language.model.model import Model


def is_condition(code: str) -> bool:
    """Whether a computed column is a condition, which is there for the runtime alone."""
    return code.startswith(CONDITION)


def is_hidden(code: str) -> bool:
    """Whether a computed column is there for the runtime alone: a condition, or what a quota is cut by."""
    return code.startswith((CONDITION, QUOTA))


def with_conditions(model: Model) -> Model:
    """The model with every distinct condition of its access blocks as the last thing computed of its record type."""
    found: dict[str, dict[str, Fact]] = {}
    for rule in model.blocks.access_rules.values():
        found.setdefault(rule.record_type, {}).update((fact.code, fact) for fact in _facts(rule))
    found = {record_type: facts for record_type, facts in found.items() if facts}
    if not found:
        return model
    computed = dict(model.computations)
    for record_type, facts in found.items():
        computed[record_type] = (*computed.get(record_type, ()), *facts.values())
    order = dict.fromkeys((*model.computation_order, *found))
    return replace(model, computations=MappingProxyType(computed), computation_order=tuple(order))


def _facts(rule: AccessRule) -> Iterator[Fact]:
    for grant in rule.grants:
        if grant.condition is not None:
            yield Fact(
                code=condition_column(grant.condition_text),
                label=rule.label,
                kind=FieldKind.BOOLEAN,
                type=BOOLEAN,
                record_type=rule.record_type,
                expression=grant.condition,
                text=grant.condition_text,
                information_class="",
                clause=rule.clause,
                span=grant.span,
            )
