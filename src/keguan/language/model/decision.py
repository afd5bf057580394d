"""判定 and 评分: tables that decide for records; a scorecard is one whose rows are added up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.cuts import Cut
    from keguan.language.model.kinds import FieldKind
    from keguan.language.model.label import ClauseRef, Label
    from keguan.language.source import Span


class HitPolicy(StrEnum):
    """How a decision table's matching rows make one outcome.

    * ``first``: the first row whose tests are all true; when none is, every output and the rule are null.
    * ``unique``: run exactly like ``first`` (the checks before publishing prove that no two rows overlap).
    * ``any``: like ``first``, but when matching rows differ in a result every output and the rule are null.
    * ``priority``: of the matching rows, the one whose results stand first in the order of its outputs' choices (first
      output first; row order among equals). Results are constants, so this is ``first`` over rows sorted once.
    * ``collect_sum``: each output is the sum of the results of all matching rows, null results skipped and nothing
      to add giving null; the rule column is text, the row numbers ascending ("1,3"), null when no row matches.
    * ``collect_min``, ``collect_max``, ``collect_count``: likewise; the count of no row is 0.
    * ``rule_order`` and ``collect``: outputs are texts, each the results of all matching rows joined with 、 in row
      order (null results left out, nothing left giving null); the rule column as for ``collect_sum``.
    * ``output_order``: likewise, the rows sorted as for ``priority``.
    """

    FIRST = "first"  # 首条
    UNIQUE = "unique"  # 唯一
    ANY = "any"  # 任一
    PRIORITY = "priority"  # 优先
    COLLECT_SUM = "collect_sum"  # 累加
    COLLECT_MIN = "collect_min"  # 取小
    COLLECT_MAX = "collect_max"  # 取大
    COLLECT_COUNT = "collect_count"  # 计数
    COLLECT = "collect"  # 汇集
    RULE_ORDER = "rule_order"  # 按行汇集
    OUTPUT_ORDER = "output_order"  # 按序汇集

    @property
    def collects(self) -> bool:
        """Whether every matching row has a part in the outcome: the rule column is then text."""
        return self not in (HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY)

    @property
    def lists(self) -> bool:
        """Whether the outputs are the matching rows' texts joined."""
        return self in (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)

    @property
    def ranks(self) -> bool:
        """Whether the order of the outputs' choices counts."""
        return self in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


@dataclass(frozen=True, slots=True)
class InputColumn:
    """An input column of a decision table."""

    label: str  # as written in the heading
    expression: Typed
    span: Span


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """An output column: becomes a column on the record's table."""

    code: str
    label: Label
    kind: FieldKind
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a decision table, or of a labelled exception to it (then its ``number`` is 1000 × the exception's place
    from 1 + its row, and it stands before the rows that it is an exception to).

    ``tests[i]`` is a Boolean over ``InputRef(i)``, or None for ``-``; a rule matches when every test is true. ``cells``
    are the input cells as written and ``cell_spans`` where, for explanations.
    """

    number: int  # row number from 1
    tests: tuple[Typed | None, ...]
    cells: tuple[str, ...]
    results: tuple[Typed, ...]
    span: Span
    cell_spans: tuple[Span, ...] = ()
    row: int = 0  # the row of its own table, when that is not ``number`` (the row of an exception)
    clause: ClauseRef | None = None  # the exception's clause, when the rule was laid over the decision by one


@dataclass(frozen=True, slots=True)
class LaidOver:
    """A labelled exception that was laid over a decision: its rows have the numbers 1000 × ``place`` + row.

    ``over`` is the place of what it is an exception to: 0 for the decision itself, else another exception's.
    """

    place: int
    over: int
    label: Label
    clause: ClauseRef
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision table over one record type.

    With labelled exceptions the rows are in the order of precedence, ``hit`` is ``first`` and ``declared_hit`` what the
    author wrote of the decision's own rows (else they are the same).
    """

    code: str
    label: Label
    record_type: str
    hit: HitPolicy
    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rules: tuple[Rule, ...]
    information_class: str
    clause: ClauseRef
    span: Span
    exceptions: tuple[LaidOver, ...] = ()
    declared_hit: HitPolicy | None = None
    scores: bool = False  # 评分: every row is one line of a score
    cuts: tuple[Cut, ...] = ()  # the quotas over its outcomes, in the order in which they cut
