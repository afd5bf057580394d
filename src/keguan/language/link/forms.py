"""Form declarations → forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO
from keguan.language.blocks.field_type import TYPE_NAMES
from keguan.language.blocks.form import OWNER, FormDeclaration
from keguan.language.diagnostics.catalogue import forms as entries
from keguan.language.diagnostics.catalogue import names, records
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import BOOLEAN, Text
from keguan.language.link.codes import Taken, check_code, check_label, make_label
from keguan.language.link.processes.case_scope import CaseScope
from keguan.language.link.questions import link_scale
from keguan.language.link.record_items import record_items
from keguan.language.link.records import SENSITIVE_KINDS
from keguan.language.model.form import Form, FormField
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.blocks.form import FormLine
    from keguan.language.link.linking import Linking
    from keguan.language.link.packs import Declared
    from keguan.language.link.record_items import RecordItem
    from keguan.language.markdown.document import Written

_FREE = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})


def link_forms(linking: Linking) -> dict[str, Form]:
    """Forms by code."""
    result: dict[str, Form] = {}
    for declaration, declared in linking.declared(FormDeclaration):
        record_type = linking.record_type(declaration.of, declared)
        if record_type is not None and linking.claim("form", declaration.block):
            form = _Reader(linking, declaration, declared, record_type).form()
            result[form.code] = form
    return result


@dataclass(frozen=True, slots=True)
class _Reader:
    linking: Linking
    declaration: FormDeclaration
    declared: Declared
    record_type: str

    def form(self) -> Form:
        block, items, taken = self.declaration.block, record_items(self.linking, self.record_type), Taken()
        fields = [self._field(line, items, taken) for line in self.declaration.lines]
        linked = tuple(field for field in fields if field is not None)
        form = Form(
            code=block.code.text,
            label=make_label(block.label.text, self.declaration.english, block.code.text),
            record_type=self.record_type,
            outcome=self._outcome(linked),
            fields=linked,
            clause=self.declared.clause,
            span=block.span,
        )
        return replace(form, fields=self._required(form))

    def _field(self, line: FormLine, items: Mapping[str, RecordItem], taken: Taken) -> FormField | None:
        findings = self.linking.findings
        well_formed = check_code(line.code, findings) and check_label(line.label, findings)
        if not well_formed or not taken.claim(line.code, line.label, findings):
            return None
        refers_to = self.linking.record_type(line.type.target, self.declared) if line.type.target else None
        owner = line.target is not None and line.target.text in OWNER and line.target.text not in items
        source, target = self._item(line.source, items), None if owner else self._item(line.target, items)
        near = [item for item in (source, target) if item is not None]
        class_ = next((item.information_class for item in near), self.declaration.information_class)
        sensitive = line.sensitive if line.sensitive is not None else any(item.sensitive for item in near)
        field = FormField(
            code=line.code.text,
            label=make_label(line.label.text, line.english, line.code.text),
            kind=line.type.kind,
            type=line.type.type,
            required=YES_NO.get(line.required.text.lower(), False),
            information_class=line.information_class or class_,
            sensitive=sensitive,
            source=source.code if source else None,
            target=target.code if target else None,
            owner=owner,
            refers_to=refers_to,
            max_length=line.type.max_length,
            roles=tuple(role for each in line.type.roles if (role := self.linking.role(each)) is not None),
            note=line.note,
            span=line.span,
        )
        survey = self.declaration.survey is not None
        field = replace(field, scale=link_scale(field, line, findings, survey=survey))
        self._check(field, line, source, target)
        for name in (line.label, line.code):
            other = items.get(name.text)
            if other is not None and other.code not in (field.source, field.target):
                findings.add(entries.NAME_IN_RECORD, name.span, label=name.text)
                break
        return field

    def _item(self, name: Written | None, items: Mapping[str, RecordItem]) -> RecordItem | None:
        if name is None:
            return None
        found = items.get(name.text)
        if found is None:
            label = self.linking.records[self.record_type].label.zh
            suggestion = suggest(name.text, [each for each in items if not each.isascii()] or items)
            values = {"record_type": label, "name": name.text}
            self.linking.findings.add(names.FIELD_UNKNOWN, name.span, **values, **suggestion)
        return found

    def _check(self, field: FormField, line: FormLine, source: RecordItem | None, target: RecordItem | None) -> None:
        findings, label = self.linking.findings, line.label.text
        if not field.information_class:
            findings.add(entries.CLASS_MISSING, line.label.span, label=label)
        if field.sensitive and field.kind not in SENSITIVE_KINDS:
            zh, en = TYPE_NAMES[field.kind]
            findings.add(records.SENSITIVE_KIND, line.label.span, type=zh, type_en=en, name=label)
        if source is not None and line.source is not None:
            if not _same(field, source):
                findings.add(entries.FIELD_TYPES, line.source.span, label=label, other=line.source.text)
            if source.sensitive and not field.sensitive:
                findings.add(entries.SOURCE_SENSITIVE, line.source.span, label=label, other=line.source.text)
        if field.owner and field.kind is not FieldKind.STAFF and line.target is not None:
            findings.add(entries.FIELD_TYPES, line.target.span, label=label, other=line.target.text)
        if target is not None and line.target is not None:
            fits = _same(field, target) and target.stored and (target.kind in _FREE or target.kind is field.kind)
            if not fits:
                findings.add(entries.FIELD_TYPES, line.target.span, label=label, other=line.target.text)
            if field.sensitive and not target.sensitive:
                findings.add(entries.TARGET_ORDINARY, line.target.span, label=label, other=line.target.text)

    def _outcome(self, fields: tuple[FormField, ...]) -> str | None:
        name = self.declaration.outcome
        if name is None:
            return None
        found = next((field for field in fields if name.text in (field.label.zh, field.code)), None)
        if found is None and fields:
            suggestion = suggest(name.text, [field.label.zh for field in fields])
            values = {"record_type": self.declaration.block.label.text, "name": name.text}
            self.linking.findings.add(names.FIELD_UNKNOWN, name.span, **values, **suggestion)
        if found is None:
            return None
        if found.kind is not FieldKind.CHOICE:
            self.linking.findings.add(entries.OUTCOME_KIND, name.span, name=name.text)
        return found.code

    def _required(self, form: Form) -> tuple[FormField, ...]:
        """The fields, those that are required on a condition now carrying it typed."""
        scope = CaseScope(self.linking, self.record_type, (form,), form_first=True)
        written = {line.code.text: line.required for line in self.declaration.lines}
        fields = []
        for field in form.fields:
            condition = written[field.code]
            typed = None
            if condition.text and condition.text.lower() not in YES_NO:
                typed = scope.type(condition, BOOLEAN)
            fields.append(field if typed is None else replace(field, required=typed))
        return tuple(fields)


def _same(field: FormField, item: RecordItem) -> bool:
    """Whether the two hold the same values."""
    free = isinstance(field.type, Text) and field.type.choices is None
    kinds = free or field.kind is item.kind
    return kinds and field.type == item.type and field.refers_to == item.target
