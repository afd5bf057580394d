"""What can happen to records that are shared out or claimed in a scenario, and what can be expected of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.source import Span
    from keguan.language.testing.staged.scenario import RecordRef, Said

Pair = tuple[str, str]

SHARE_OUT: Pair = ("分配档案", "share out")
CLAIM_RECORD: Pair = ("从公海认领", "claim from pool")
RETURN_RECORD: Pair = ("放回公海", "return to pool")
CONFIRMED: Pair = ("确认", "confirmed")
POOL: Pair = ("公海", "pool")

RESULT: Pair = ("分配结果", "allocation result")
ROWS_GOT: Pair = ("各类", "rows")
PEOPLE_GOT: Pair = ("各人", "people")
LEFT_OUT: Pair = ("不参加", "left out")

EVENTS = frozenset(name for pair in (SHARE_OUT, CLAIM_RECORD, RETURN_RECORD) for name in pair)
"""What can only happen on a stage."""

EXPECTATIONS = frozenset(RESULT)
"""What can only be looked at on a stage."""


@dataclass(frozen=True, slots=True)
class SharedOut:
    """分配档案: somebody has an allocation worked out, and handed over unless it is not ``confirmed``."""

    said: Said
    allocation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PoolMove:
    """从公海认领, 放回公海: somebody takes a record from a pool, or gives it back for a reason."""

    said: Said
    record: RecordRef
    pool: str
    returned: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ResultExpected:
    """Of the newest run of an allocation: how many by row name, how many by person (in all, or by row in the order of
    the rows), and who takes no part.
    """

    allocation: str
    span: Span
    rows: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    left_out: tuple[str, ...] | None = None


SharingEvent = SharedOut | PoolMove
