"""List columns, and that no two values would share a physical column or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import names as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.model.model import FieldKind
from keguan.language.model.naming import blind_index_column, reference_column, rule_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.computed import Computed
    from keguan.language.link.records import Draft
    from keguan.language.link.scopes import Scopes
    from keguan.language.model.model import RecordType
    from keguan.language.source import Span

_MEANINGS = {
    "own": ("字段或口径", "field or fact"),
    "children": ("下属档案", "child record type"),
    "parameter": ("参数", "parameter"),
}


def link_columns(draft: Draft, scopes: Scopes, findings: Findings) -> tuple[str, ...]:
    """The codes of the default list columns: those of the last pack that names any."""
    named = [each.columns for each in (draft.declaration, *draft.extensions) if each.columns]
    if not named:
        return ()
    fields = {
        name.text: declaration.code.text
        for declaration, _ in draft.fields
        for name in (declaration.label, declaration.code)
    }
    computed = scopes.computed(draft.code)
    codes = []
    for name in named[-1]:
        code = fields.get(name.text) or computed.get(name.text)
        if code is None:
            suggestion = suggest(name.text, [*fields, *computed])
            findings.add(entries.FIELD_UNKNOWN, name.span, record_type=draft.label, name=name.text, **suggestion)
        else:
            codes.append(code)
    return tuple(dict.fromkeys(codes))


def check_columns(records: Mapping[str, RecordType], computed: Computed, scopes: Scopes, findings: Findings) -> None:
    """Report physical columns used twice, and names that mean two things."""
    for record_type in records.values():
        owners: dict[str, str] = {}
        for column, code, span in _physical(record_type, computed):
            if owners.setdefault(column, code) != code:
                findings.add(entries.COLUMN_CLASH, span, code=code, other=owners[column], column=column)
        for name, first, second in scopes.inside(record_type.code).clashes():
            (zh, en), (other_zh, other_en) = _MEANINGS[first], _MEANINGS[second]
            findings.add(
                entries.LABEL_AMBIGUOUS,
                record_type.span,
                label=name,
                record_type=record_type.label.zh,
                first=zh,
                first_en=en,
                second=other_zh,
                second_en=other_en,
            )


def _physical(record_type: RecordType, computed: Computed) -> Iterator[tuple[str, str, Span]]:
    """(column, code, where) of everything a record of this type keeps."""
    for field in record_type.fields:
        if field.kind in (FieldKind.REFERENCE, FieldKind.PERIOD):
            yield reference_column(field.code), field.code, field.span
        else:
            yield field.code, field.code, field.span
        if field.sensitive:
            yield blind_index_column(field.code), field.code, field.span
    for fact in computed.facts[record_type.code]:
        yield fact.code, fact.code, fact.span
    for decision in computed.decisions.values():
        if decision.record_type == record_type.code:
            yield rule_column(decision.code), rule_column(decision.code), decision.span
            for output in decision.outputs:
                yield output.code, output.code, output.span
