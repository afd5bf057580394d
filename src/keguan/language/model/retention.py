"""保存 retention: how long what is kept, counted from which event, and what then becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.model.timing import Length
    from keguan.language.source import Span


class Start(StrEnum):
    """From what the term is counted."""

    CREATED = "created"  # 建档
    UPDATED = "updated"  # 最后修改
    DATE = "date"  # a date of the record: a field or fact


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
    date: Typed | None
    length: Length | None
    length_text: str
    disposal: Disposal
    hold: Typed | None
    reference: str
    two_persons: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Retention:
    """A retention block over the records of one type. Of several terms that apply, in this block or another, the one
    that ends latest counts, and one without end outlasts all.
    """

    code: str
    label: Label
    record_type: str
    terms: tuple[Term, ...]
    clause: ClauseRef
    span: Span
