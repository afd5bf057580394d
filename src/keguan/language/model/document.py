"""文件: a letter, notice or certificate that is written from a record and the forms of its case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, FieldKind, Label
    from keguan.language.model.numbering import Numbering
    from keguan.language.source import Span


class Standing(StrEnum):
    """What a document knows without asking the record."""

    NUMBER = "number"  # 文号: the document's own number
    CASE = "case"  # 案件编号: its case's number
    DATE = "date"  # 成文日期: the day on which it is written
    HANDLER = "handler"  # 经办人: who completed the step that writes it
    COMPANY = "company"  # 公司名称


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place in the text: exactly one of ``standing``, ``expression`` and ``path`` is given.

    ``path`` is a reference field of the record (shown by the referred record's title), or that and a field of the
    referred record. ``kind`` says how the value is written, where that is known. ``sensitive``: it names an encrypted
    field (then ``expression`` is that field alone); whether it comes plain or masked is for the runtime's access.
    """

    text: str
    span: Span
    standing: Standing | None = None
    expression: Typed | None = None
    path: tuple[str, ...] = ()
    kind: FieldKind | None = None
    sensitive: bool = False


Template = tuple[str | Placeholder, ...]
"""Text (Markdown, line ends included) and places, in order."""


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """A document about a record of one type."""

    code: str
    label: Label
    record_type: str
    forms: tuple[str, ...]
    title: Template
    numbering: Numbering | None
    seal: str  # 签章: what is stamped or who signs, as written
    discloses: bool  # 含敏感: sensitive fields are meant to stand in it
    information_class: str  # who may see it once written
    body: Template
    source: str  # the body as written
    source_span: Span
    clause: ClauseRef
    span: Span
    waybill: bool = False  # 遮盖: 面单: what stands in it is masked for whoever may get hold of the sheet

    @property
    def places(self) -> tuple[Placeholder, ...]:
        """Every place in its title and body."""
        return tuple(piece for piece in (*self.title, *self.body) if isinstance(piece, Placeholder))
