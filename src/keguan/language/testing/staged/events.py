"""What can happen in a scenario that is acted out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.testing.staged.policies import PolicyEvent
from keguan.language.testing.staged.protected import ProtectedEvent
from keguan.language.testing.staged.shared_out import SharingEvent

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.markdown.document import Written
    from keguan.language.markdown.yaml_tree import Mapping as Pairs
    from keguan.language.model.timing import Length
    from keguan.language.source import Span
    from keguan.language.testing.staged.expectations import Expectation
    from keguan.language.testing.staged.scenario import CaseRef, FormValue, RecordRef, Said, StepRef


class Move(StrEnum):
    """What people do to a case."""

    START = "start"
    COMPLETE = "complete"
    SAVE = "save"
    CLAIM = "claim"
    RELEASE = "release"
    TRANSFER = "transfer"
    CONSULT = "consult"
    ANSWER = "answer"
    RECALL_CONSULT = "recall_consult"
    ADD_SIGNER = "add_signer"
    REMOVE_SIGNER = "remove_signer"
    RETURN = "return"
    RECALL = "recall"
    URGE = "urge"
    COPY = "copy"
    COMMENT = "comment"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    WITHDRAW = "withdraw"
    TERMINATE = "terminate"
    REOPEN = "reopen"
    MERGE = "merge"


class Where(StrEnum):
    """Where somebody who is added signs."""

    BEFORE = "before"
    BESIDE = "beside"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Filed:
    """A new record or a changed one, as written; ``owner`` is whose it is."""

    said: Said
    item: Pairs
    owner: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opens a record."""

    said: Said
    record: RecordRef


@dataclass(frozen=True, slots=True)
class CaseMove:
    """Somebody does something to a case, at ``step`` where one is named."""

    said: Said
    kind: Move
    case: CaseRef
    step: StepRef | None = None
    target: StepRef | None = None  # 到: the step to which it goes back, or at which it begins anew
    into: CaseRef | None = None  # 到: the case into which it goes
    to: tuple[str, ...] = ()  # 给
    values: Mapping[str, FormValue] = field(default_factory=dict)  # by ``form.field``
    checked: Mapping[str, bool] = field(default_factory=dict)  # by code of the checklist's item
    outcome: str = ""
    opinion: str = ""
    reason: str = ""
    until: datetime | None = None  # 到: the new due moment
    where: Where = Where.BESIDE
    complete: bool = True  # START: whether the first step is completed with it


class DutyAct(StrEnum):
    """What people do to a duty."""

    DISCHARGE = "discharge"
    EXEMPT = "exempt"
    HAND_OVER = "hand_over"
    CANCEL = "cancel"
    CLAIM = "claim"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class DutyRef:
    """A duty that is meant: the block's code, the row (None: any) and the record (None: the only one)."""

    duty: str
    row: int | None
    label: str
    record: RecordRef | None
    span: Span


@dataclass(frozen=True, slots=True)
class DutyMove:
    """Somebody does something to what they owe."""

    said: Said
    kind: DutyAct
    duty: DutyRef
    to: str | None = None
    reason: str = ""
    values: Mapping[str, FormValue] = field(default_factory=dict)
    checked: Mapping[str, bool] = field(default_factory=dict)
    proof: RecordRef | None = None


class Decided(StrEnum):
    """What people do about a consequence."""

    APPROVE = "approve"
    TURN_DOWN = "turn_down"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Somebody decides about a proposed consequence, or objects to it. ``amount`` as people type it; ``person`` on whom
    it falls, ``chosen`` whom the approver names where it may fall on several.
    """

    said: Said
    kind: Decided
    person: str | None
    measure: str | None
    record: RecordRef | None
    amount: str
    chosen: str | None
    opinion: str


@dataclass(frozen=True, slots=True)
class TimePasses:
    """So much time passes, or until a moment in the company's time; everything due in between happens in order."""

    at: Written
    length: Length | None = None
    until: datetime | None = None
    whole_day: bool = False  # ``until`` is a day without a time: the time of day stays


@dataclass(frozen=True, slots=True)
class Checked:
    """核对: what must be so at this moment."""

    expected: tuple[Expectation, ...]


Event = (
    Filed | Opened | CaseMove | DutyMove | Verdict | ProtectedEvent | PolicyEvent | SharingEvent | TimePasses | Checked
)
