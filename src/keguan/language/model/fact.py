"""口径: named values derived from records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.kinds import FieldKind
    from keguan.language.model.label import ClauseRef, Label
    from keguan.language.source import Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A named derived value of a record type, stored in a column of its table and kept current by decision runs."""

    code: str
    label: Label
    kind: FieldKind
    type: Type
    record_type: str
    expression: Typed
    text: str  # as the author wrote it
    information_class: str
    clause: ClauseRef
    span: Span
