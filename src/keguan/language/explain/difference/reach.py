"""How far a difference reaches: by the kind of its block, its column, and whether anything it means is different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.explain.difference import Reach
from keguan.language.model.model import Fact

if TYPE_CHECKING:
    from keguan.language.model.model import Control, Decision, Model
    from keguan.language.source import Span

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


_KEEPING = frozenset({"完整", "counts", "完整度", "completeness", "及时录入", "timely"})
"""Columns and lines of a record block from which something is computed."""


def reach_of(kind: str, column: str = "") -> Reach:
    """How far a change in this column (or line) of this kind of block reaches; of the whole block without one."""
    if column.lower() in _WORDS:
        return Reach.TEXT
    if column.lower() in _PROTECTION:
        return Reach.PRACTICE
    if kind == "record" and column.lower() in _KEEPING:
        return Reach.OUTCOME
    return _KINDS.get(kind, Reach.PRACTICE)


def same_meaning(before: Control, after: Control, old: Model | None, new: Model) -> bool:
    """Whether all that a block computes comes out the same whatever is written differently in it: 800万 for 8000000,
    say. A scorecard computes more than one thing: the score, its bounds and the grade.
    """
    if old is None or after.kind in ("quota", "record"):  # more than what it computes: bounds, fields
        return False
    was, is_ = _computed(before, old), _computed(after, new)
    return bool(was) and was == is_


def _computed(control: Control, model: Model) -> list[tuple[object, ...]]:
    """What stands in the block that makes facts or decisions."""
    made = (each for computations in model.computations.values() for each in computations)
    return sorted((_meaning(each) for each in made if _within(each.span, control.span)), key=lambda each: str(each[0]))


def _within(span: Span, block: Span) -> bool:
    return span.file == block.file and block.line <= span.line and span.end_line <= block.end_line


def _meaning(computed: Fact | Decision) -> tuple[object, ...]:
    known = (computed.code, computed.record_type, computed.information_class)
    if isinstance(computed, Fact):
        return (*known, computed.kind, computed.type, computed.expression)
    return (
        *known,
        computed.hit,
        tuple(column.expression for column in computed.inputs),
        tuple((output.code, output.kind, output.type) for output in computed.outputs),
        tuple((rule.number, rule.tests, rule.results) for rule in computed.rules),
    )
