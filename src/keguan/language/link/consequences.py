"""Consequence declarations → consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.consequence import RESPONSIBLE, ConsequenceDeclaration
from keguan.language.blocks.duty import ANYTHING
from keguan.language.blocks.metric import MetricDeclaration
from keguan.language.diagnostics.catalogue import consequences as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.logic import balanced
from keguan.language.feel.typed import Operator
from keguan.language.feel.types import BOOLEAN
from keguan.language.link.amounts import EventScope, link_amount
from keguan.language.link.base_scope import BaseScope
from keguan.language.link.codes import make_label
from keguan.language.link.responsible import party
from keguan.language.link.written import NO_NAMES, written_expression
from keguan.language.model.consequence import (
    Consequence,
    ConsequenceRow,
    Event,
    EventKind,
    RecipientKind,
)

if TYPE_CHECKING:
    from keguan.language.blocks.consequence import ConsequenceLine
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written
    from keguan.language.model.actors import Party

_FIGURES = frozenset({EventKind.FIGURE_MISSED, EventKind.FIGURE_WARNED, EventKind.FIGURE_MET})


def link_consequences(linking: Linking) -> dict[str, Consequence]:
    """Consequences by code."""
    result: dict[str, Consequence] = {}
    for declaration, declared in linking.declared(ConsequenceDeclaration):
        block = declaration.block
        subject = linking.record_type(declaration.of, declared) if declaration.of is not None else None
        if (declaration.of is not None and subject is None) or not linking.claim("consequence", block):
            continue
        rows = [_row(linking, subject, line) for line in declaration.lines]
        result[block.code.text] = Consequence(
            code=block.code.text,
            label=make_label(block.label.text, declaration.english, block.code.text),
            record_type=subject,
            rows=tuple(row for row in rows if row is not None),
            information_class=declaration.information_class,
            clause=declared.clause,
            span=block.span,
        )
    return result


def _row(linking: Linking, subject: str | None, line: ConsequenceLine) -> ConsequenceRow | None:
    event = _event(linking, line)
    condition = _conditions(linking, subject, line)
    recipient = _recipient(linking, subject, line.whom)
    amount = link_amount(linking, line.measure, line.amount, _scope(linking, subject), _own(linking, subject))
    approver = party(linking, line.approver, subject) if line.approver.text else None
    process = linking.block("process", line.process) if line.process.text else None
    if event is None or recipient is None:
        return None
    return ConsequenceRow(
        number=line.number,
        event=event,
        condition=condition,
        text=line.case.text,
        repeated=line.repeated,
        recipient=recipient[0],
        party=recipient[1],
        measure=line.measure,
        amount=amount,
        approver=approver,
        process=process,
        deadline=line.deadline,
        reference=line.reference,
        span=line.span,
    )


def _event(linking: Linking, line: ConsequenceLine) -> Event | None:
    """What gives rise to it; None after a diagnostic."""
    if line.event is None:
        return Event(EventKind.CONDITION)
    if line.event in _FIGURES:
        code = _figure(linking, line.target)
        return None if code is None else Event(line.event, code)
    if line.event is EventKind.DUTY_OVERDUE:
        if _declared(linking, "process", line.target.text) and not _declared(linking, "duty", line.target.text):
            return Event(EventKind.CASE_OVERDUE, linking.block("process", line.target))
        code = linking.block("duty", line.target)
        return None if code is None else Event(EventKind.DUTY_OVERDUE, code)
    code = linking.block("process", line.target)
    return None if code is None else Event(line.event, code)


def _declared(linking: Linking, kind: str, name: str) -> bool:
    blocks = (each.declaration.block for pack in linking.packs for each in pack.declared if each.kind == kind)
    return any(name in (block.label.text, block.code.text) for block in blocks)


def _figure(linking: Linking, written: Written) -> str | None:
    names: dict[str, str] = {}
    for declaration, _ in linking.declared(MetricDeclaration):
        for number, line in enumerate(declaration.lines, start=1):
            code = line.code.text or f"{declaration.block.code.text}_{number}"
            names[line.label.text] = names[code] = code
    if written.text not in names:
        known = [name for name in names if not name.isascii()] or list(names)
        linking.findings.add(entries.FIGURE_UNKNOWN, written.span, name=written.text, **suggest(written.text, known))
    return names.get(written.text)


def _recipient(linking: Linking, subject: str | None, written: Written) -> tuple[RecipientKind, Party | None] | None:
    if written.text.lower() in RESPONSIBLE:
        return RecipientKind.RESPONSIBLE, None
    if written.text in _own(linking, subject):
        return RecipientKind.SUBJECT, None
    named = party(linking, written, subject)
    return None if named is None else (RecipientKind.PARTY, named)


def _conditions(linking: Linking, subject: str | None, line: ConsequenceLine) -> Typed | None:
    """What must be true of the record: the case, when it is a condition, and the column 条件."""
    written = [line.condition] if line.event is not None else [line.case, line.condition]
    typed = [_condition(linking, subject, each) for each in written if each.text not in ANYTHING]
    found = [each for each in typed if each is not None]
    return balanced(Operator.AND, found) if found else None


def _condition(linking: Linking, subject: str | None, written: Written) -> Typed | None:
    if subject is None:
        linking.findings.add(entries.SUBJECT_MISSING, written.span, value=written.text)
        return None
    scope = EventScope(_scope(linking, subject))
    return written_expression(written, scope, linking.findings, BOOLEAN, _own(linking, subject))


def _own(linking: Linking, subject: str | None) -> frozenset[str]:
    return NO_NAMES if subject is None else linking.scopes.inside(subject).own_names


def _scope(linking: Linking, subject: str | None) -> Scope:
    """The record's names; without an object, the whole base."""
    if subject is None:
        return BaseScope(linking.records, linking.parameters, linking.scopes)
    return linking.scopes.inside(subject)
