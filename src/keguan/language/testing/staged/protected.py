"""What can happen to protected information in a scenario, and what can be expected of its protection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.access import Permission, Right
    from keguan.language.model.granting import GrantedRight
    from keguan.language.source import Span
    from keguan.language.testing.staged.expectations import Manner
    from keguan.language.testing.staged.scenario import RecordRef, Said


@dataclass(frozen=True, slots=True)
class Revealed:
    """查看原文: somebody looks at a sensitive value in the clear. ``expected``: what they then read."""

    said: Said
    record: RecordRef
    field: str
    reason: str
    expected: str | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Records of one type, and what of them: those named, or all that the filters find; ``columns`` are codes."""

    record_type: str
    records: tuple[RecordRef, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PermitAsked:
    """申请准予: somebody asks for a right. ``values`` are the fields of the record that asks for it, as typed."""

    said: Said
    right: GrantedRight
    about: Chosen
    process: str | None
    purpose: str
    recipient: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exported:
    """导出: somebody has a file made and fetches it; ``permitted``: with the newest permit that they were granted.

    ``rows``: how many records are in it (None: not asked).
    """

    said: Said
    about: Chosen
    permitted: bool
    purpose: str
    recipient: str
    address: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Printed:
    """打印: somebody prints a record. ``expected``: what stands on the sheet, by labels of fields (None: nothing)."""

    said: Said
    record: RecordRef
    expected: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftCompany:
    """离职: somebody leaves on a day (None: today)."""

    said: Said
    person: str
    on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """移交: records of one type, or all that ``person`` owns, go to somebody."""

    said: Said
    about: Chosen | None
    person: str | None
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class TriedSignIn:
    """登录: somebody tries to sign in, and is refused."""

    said: Said
    person: str


@dataclass(frozen=True, slots=True)
class Appointed:
    """任命: a role is to be given to somebody."""

    said: Said
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class DisposalMove:
    """送审处置, 监销处置: somebody submits the batch of records of a type that are due, or watches its disposal."""

    said: Said
    record_type: str
    witnessed: bool
    opinion: str


@dataclass(frozen=True, slots=True)
class ClassExpected:
    """Of a field (``code``) of a record type, or of an information class alone (``record_type`` None).

    What is None is not asked about; ``sources`` and ``choices`` are labels.
    """

    record_type: str | None
    code: str
    span: Span
    information_class: str | None = None
    level: str | None = None
    responsible: str | None = None
    sensitive: bool | None = None
    choices: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RightsExpected:
    """Of what somebody may do: to a field of the records of a type, and which operations they have or have not."""

    person: str
    record_type: str | None
    code: str | None
    rights: Mapping[Right, Permission]
    operations: Mapping[str, bool]
    span: Span


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Of what somebody still owns of a record type: the titles."""

    person: str
    record_type: str
    manner: Manner
    titles: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class LetterExpected:
    """Of the newest document of a template, as it is kept: texts that stand in it, or do not (``WITHOUT``)."""

    document: str
    manner: Manner
    texts: tuple[str, ...]
    span: Span


ProtectedEvent = (
    Revealed | PermitAsked | Exported | Printed | LeftCompany | HandedOver | TriedSignIn | Appointed | DisposalMove
)
ProtectedExpectation = ClassExpected | RightsExpected | LeftBehind | LetterExpected
