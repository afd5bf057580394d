"""How far a difference reaches: by the kind of its block, its column, and whether anything it means is different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.explain.difference import Reach

if TYPE_CHECKING:
    from keguan.language.model.model import Control, Decision, Model

_KINDS = {
    "decision": Reach.OUTCOME,
    "scorecard": Reach.OUTCOME,
    "fact": Reach.OUTCOME,
    "parameter": Reach.OUTCOME,
    "quota": Reach.OUTCOME,
    "record": Reach.STRUCTURE,
    "form": Reach.STRUCTURE,
    "scenario": Reach.TEXT,
}
"""Every other kind says what people do or may do."""

_WORDS = frozenset({"说明", "备注", "依据", "note", "reference"})
"""Columns that tell and do nothing."""

_PROTECTION = frozenset({"信息类别", "information_class", "class", "密级", "secrecy"})
"""Columns and lines that say who may see something."""


def reach_of(kind: str, column: str = "") -> Reach:
    """How far a change in this column (or line) of this kind of block reaches; of the whole block without one."""
    if column.lower() in _WORDS:
        return Reach.TEXT
    if column.lower() in _PROTECTION:
        return Reach.PRACTICE
    return _KINDS.get(kind, Reach.PRACTICE)


def same_meaning(control: Control, old: Model | None, new: Model) -> bool:
    """Whether a decision comes out the same whatever is written differently in it: 800万 for 8000000, say."""
    if old is None or control.code not in old.decisions or control.code not in new.decisions:
        return False
    return _meaning(old.decisions[control.code]) == _meaning(new.decisions[control.code])


def _meaning(decision: Decision) -> tuple[object, ...]:
    return (
        decision.record_type,
        decision.hit,
        decision.information_class,
        tuple(column.expression for column in decision.inputs),
        tuple((output.code, output.type) for output in decision.outputs),
        tuple((rule.number, rule.tests, rule.results) for rule in decision.rules),
    )
