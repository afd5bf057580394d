"""分配 allocation: a pool of records shared out among recipients, exactly and with a reason for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.model.timing import Frequency
    from keguan.language.source import Span


class Method(StrEnum):
    """How the number of records that a recipient gets is worked out; totals are kept exactly in every case."""

    EQUAL = "equal"  # 均分: as many for each, what is left over by largest remainder, then by recipient id
    ROUND_ROBIN = "round_robin"  # 轮流: one each in turn, in the order of ``order``, carried on from the last run
    BY_SCORE = "by_score"  # 按得分: in proportion to ``score``, rounded by largest remainder


class ShareOf(StrEnum):
    """What the rows of the table divide."""

    KINDS = "kinds"  # 类别: kinds of records; a row's condition is over the record
    RECIPIENTS = "recipients"  # 对象: groups of recipients; a row's condition is over the recipient


@dataclass(frozen=True, slots=True)
class Share:
    """One row. ``share`` is a constant (parameters allowed): of what is shared out, 1 is all of it. ``order`` says
    which records of the row go first (largest first), ``most`` how many one recipient may get from it.
    """

    number: int  # row number from 1
    name: str
    condition: Typed | None
    share: Typed
    most: Typed | None
    order: Typed | None
    span: Span


@dataclass(frozen=True, slots=True)
class Match:
    """A rule of area or product: a record goes only to a recipient whose ``recipient`` field has its ``record`` value
    (codes). A null on the recipient's side matches everything.
    """

    record: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """An allocation block: records of ``record_type`` for which ``pool`` is true go to recipients.

    Recipients are the records of ``recipient_type``, or the holders of ``role``; exactly one of the two is given.
    ``excluded``, ``capacity`` and ``score`` are over the recipient's record. With ``ShareOf.KINDS`` each row is shared
    out by itself: its share of the total is what may be given of its kind at most; what one kind lacks no other fills.
    """

    code: str
    label: Label
    record_type: str
    pool: Typed | None
    recipient_type: str | None
    role: str | None
    method: Method
    score: Typed | None
    excluded: Typed | None
    capacity: Typed | None
    matches: tuple[Match, ...]
    frequency: Frequency | None
    share_of: ShareOf
    shares: tuple[Share, ...]
    clause: ClauseRef
    span: Span
