"""Process declarations → processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.actors import PARTIES, read_party
from keguan.language.blocks.process import CREATED, OCCASIONS, ProcessDeclaration, split_when
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.feel.types import BOOLEAN
from keguan.language.link.actors import link_party
from keguan.language.link.codes import make_label
from keguan.language.link.deadlines import link_deadline
from keguan.language.link.person_fields import PersonFields
from keguan.language.link.processes.case_scope import CaseScope
from keguan.language.link.processes.granting import link_grants
from keguan.language.link.processes.public import link_public
from keguan.language.link.processes.step_names import step_names
from keguan.language.link.processes.steps import link_steps
from keguan.language.link.processes.subprocesses import check_subprocesses
from keguan.language.link.record_items import title_class
from keguan.language.model.actors import PartyKind
from keguan.language.model.model import FieldKind
from keguan.language.model.process import INITIATOR, Pause, Process, Recusal, Start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.link.linking import Linking
    from keguan.language.link.packs import Declared
    from keguan.language.link.processes.step_names import StepNames
    from keguan.language.markdown.document import Written
    from keguan.language.model.form import Form

_PERSONS = frozenset({FieldKind.STAFF, FieldKind.TEXT, FieldKind.REFERENCE})


def link_processes(linking: Linking, forms: Mapping[str, Form]) -> dict[str, Process]:
    """Processes by code; ``forms`` are all forms, linked."""
    result: dict[str, Process] = {}
    for declaration, declared in linking.declared(ProcessDeclaration):
        record_type = linking.record_type(declaration.of, declared)
        if record_type is not None and linking.claim("process", declaration.block):
            process = _process(declaration, declared, record_type, linking, forms)
            result[process.code] = process
    check_subprocesses(result, linking)
    return result


def _process(
    declaration: ProcessDeclaration, declared: Declared, record_type: str, linking: Linking, forms: Mapping[str, Form]
) -> Process:
    block, names = declaration.block, step_names(declaration, linking.findings)
    own = tuple(form for form in forms.values() if _uses(declaration, form))
    scope = CaseScope(linking, record_type, own)
    persons = PersonFields(linking, record_type, own)
    reader = _Headers(declaration, record_type, names, scope, persons, own, linking)
    steps = link_steps(names, scope, persons, forms, linking)
    granted = link_grants(declaration.grants, declared, linking)
    return Process(
        code=block.code.text,
        label=make_label(block.label.text, declaration.english, block.code.text),
        record_type=record_type,
        numbering=declaration.numbering,
        total=link_deadline(declaration.total, linking),
        pause=reader.pause(),
        start=reader.start(),
        recusals=reader.recusals(),
        apart=reader.apart(),
        information_class=declaration.information_class or title_class(linking, record_type),
        steps=steps,
        clause=declared.clause,
        span=block.span,
        public=link_public(declaration, record_type, steps, forms, linking),
        grants=granted.rights,
        grant_length=granted.length,
        grant_uses=granted.uses,
        bulk=granted.bulk,
    )


def _uses(declaration: ProcessDeclaration, form: Form) -> bool:
    return any(line.form is not None and line.form.text in (form.code, form.label.zh) for line in declaration.steps)


@dataclass(frozen=True, slots=True)
class _Headers:
    """Reads what stands above the table of steps."""

    declaration: ProcessDeclaration
    record_type: str
    names: StepNames
    scope: CaseScope
    persons: PersonFields
    forms: tuple[Form, ...]
    linking: Linking

    def pause(self) -> Pause:
        if self.declaration.pause is None:
            return Pause()
        items, condition = split_when(self.declaration.pause, self.linking.findings)
        steps = [code for item in items if (code := self.names.known(item.text)) is not None]
        reasons = [item.text for item in items if self.names.known(item.text) is None]
        typed = self.scope.type(condition, BOOLEAN) if condition else None
        return Pause(tuple(dict.fromkeys(reasons)), tuple(dict.fromkeys(steps)), typed)

    def start(self) -> Start:
        if self.declaration.start is None:
            return Start()
        items, condition = split_when(self.declaration.start, self.linking.findings)
        parties = []
        for item in items:
            if item.text.lower() not in CREATED and item.text.lower() not in OCCASIONS:
                written = read_party(item, self.linking.findings)
                party = link_party(written, self.names, self.persons, self.linking) if written else None
                parties += [party] if party else []
        typed = self.linking.condition(self.record_type, condition) if condition else None
        created = any(item.text.lower() in CREATED for item in items)
        occasions = frozenset(OCCASIONS[word] for item in items if (word := item.text.lower()) in OCCASIONS)
        return Start(tuple(parties), created, typed, occasions)

    def recusals(self) -> tuple[Recusal, ...]:
        """Every field of that name counts, on the record and on any form: excluding one too many does no harm."""
        made = []
        for name in self.declaration.recusals:
            record = self.linking.records[self.record_type].fields
            found = [Recusal(field.code) for field in record if _person(name, field.label.zh, field.code, field.kind)]
            for form in self.forms:
                found += [
                    Recusal(field.code, form.code)
                    for field in form.fields
                    if _person(name, field.label.zh, field.code, field.kind)
                ]
            if not found:
                self.linking.findings.add(entries.RECUSAL, name.span, name=name.text)
            made += found
        return tuple(made)

    def apart(self) -> tuple[tuple[str, ...], ...]:
        groups = []
        for group in self.declaration.apart:
            codes = [self._apart(name) for name in group]
            known = tuple(dict.fromkeys(code for code in codes if code is not None))
            if len(known) < 2 and None not in codes:
                self.linking.findings.add(entries.APART_FEW, group[0].span)
            groups.append(known)
        return tuple(groups)

    def _apart(self, name: Written) -> str | None:
        if self.names.known(name.text) is None and PARTIES.get(name.text.lower()) is PartyKind.INITIATOR:
            return INITIATOR
        return self.names.find(name, self.linking.findings)


def _person(name: Written, label: str, code: str, kind: FieldKind) -> bool:
    return name.text in (label, code) and kind in _PERSONS
