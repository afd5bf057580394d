"""表单: what is filled in at a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import ClauseRef, FieldKind, Label
    from keguan.language.model.survey import Scale, Survey
    from keguan.language.source import Span


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form. ``source`` (取自) is the record's field, fact or outcome with which it is filled in
    beforehand; ``target`` (存入) the record's field into which it is written when the form is submitted. With ``owner``
    (存入 负责人) the record is handed over to the person who stands in it.
    """

    code: str
    label: Label
    kind: FieldKind
    type: Type
    required: bool | Typed
    information_class: str
    sensitive: bool
    source: str | None
    target: str | None
    refers_to: str | None  # REFERENCE: the record type
    max_length: int | None
    note: str
    span: Span
    owner: bool = False
    roles: tuple[str, ...] = ()  # STAFF: who stands in it holds one of these roles (codes); none: anybody may
    scale: Scale | None = None  # 量度: how the answers of a survey's question count


@dataclass(frozen=True, slots=True)
class Form:
    """A form about a record of one type. A case holds one set of values per form: a later step with the same form shows
    and changes the same. In expressions a field's value is the ``FieldRef`` ``form.field``.
    """

    code: str
    label: Label
    record_type: str
    outcome: str | None  # 结论: the choice field (code) that decides where the case goes
    fields: tuple[FormField, ...]
    clause: ClauseRef
    span: Span
    survey: Survey | None = None  # it goes out to customers

    def field(self, code: str) -> FormField:
        """The field with this code. Raises ``KeyError``."""
        for field in self.fields:
            if field.code == code:
                return field
        raise KeyError(code)


def value_code(form: str, field: str) -> str:
    """The code of a form's field in expressions; it cannot be that of a record's field, which has no dot."""
    return f"{form}.{field}"
