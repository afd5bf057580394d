"""分配 allocation: records shared out among recipients, exactly and with a reason for each, or claimed from a pool."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.model.timing import Frequency, Length
    from keguan.language.source import Span


class Method(StrEnum):
    """How the number of records that a recipient gets is worked out; totals are kept exactly wherever the system shares
    out.
    """

    EQUAL = "equal"  # 均分: as many for each, what is left over by largest remainder, then by recipient id
    ROUND_ROBIN = "round_robin"  # 轮流: one each in turn, in the order of ``order``, carried on from the last run
    BY_SCORE = "by_score"  # 按得分: in proportion to ``score``, rounded by largest remainder
    CLAIM = "claim"  # 认领: nobody shares out; recipients take from the pool, one by one


class ShareOf(StrEnum):
    """What the rows of the table divide."""

    KINDS = "kinds"  # 类别: kinds of records; a row's condition is over the record
    RECIPIENTS = "recipients"  # 对象: groups of recipients; a row's condition is over the recipient


@dataclass(frozen=True, slots=True)
class Share:
    """One row. ``share`` is a constant (parameters allowed): of what is shared out, 1 is all of it; None only where
    records are claimed. ``order`` says which records of the row go first (largest first), ``most`` how many one
    recipient may get from it (hold of it, where they are claimed), ``recycle`` after how long without follow-up a
    claimed record goes back.
    """

    number: int  # row number from 1
    name: str
    condition: Typed | None
    share: Typed | None
    most: Typed | None
    order: Typed | None
    span: Span
    recycle: Length | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A rule of area or product: a record goes only to a recipient whose ``recipient`` field has its ``record`` value
    (codes). A null on the recipient's side matches everything.
    """

    record: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Fields of the record (codes) into which is written who got it, on which day, and how often it was given away."""

    recipient: str | None = None
    date: str | None = None
    times: str | None = None


@dataclass(frozen=True, slots=True)
class Claiming:
    """What holds of a pool from which recipients take. ``hidden`` are codes of fields, facts and outcomes that nobody
    sees of a record without an owner but those who may share out. ``cooling``: for so long whoever had a record may not
    take it again. ``followed`` is the date of the last follow-up, over the record; ``warn``: so long before a record
    goes back its owner is told.
    """

    hidden: frozenset[str] = frozenset()
    cooling: Length | None = None
    followed: Typed | None = None
    warn: Length | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """An allocation block: records of ``record_type`` for which ``pool`` is true go to recipients.

    Recipients are the records of ``recipient_type``, or the holders of ``role``; exactly one of the two is given.
    ``person`` is the field of the recipient's record that says who it is, None: its owner. ``excluded``, ``capacity``
    and ``score`` are over the recipient's record; ``capacity`` is a constant where recipients are holders of a role.
    With ``ShareOf.KINDS`` each row is shared out by itself: its share of the total is what may be given of its kind at
    most; what one kind lacks no other fills. ``approval`` is the process that approves a run; None: whoever made it
    confirms it. ``frequency`` says how often is shared out, or how many times in a period one person may claim.
    ``claiming`` is there exactly for ``Method.CLAIM``.
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
    person: str | None = None
    approval: str | None = None
    noted: Noted = Noted()
    claiming: Claiming | None = None
