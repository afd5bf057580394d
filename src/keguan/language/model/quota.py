"""名额 quota: how many records of a group may have an outcome, and what becomes of those beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.source import Span


class Surplus(StrEnum):
    """What becomes of a record beyond the ceiling."""

    ONE_DOWN = "one_down"  # 降一级: the outcome that stands next in the order of the result's choices
    TO = "to"  # 降到 X: the outcome ``to``
    PENDING = "pending"  # 待定: it keeps its outcome until a person has decided


class Rounding(StrEnum):
    """How a share of a group becomes a number of records."""

    DOWN = "down"  # 舍去
    UP = "up"  # 进一
    HALF_UP = "half_up"  # 四舍五入: half a record up


@dataclass(frozen=True, slots=True)
class Limit:
    """A ceiling or floor: ``value`` is a constant number (parameters allowed), a share of the group (scale as typed,
    1 is all of it) or a number of records.

    A ``cumulative`` ceiling (累计70%) is a share of what the quota orders by, added up over the group: it has room for
    as many of the first as it takes until their sum reaches the share, those with a better outcome counted in. Whoever
    crosses it is within.
    """

    value: Typed
    share: bool
    text: str
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One outcome and its bounds within a group."""

    outcome: str
    most: Limit | None
    least: Limit | None
    reference: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota block over the records of ``record_type``, applied after ``decision`` gave ``output``.

    Groups are the records with one value of ``group`` (None: all are one group; a null is a group of its own). The
    denominator of a share is the number of records in the group that have any outcome (of a cumulative one, the sum of
    what these are ordered by). Outcomes are cut in the order of
    the result's choices, so that who falls from the first counts in the second. Within an outcome records are kept in
    the order of ``by`` (``descending``: the largest first, null last; equal ones by record id), the rest fall. A floor
    takes from the outcome below in the same order. ``by`` None: a person decides, nothing is cut.
    """

    code: str
    label: Label
    decision: str
    output: str
    record_type: str
    group: Typed | None
    group_text: str
    by: Typed | None
    by_text: str
    descending: bool
    surplus: Surplus
    to: str | None
    rounding: Rounding
    lines: tuple[QuotaLine, ...]
    clause: ClauseRef
    span: Span
