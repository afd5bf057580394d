"""满意度调查: a form that goes out to customers — when, to whom, by which ways — and what its questions measure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.model.timing import Length, Unit

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.kinds import FieldKind

VALID = Length(30, Unit.DAY)
"""How long a link may be answered where the form does not say."""

THROTTLE = Length(90, Unit.DAY)
"""How long a customer who was asked is left alone where the form does not say."""


class Way(StrEnum):
    """How a customer is asked."""

    LINK = "link"  # 链接: staff hand the address on
    QR = "qr"  # 二维码: shown at the desk or printed
    SMS = "sms"  # 短信
    EMAIL = "email"  # 邮件
    CALL = "call"  # 回访: staff ask and fill the form in


class Measure(StrEnum):
    """What a question measures."""

    SATISFACTION = "csat"  # 满意度: the share of satisfied answers
    RECOMMENDATION = "nps"  # 推荐度: promoters (9, 10) less detractors (0 to 6), of 0 to 10
    EFFORT = "ces"  # 费力度: the mean; the higher, the less effort it was


@dataclass(frozen=True, slots=True)
class Scale:
    """How a question's answers count. Of a choice ``satisfied`` are the good options and the numbers mean nothing."""

    measure: Measure
    low: int
    high: int
    top: int  # SATISFACTION: the lowest answer that counts as satisfied
    satisfied: tuple[str, ...] = ()


class OccasionKind(StrEnum):
    """What makes a survey go out."""

    CASE_CLOSED = "case_closed"  # 办结 a process
    STEP_DONE = "step_done"  # 办结 a process.step
    DUTY_DONE = "duty_done"  # 办结 a duty
    CREATED = "created"  # 新建: a record of the form's object is filed (not one that is imported)
    CONDITION = "condition"  # 当 …: the condition becomes true of a record


@dataclass(frozen=True, slots=True)
class SurveyOccasion:
    """``target`` is the code of the process or duty, ``step`` that of its step."""

    kind: OccasionKind
    text: str  # as written
    target: str | None = None
    step: str | None = None
    condition: Typed | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where the customer is reached: a phone or e-mail field, of the object (``path`` of one) or of the record to which
    its reference field points. ``record_type`` is whose field it is.
    """

    path: tuple[str, ...]
    kind: FieldKind
    record_type: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """When a form goes out as a survey, and how."""

    occasion: SurveyOccasion
    applies: Typed | None  # 适用: only about records of which this is true
    delay: Length | None  # 延后
    addresses: tuple[Address, ...]
    ways: tuple[Way, ...]
    valid: Length
    throttle: Length
    callers: tuple[str, ...]  # 回访角色: roles; empty: whoever may change the record
