"""奖惩 consequence: what follows from a result — proposed by the system, in force once approved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.feel.types import Number

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.actors import Party
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.model.timing import Deadline, Frequency, Length
    from keguan.language.source import Span

EVENT_VALUES = {"days_overdue": ("逾期天数", Number(0)), "times": ("累计次数", Number(0))}
"""What an amount or a condition can read of the event: whole days since the due moment, and how many times it has
happened in the period of ``repeated`` (1 without one). They are ``ParameterRef``; who proposes gives them a value.
"""


class EventKind(StrEnum):
    """What gives rise to a proposal."""

    CONDITION = "condition"  # the condition becomes true of a record of the block's object
    DUTY_OVERDUE = "duty_overdue"  # 逾期 a duty
    CASE_OVERDUE = "case_overdue"  # 逾期 a process: a step or the whole case
    CASE_CLOSED = "case_closed"  # 办结 a process
    FIGURE_MISSED = "figure_missed"  # 未达标 a metric's figure, at the end of its period
    FIGURE_WARNED = "figure_warned"  # 预警
    FIGURE_MET = "figure_met"  # 达标


class RecipientKind(StrEnum):
    """On whom it falls."""

    RESPONSIBLE = "responsible"  # 责任人: who owed the duty, handled the step or answers for the figure
    PARTY = "party"  # a role, the record's owner or the head of its unit
    SUBJECT = "subject"  # the record itself, e.g. the customer who is compensated


class Measure(StrEnum):
    """What is done."""

    DEDUCT_POINTS = "deduct_points"  # 扣分
    ADD_POINTS = "add_points"  # 加分
    FINE = "fine"  # 罚款
    BONUS = "bonus"  # 奖金
    COMPENSATE = "compensate"  # 补偿
    DEMOTE = "demote"  # 降级
    PROMOTE = "promote"  # 晋级
    SUSPEND = "suspend"  # 暂停
    TRAIN = "train"  # 培训
    WARN = "warn"  # 警告
    NOTICE = "notice"  # 通报
    COMMEND = "commend"  # 表彰
    DISMISS = "dismiss"  # 解除


MONEY = frozenset({Measure.FINE, Measure.BONUS, Measure.COMPENSATE})
POINTS = frozenset({Measure.ADD_POINTS, Measure.DEDUCT_POINTS})
LEVELS = frozenset({Measure.DEMOTE, Measure.PROMOTE})


@dataclass(frozen=True, slots=True)
class Event:
    """``target`` is the code of the duty, the process or the figure."""

    kind: EventKind
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How much: ``value`` is worked out (money in fen, points of scale 2, levels whole); or the approver decides within
    ``within``, a Boolean over ``InputRef(0)`` of the same unit; or, of a suspension, it lasts ``length``.
    """

    text: str
    value: Typed | None = None
    within: Typed | None = None
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class ConsequenceRow:
    """One row. Exactly one of ``approver`` and ``process`` is given; nothing takes effect before it has agreed."""

    number: int  # row number from 1
    event: Event
    condition: Typed | None  # over the object's record; must be true as well
    text: str  # the case as written
    repeated: Frequency | None  # only when it happens so often in the period
    recipient: RecipientKind
    party: Party | None  # for ``RecipientKind.PARTY``
    measure: Measure
    amount: Amount | None
    approver: Party | None
    process: str | None
    deadline: Deadline | None  # by when it is decided, after the proposal
    reference: str
    span: Span


@dataclass(frozen=True, slots=True)
class Consequence:
    """A consequence block. ``record_type`` is its object, where it has one."""

    code: str
    label: Label
    record_type: str | None
    rows: tuple[ConsequenceRow, ...]
    information_class: str
    clause: ClauseRef
    span: Span
