"""Allocation declarations → allocations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.allocation import AllocationDeclaration
from keguan.language.diagnostics.catalogue import allocations as entries
from keguan.language.diagnostics.catalogue import names
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import Date, Number
from keguan.language.link.claiming import claiming
from keguan.language.link.codes import make_label
from keguan.language.link.figures import constant
from keguan.language.link.noted import noted
from keguan.language.model.allocation import Allocation, Match, Method, Share, ShareOf
from keguan.language.model.kinds import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.feel.typed import Typed
    from keguan.language.link.linking import Linking
    from keguan.language.link.packs import Declared
    from keguan.language.markdown.document import Written

_NONE = frozenset({"", "-"})


@dataclass(frozen=True, slots=True)
class _Recipients:
    """Who gets something: the records of a type, or the holders of a role."""

    record_type: str | None
    role: str | None


def link_allocations(linking: Linking) -> dict[str, Allocation]:
    """Allocations by code."""
    result: dict[str, Allocation] = {}
    for declaration, declared in linking.declared(AllocationDeclaration):
        record_type = linking.record_type(declaration.of, declared)
        recipients = _recipients(linking, declaration.to, declared)
        if record_type is None or recipients is None or not linking.claim("allocation", declaration.block):
            continue
        code = declaration.block.code.text
        result[code] = _allocation(linking, declaration, declared, record_type, recipients)
    return result


def _recipients(linking: Linking, name: Written, declared: Declared) -> _Recipients | None:
    if any(name.text in (role.code, role.label.zh) for role in linking.roles.values()):
        return _Recipients(None, linking.role(name))
    if any(name.text in (each.code, each.label.zh) for each in linking.records.values()):
        found = linking.record_type(name, declared)
        return None if found is None else _Recipients(found, None)
    known = [role.label.zh for role in linking.roles.values()]
    known += [record_type.label.zh for record_type in linking.records.values()]
    linking.findings.add(entries.RECIPIENT_UNKNOWN, name.span, name=name.text, **suggest(name.text, known))
    return None


def _allocation(
    linking: Linking,
    declaration: AllocationDeclaration,
    declared: Declared,
    record_type: str,
    recipients: _Recipients,
) -> Allocation:
    block, people = declaration.block, recipients.record_type

    def about_people(written: Written | None, *, condition: bool = False) -> Typed | None:
        if written is None:
            return None
        if people is None:
            linking.findings.add(entries.NEEDS_RECORDS, written.span, value=written.text)
            return None
        return linking.condition(people, written) if condition else linking.expression(people, written)

    score = _number(linking, about_people(declaration.score), declaration.score)
    if declaration.method is Method.BY_SCORE and declaration.score is None:
        linking.findings.add(entries.SCORE_MISSING, declaration.method_span)
    return Allocation(
        code=block.code.text,
        label=make_label(block.label.text, "", block.code.text),
        record_type=record_type,
        pool=_condition(linking, record_type, declaration.pool),
        recipient_type=people,
        role=recipients.role,
        method=declaration.method,
        score=score,
        excluded=about_people(declaration.excluded, condition=True),
        capacity=_capacity(linking, record_type, people, declaration.capacity),
        matches=tuple(_matches(linking, declaration, record_type, people)),
        frequency=declaration.frequency,
        share_of=declaration.share_of,
        shares=tuple(_shares(linking, declaration, record_type, people)),
        clause=declared.clause,
        span=block.span,
        person=_person(linking, declaration.person, people),
        approval=linking.block("process", declaration.approval) if declaration.approval is not None else None,
        noted=noted(linking, declaration, record_type, people),
        claiming=claiming(linking, declaration, record_type) if declaration.method is Method.CLAIM else None,
    )


def _capacity(linking: Linking, record_type: str, people: str | None, written: Written | None) -> Typed | None:
    """Over the recipient's record; a figure where recipients are holders of a role."""
    if written is None or written.text in _NONE:
        return None
    if people is None:
        return constant(linking, record_type, written, entries.SHARE_FORM)
    return _number(linking, linking.expression(people, written), written)


def _person(linking: Linking, written: Written | None, people: str | None) -> str | None:
    """The code of the staff field that says who a recipient is; None after a diagnostic."""
    if written is None:
        return None
    if people is None:
        linking.findings.add(entries.NEEDS_RECORDS, written.span, value=written.text)
        return None
    declared = linking.records[people]
    for field in declared.fields:
        if written.text in (field.code, field.label.zh) and field.kind is FieldKind.STAFF and not field.sensitive:
            return field.code
    linking.findings.add(entries.PERSON_FORM, written.span, name=written.text, record_type=declared.label.zh)
    return None


def _condition(linking: Linking, record_type: str, written: Written | None) -> Typed | None:
    return None if written is None or written.text in _NONE else linking.condition(record_type, written)


def _number(linking: Linking, typed: Typed | None, written: Written | None) -> Typed | None:
    if typed is not None and written is not None and not isinstance(typed.type, Number):
        linking.findings.add(entries.NOT_A_NUMBER, written.span, value=written.text)
        return None
    return typed


def _matches(
    linking: Linking, declaration: AllocationDeclaration, record_type: str, people: str | None
) -> Iterator[Match]:
    for record, recipient in declaration.matches:
        if people is None:
            linking.findings.add(entries.NEEDS_RECORDS, recipient.span, value=recipient.text)
            continue
        codes = (_field(linking, record_type, record), _field(linking, people, recipient))
        if codes[0] is not None and codes[1] is not None:
            yield Match(codes[0], codes[1])


def _field(linking: Linking, record_type: str, name: Written) -> str | None:
    """The code of a plain field (references allowed); None after a diagnostic."""
    declared = linking.records[record_type]
    for field in declared.fields:
        if name.text in (field.code, field.label.zh) and not field.sensitive:
            return field.code
    known = [field.label.zh for field in declared.fields if not field.sensitive]
    linking.findings.add(
        names.FIELD_UNKNOWN, name.span, record_type=declared.label.zh, name=name.text, **suggest(name.text, known)
    )
    return None


def _shares(
    linking: Linking, declaration: AllocationDeclaration, record_type: str, people: str | None
) -> Iterator[Share]:
    about = record_type if declaration.share_of is ShareOf.KINDS else people
    rest: Written | None = None
    for line in declaration.lines:
        if line.condition.text in _NONE:
            if rest is not None:
                linking.findings.add(entries.REST_TWICE, line.name.span, first=rest.text, second=line.name.text)
            rest = line.name
        elif about is None:
            linking.findings.add(entries.NEEDS_RECORDS, line.condition.span, value=line.condition.text)
        share = None
        if declaration.method is not Method.CLAIM:
            share = None if line.share.text in _NONE else constant(linking, record_type, line.share, entries.SHARE_FORM)
            if share is None:
                continue
        most = None
        if line.most.text not in _NONE:
            most = constant(linking, record_type, line.most, entries.SHARE_FORM)
        yield Share(
            number=line.number,
            name=line.name.text,
            condition=_condition(linking, about, line.condition) if about is not None else None,
            share=share,
            most=most,
            order=_order(linking, record_type, line.order),
            span=line.span,
            recycle=line.recycle,
        )


def _order(linking: Linking, record_type: str, written: Written) -> Typed | None:
    if written.text in _NONE:
        return None
    typed = linking.expression(record_type, written)
    if typed is not None and not isinstance(typed.type, Number | Date):
        linking.findings.add(entries.NOT_A_NUMBER, written.span, value=written.text)
        return None
    return typed
