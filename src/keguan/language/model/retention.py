"""保存 retention: how long what is kept, counted from which event, and what then becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.model.granting import GrantedRight
from keguan.language.model.timing import Unit

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, Label, Model
    from keguan.language.model.process import Process
    from keguan.language.model.timing import Length
    from keguan.language.source import Span


class Start(StrEnum):
    """From what the term is counted."""

    CREATED = "created"  # 建档
    UPDATED = "updated"  # 最后修改
    DATE = "date"  # a date of the record: a field or fact


WHOLE = "*"
"""The class of a term that is about the whole record."""

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


class Disposal(StrEnum):
    """What becomes of it when the term is over."""

    DESTROY = "destroy"  # 销毁
    STORE_ONLY = "store_only"  # 只存: kept and protected, nothing else is done with it
    ARCHIVE = "archive"  # 归档


@dataclass(frozen=True, slots=True)
class Term:
    """One row. It applies to the fields of ``information_class`` (``*``: the whole record) of records for which
    ``condition`` is true. ``date`` is given for ``Start.DATE``; while it is null the term has not begun. ``length``
    None: kept for good. While ``hold`` is true nothing is disposed of. ``two_persons``: it takes two to dispose of it.
    """

    number: int  # row number from 1
    information_class: str
    condition: Typed | None
    start: Start
    start_text: str  # as written
    date: Typed | None
    length: Length | None
    length_text: str
    disposal: Disposal
    hold: Typed | None
    reference: str
    two_persons: bool
    span: Span

    @property
    def needs_approval(self) -> bool:
        """Whether people decide before it is disposed of: nothing is destroyed by itself, nor what takes two."""
        return self.length is not None and (self.disposal is Disposal.DESTROY or self.two_persons)


@dataclass(frozen=True, slots=True)
class Retention:
    """A retention block over the records of one type. Of several terms that apply, in this block or another, the one
    that ends latest counts, and one without end outlasts all. ``approval`` is the process that approves what becomes
    of records when it is over; None: the one that grants destruction.
    """

    code: str
    label: Label
    record_type: str
    terms: tuple[Term, ...]
    clause: ClauseRef
    span: Span
    approval: str | None = None


@dataclass(frozen=True, slots=True)
class LaidTerm:
    """A term among all that are about one record type. ``key`` names it (``block.row``). Of two that end on the same
    day the higher ``rank`` counts: what keeps more outranks what keeps less, and then the earlier row the later.
    """

    key: str
    rank: int
    retention: Retention
    term: Term

    def covers(self, information_class: str) -> bool:
        """Whether it keeps the fields of this class (``WHOLE``: the record): a term of a class keeps the record too,
        and one of the whole record every class.
        """
        return information_class == WHOLE or self.term.information_class in (WHOLE, information_class)


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a record, or its fields of one class, is kept. ``due_on`` is the first day on which the term is over;
    None while nobody can say (kept for good, or the day it is counted from is not there yet). ``term`` is the key of
    the term that counts, ``hold`` that of one whose 暂缓 is true, empty when there is none.
    """

    information_class: str
    due_on: date | None
    term: str
    hold: str


def laid_terms(model: Model, record_type: str) -> tuple[LaidTerm, ...]:
    """Every term about a record type, of all blocks and packs, in the order of their ranks."""
    order = (Disposal.DESTROY, Disposal.STORE_ONLY, Disposal.ARCHIVE)
    found = [
        (retention, term)
        for retention in model.blocks.retentions.values()
        if retention.record_type == record_type
        for term in retention.terms
    ]
    numbered = sorted(enumerate(found), key=lambda each: (order.index(each[1][1].disposal), -each[0]))
    return tuple(
        LaidTerm(f"{retention.code}.{term.number}", rank, retention, term)
        for rank, (_position, (retention, term)) in enumerate(numbered)
    )


def kept_classes(terms: tuple[LaidTerm, ...]) -> tuple[str, ...]:
    """What these terms dispose of: the whole record first where one is about it, then single classes."""
    return tuple(sorted({each.term.information_class for each in terms}, key=lambda name: (name != WHOLE, name)))


def approval_of(model: Model, retention: Retention) -> Process | None:
    """The process that approves what becomes of records whose terms are over; None when the policy has none."""
    if retention.approval is not None:
        return model.blocks.processes.get(retention.approval)
    processes = model.blocks.processes.values()
    return next((each for each in processes if each.grants_right(GrantedRight.DESTROY, retention.record_type)), None)


def calendar_length(length: Length) -> tuple[int, int] | None:
    """A length as months and days; None for one that is not counted in whole days of the calendar."""
    if length.unit in _MONTHS:
        return length.amount * _MONTHS[length.unit], 0
    return (0, length.amount * _DAYS[length.unit]) if length.unit in _DAYS else None
