"""What can be expected of a scenario that is acted out. What is None is not asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.testing.staged.policies import ReceiptsExpected
from keguan.language.testing.staged.protected import ProtectedExpectation
from keguan.language.testing.staged.shared_out import ResultExpected

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.markdown.yaml_tree import Mapping as Pairs
    from keguan.language.model.values import Value
    from keguan.language.source import Span
    from keguan.language.testing.staged.events import DutyRef
    from keguan.language.testing.staged.scenario import CaseRef, RecordRef


@dataclass(frozen=True, slots=True)
class When:
    """A moment in the company's time; ``whole_day``: only the day was written."""

    moment: datetime
    whole_day: bool


class CaseState(StrEnum):
    """How a case stands."""

    OPEN = "open"
    ARCHIVED = "archived"
    COMPLETED = "completed"
    ENDED = "ended"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    MERGED = "merged"


class Seen(StrEnum):
    """How a field is seen."""

    PLAIN = "plain"
    MASKED = "masked"
    HIDDEN = "hidden"
    EMPTY = "empty"


class ProposalState(StrEnum):
    """How a consequence stands."""

    PROPOSED = "proposed"
    IN_FORCE = "approved"
    TURNED_DOWN = "rejected"
    WITHDRAWN = "withdrawn"


class Manner(StrEnum):
    """How what is there is compared with what is written."""

    EXACTLY = "exactly"  # 恰为: these and no others
    IN_ORDER = "in_order"  # 依次: these and no others, in this order
    INCLUDING = "including"  # 包括
    WITHOUT = "without"  # 不含


@dataclass(frozen=True, slots=True)
class RecordExpected:
    """Of records, tables and figures, as written: judged as in memory."""

    item: Pairs


@dataclass(frozen=True, slots=True)
class CaseExpected:
    """Of one case. Steps are by code; a part that was not written is None. ``spans`` say where each part is written."""

    case: CaseRef
    spans: Mapping[str, Span]
    exists: bool = True
    state: CaseState | None = None
    number: str | None = None
    steps: tuple[str, ...] | None = None  # the open ones
    due: When | None = None
    no_due: bool = False
    steps_due: Mapping[str, When] | None = None
    round: int | None = None
    turns: Mapping[str, int] | None = None
    handlers: Mapping[str, tuple[str, ...]] | None = None  # who completed a step, or has it in hand
    able: Mapping[str, tuple[str, ...]] | None = None  # exactly who may act at a step
    outcomes: Mapping[str, str] | None = None
    late: bool | None = None
    late_steps: tuple[str, ...] | None = None
    paused: bool | None = None
    values: Mapping[str, Value | RecordRef] | None = None  # by ``form.field``


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of somebody's list: a step of a case or a duty."""

    step: tuple[tuple[str, str], ...]  # (process, step) that it may be; none for a duty
    duty: DutyRef | None
    due: When | None
    late: bool | None
    record: RecordRef | None
    number: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class TodosExpected:
    """Of what one person has to do."""

    person: str
    manner: Manner
    todos: tuple[Todo, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NoticesExpected:
    """Of what one person has been told: texts that stand in it."""

    person: str
    manner: Manner
    texts: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ProposalExpected:
    """Of consequences: so many (``count``) with these parts. ``amount`` as written."""

    person: str | None
    record: RecordRef | None
    measure: str | None
    amount: str | None
    state: ProposalState | None
    block: str | None
    count: int
    span: Span


@dataclass(frozen=True, slots=True)
class CasesCounted:
    """How many cases of a process there are."""

    process: str
    count: int
    span: Span


@dataclass(frozen=True, slots=True)
class DutiesCounted:
    """How many duties of a block and row there are, of a state where one is named (``open``, ``late``, ``done``)."""

    duty: DutyRef
    state: str
    count: int
    span: Span


@dataclass(frozen=True, slots=True)
class SightExpected:
    """How somebody sees one field of a record, or (``field`` None) whether they see the record at all."""

    person: str
    record: RecordRef
    field: str | None
    seen: Seen
    span: Span


@dataclass(frozen=True, slots=True)
class ListExpected:
    """The titles that somebody sees in the list of a record type. ``filters`` are codes with values as typed."""

    person: str
    record_type: str
    filters: tuple[tuple[str, str], ...]
    sort: str  # a code, with ``-`` before it for downwards; empty: newest first
    manner: Manner
    titles: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TimelineExpected:
    """The titles on a record's timeline as somebody sees it, newest first."""

    person: str
    record: RecordRef
    manner: Manner
    titles: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class EntriesExpected:
    """How many entries of an action the ledger has, by whom and about what where that is named."""

    action: str
    person: str | None
    record: RecordRef | None
    count: int
    span: Span
    content: tuple[str, ...] = ()  # texts that stand in what the entry says


Expectation = (
    RecordExpected
    | CaseExpected
    | TodosExpected
    | NoticesExpected
    | ProposalExpected
    | CasesCounted
    | DutiesCounted
    | SightExpected
    | ListExpected
    | TimelineExpected
    | EntriesExpected
    | ProtectedExpectation
    | ResultExpected
    | ReceiptsExpected
)
