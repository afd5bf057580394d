"""档案: kinds of records and their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.kinds import FieldKind

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.files import FileRule
    from keguan.language.model.kinds import Cadence
    from keguan.language.model.label import ClauseRef, Label
    from keguan.language.model.timing import Deadline
    from keguan.language.source import Span


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type. ``required`` is True, False, or a condition over the record itself."""

    code: str
    label: Label
    kind: FieldKind
    type: Type
    required: bool | Typed
    information_class: str  # 信息类别, e.g. 身份
    sensitive: bool  # 密级 = 敏感: encrypted, masked, revealed on demand
    clause: ClauseRef
    span: Span
    target: str | None = None  # the record type of a REFERENCE or PERIOD
    period_of: str | None = None  # PERIOD: the date field (code) that chooses the period
    max_length: int | None = None
    files: FileRule | None = None  # ATTACHMENT: what it takes
    roles: tuple[str, ...] = ()  # STAFF: who stands in it holds one of these roles (codes); none: anybody may
    note: str = ""
    weight: int | None = None  # 完整: its parts of the completeness; None: one where it is required, else none
    asked_when: Typed | None = None  # 完整: the condition on which it counts for one part
    due_of: str | None = None  # the system's: the moment by which what happened at this field (code) has to be filed

    @property
    def by_system(self) -> bool:
        """Whether the system fills it in and nobody else: the period of a date, the moment by which to file."""
        return self.kind is FieldKind.PERIOD or self.due_of is not None

    @property
    def typed(self) -> bool:
        """Whether somebody writes its value: not the system, and not by putting a file under it."""
        return not self.by_system and self.kind is not FieldKind.ATTACHMENT

    @property
    def asked(self) -> bool:
        """Whether it counts for the completeness of some records at least."""
        if self.by_system or self.weight == 0:
            return False
        return bool(self.weight) or self.asked_when is not None or self.required is not False

    @property
    def counts_when(self) -> Typed | None:
        """The condition on which a field that is ``asked`` counts; None for always."""
        if self.asked_when is not None or isinstance(self.required, bool):
            return self.asked_when
        return self.required


@dataclass(frozen=True, slots=True)
class Timely:
    """及时录入: what happened at the field ``happened`` is filed by ``deadline``. The system keeps the moment in the
    field ``due``, and the fact ``late`` says whether it was filed after that.
    """

    happened: str
    deadline: Deadline
    due: str
    late: str


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record. ``title`` is the field (code) shown as its name."""

    code: str
    label: Label
    clause: ClauseRef
    fields: tuple[Field, ...]
    title: str
    duplicates: tuple[str, ...]  # 查重: fields, each of which alone marks a duplicate
    search: tuple[str, ...]  # 检索: fields found by the search box
    columns: tuple[str, ...]  # 列表: default list columns (fields, facts, outcomes)
    cadence: Cadence | None  # 期次: this type is periodic; it then has date fields period_start and period_end
    timeline: bool  # 时间线: whether its records show on the timeline of what they refer to
    timeline_date: str | None  # the date field that places it there
    menu: bool  # 菜单: whether it has an entry in the side menu
    span: Span
    completeness: str | None = None  # 完整度: the fact (code) with the share of what is asked for that is filled in
    timely: Timely | None = None  # 及时录入
    verified: str | None = None  # 核实: the date field (code) with the day on which all was last found true

    def field(self, code: str) -> Field:
        """The field with this code. Raises ``KeyError``."""
        for field in self.fields:
            if field.code == code:
                return field
        raise KeyError(code)
