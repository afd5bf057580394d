"""档案: kinds of records and their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.kinds import Cadence, FieldKind
    from keguan.language.model.label import ClauseRef, Label
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
    note: str = ""


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

    def field(self, code: str) -> Field:
        """The field with this code. Raises ``KeyError``."""
        for field in self.fields:
            if field.code == code:
                return field
        raise KeyError(code)
