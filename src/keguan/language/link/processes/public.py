"""What customers may do by themselves about a process → ``Public``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from keguan.language.blocks.public import MOMENTS
from keguan.language.diagnostics.catalogue import names, processes
from keguan.language.diagnostics.catalogue import public as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.model.actors import PartyKind
from keguan.language.model.model import FieldKind
from keguan.language.model.public import Fill, Match, Public
from keguan.language.model.values import read_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.blocks.process import ProcessDeclaration
    from keguan.language.blocks.public import PublicWritten
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written
    from keguan.language.model.form import Form, FormField
    from keguan.language.model.process import Step
    from keguan.language.model.record import Field, RecordType

    FieldT = TypeVar("FieldT", Field, FormField)

_LISTED = frozenset({FieldKind.STAFF, FieldKind.REFERENCE, FieldKind.PERIOD})
_TIMES = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})
_LEAST = 2


def link_public(
    declaration: ProcessDeclaration,
    record_type: str,
    steps: tuple[Step, ...],
    forms: Mapping[str, Form],
    linking: Linking,
) -> Public | None:
    """What customers may do; None when the process is not open to them, or not rightly so."""
    written = declaration.public
    if written is None:
        return None
    if declaration.numbering is None:
        linking.findings.add(entries.NUMBER, written.form.span, process=declaration.block.label.text)
    code = linking.block("form", written.form)
    form = forms.get(code or "")
    record = linking.records.get(record_type)
    if form is None or record is None:
        return None
    return _Reader(written, record, form, linking).public(_own(steps, forms), steps)


def _own(steps: Iterable[Step], forms: Mapping[str, Form]) -> tuple[Form, ...]:
    codes = dict.fromkeys(step.form for step in steps if step.form is not None)
    return tuple(forms[code] for code in codes if code in forms)


@dataclass(frozen=True, slots=True)
class _Reader:
    written: PublicWritten
    record: RecordType
    form: Form
    linking: Linking

    def public(self, own: tuple[Form, ...], steps: tuple[Step, ...]) -> Public:
        add, form, record = self.linking.findings.add, self.form, self.record
        if form.record_type != record.code:
            add(entries.FORM_TYPE, self.written.form.span, form=form.label.zh, record_type=record.label.zh)
        if record.duplicates:
            add(entries.DUPLICATES, self.written.form.span, record_type=record.label.zh)
        for field in form.fields:
            if field.kind in _LISTED:
                add(entries.FIELD_KIND, field.span, label=field.label.zh)
            elif field.target is None:
                add(entries.FIELD_LOST, field.span, label=field.label.zh)
        fills = tuple(fill for pair in self.written.fills if (fill := self._fill(*pair)) is not None)
        if form.record_type == record.code:
            self._required(fills)
        self._initiators(steps)
        return Public(form.code, fills, self._match(), self._replies(own), self.written.withdraw)

    def _required(self, fills: tuple[Fill, ...]) -> None:
        """Every field that a record always needs has its value, whatever the customer leaves empty."""
        given = {fill.field for fill in fills} | {each.target for each in self.form.fields if each.required is True}
        for field in self.record.fields:
            if field.required is True and field.code not in given:
                self.linking.findings.add(entries.FIELD_REQUIRED, self.written.form.span, field=field.label.zh)

    def _fill(self, name: Written, value: Written) -> Fill | None:
        field = _field(name, self.record.fields)
        if field is None:
            label, suggestion = self.record.label.zh, suggest(name.text, [each.label.zh for each in self.record.fields])
            self.linking.findings.add(names.FIELD_UNKNOWN, name.span, record_type=label, name=name.text, **suggestion)
            return None
        if field.kind in _TIMES and value.text.lower() in MOMENTS:
            return Fill(field.code, now=True)
        try:
            readable = field.kind not in _LISTED and read_value(value.text, field.type) is not None
        except ValueError:
            readable = False
        if not readable or field.sensitive or field.code in {each.target for each in self.form.fields}:
            self.linking.findings.add(entries.FILL_VALUE, value.span, value=value.text, field=name.text)
            return None
        return Fill(field.code, value.text)

    def _match(self) -> Match | None:
        if self.written.match is None:
            return None
        name, pairs = self.written.match
        reference = _field(name, self.record.fields)
        target = None if reference is None else self.linking.records.get(reference.target or "")
        if reference is None or target is None or reference.kind is not FieldKind.REFERENCE:
            references = [each.label.zh for each in self.record.fields if each.kind is FieldKind.REFERENCE]
            self._add_match(name, references)
            return None
        found = [self._pair(left, right, target) for left, right in pairs]
        known = tuple(pair for pair in found if pair is not None)
        if len(known) == len(pairs) and (
            len(known) < _LEAST or not any(target.field(code).sensitive for code, _ in known)
        ):
            self.linking.findings.add(entries.MATCH_OPEN, name.span)
        return Match(reference.code, known)

    def _pair(self, left: Written, right: Written, target: RecordType) -> tuple[str, str] | None:
        theirs, ours = _field(left, target.fields), _field(right, self.form.fields)
        if theirs is None:
            self._add_match(left, [each.label.zh for each in target.fields])
            return None
        if ours is None or ours.kind is not theirs.kind or ours.required is not True:
            alike = [each.label.zh for each in self.form.fields if each.kind is theirs.kind and each.required is True]
            self._add_match(right, alike)
            return None
        return theirs.code, ours.code

    def _add_match(self, name: Written, known: list[str]) -> None:
        suggestion = suggest(name.text, known) if known else {"suggestion": "", "suggestion_en": ""}
        self.linking.findings.add(entries.MATCH_FIELD, name.span, name=name.text, **suggestion)

    def _replies(self, own: tuple[Form, ...]) -> tuple[tuple[str, str], ...]:
        made: list[tuple[str, str]] = []
        every = [field for form in own for field in form.fields]
        ordinary = [field.label.zh for field in every if not field.sensitive and field.kind not in _LISTED]
        for name in self.written.replies:
            found = [(form, field) for form in own if (field := _field(name, form.fields)) is not None]
            if len(found) > 1:
                labels = "、".join(form.label.zh for form, _ in found)
                self.linking.findings.add(processes.FIELD_AMBIGUOUS, name.span, name=name.text, forms=labels)
            elif not found or found[0][1].sensitive:
                suggestion = suggest(name.text, ordinary)
                self.linking.findings.add(entries.REPLY_FIELD, name.span, name=name.text, **suggestion)
            elif found[0][1].kind in _LISTED:
                self.linking.findings.add(entries.FIELD_KIND, name.span, label=name.text)
            else:
                made.append((found[0][0].code, found[0][1].code))
        return tuple(made)

    def _initiators(self, steps: tuple[Step, ...]) -> None:
        for number, step in enumerate(steps):
            parties = step.actors.parties if step.actors else ()
            if any(party.kind is PartyKind.INITIATOR for party in parties) and not (
                number == 0 and step.done_by_submission
            ):
                self.linking.findings.add(entries.NO_INITIATOR, step.span, step=step.label.zh)


def _field(name: Written, fields: Iterable[FieldT]) -> FieldT | None:
    return next((each for each in fields if name.text in (each.label.zh, each.code)), None)
