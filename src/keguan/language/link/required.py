"""When a field is required, and when it counts for the completeness: always, never, or on a condition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO
from keguan.language.feel.types import BOOLEAN
from keguan.language.link.written import written_expression
from keguan.language.markdown.document import Written

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.records import Draft
    from keguan.language.link.scopes import RecordScope, Scopes
    from keguan.language.model.model import Field, RecordType


def link_required(record_type: RecordType, draft: Draft, scopes: Scopes, findings: Findings) -> tuple[Field, ...]:
    """The fields, those with a condition now carrying it typed."""
    written = {declaration.code.text: declaration for declaration, _ in draft.fields}
    scope = scopes.inside(record_type.code)
    fields = []
    for field in record_type.fields:
        declaration = written.get(field.code)  # what the system adds is declared nowhere
        linked = field if declaration is None else _required(field, declaration.required, scope, findings)
        if declaration is not None and isinstance(declaration.weight, Written):
            typed = written_expression(declaration.weight, scope, findings, BOOLEAN, scope.own_names)
            linked = replace(linked, asked_when=typed)
        fields.append(linked)
    return tuple(fields)


def _required(field: Field, written: Written, scope: RecordScope, findings: Findings) -> Field:
    if not written.text or written.text.lower() in YES_NO:
        return field
    typed = written_expression(written, scope, findings, BOOLEAN, scope.own_names)
    return field if typed is None else replace(field, required=typed)
