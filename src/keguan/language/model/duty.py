"""职责 duty: who owes what about which records, how often or by when, and what proves that it was done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.actors import Party
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.model.timing import Deadline, Frequency, Length
    from keguan.language.source import Span


class TriggerKind(StrEnum):
    """What makes something owed once."""

    CREATED = "created"  # 新建: the record is filed, or a child record of type ``child``
    CHANGED = "changed"  # 变更: the record is changed; with ``field`` that field, fact or outcome takes another value
    DATE = "date"  # the day that stands in the date field ``field``
    KEPT = "kept"  # 到期: the day on which the term is over for which the record is kept (保存)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts the clock. ``child`` and ``via``: the child record type and its reference field."""

    kind: TriggerKind
    field: str | None = None
    child: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves it. A child record through ``via`` with its day in ``date`` is checked by the system: it counts for
    the period in which its day lies, when whoever filed it is one of the responsible. Without a day, and a form, it
    is attested by a person. ``verified``: that somebody says of the record itself that all of it was found true (核实).
    A checklist is answered by a person as far as the system cannot; it proves the duty when it
    is passed. One that draws a sample makes the duty owed, or its sampled items asked for, of the drawn records only.
    """

    record_type: str | None = None
    via: str | None = None
    date: str | None = None
    form: str | None = None
    checklist: str | None = None
    verified: bool = False

    @property
    def checked(self) -> bool:
        """Whether the system can see by itself that it was done."""
        return self.date is not None


@dataclass(frozen=True, slots=True)
class Escalation:
    """Whom an overdue duty goes to; ``after`` is how long after it was due (None: at once)."""

    party: Party
    after: Length | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One row: what is owed for every record for which ``applies`` is true (None: for all) and ``exempt`` is not.

    Exactly one of ``frequency`` and ``trigger`` is given; a trigger comes with its ``deadline``. Any one of
    ``responsible`` can discharge it. ``remind`` is how long before it is due they are told.
    """

    number: int  # row number from 1
    task: str  # what is to be done, as people read it
    applies: Typed | None
    applies_text: str
    responsible: tuple[Party, ...]
    frequency: Frequency | None
    trigger: Trigger | None
    deadline: Deadline | None
    evidence: Evidence | None
    check: Typed | None  # over the evidence record: only one for which it is true counts
    remind: Length | None
    escalations: tuple[Escalation, ...]
    consequence: str | None  # the consequence block that an overdue one brings about
    exempt: Typed | None
    span: Span


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty block over the records of one type."""

    code: str
    label: Label
    record_type: str
    obligations: tuple[Obligation, ...]
    information_class: str  # who may see what is owed about a record; empty: whoever sees the record
    clause: ClauseRef
    span: Span
