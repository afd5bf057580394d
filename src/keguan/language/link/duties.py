"""Duty declarations → duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.duty import ANYTHING, DutyDeclaration
from keguan.language.diagnostics.catalogue import duties as entries
from keguan.language.feel import parse_expression
from keguan.language.link.codes import make_label
from keguan.language.link.deadlines import link_deadline, link_frequency
from keguan.language.link.evidence import link_evidence, record_named
from keguan.language.link.own_names import path_bases
from keguan.language.link.responsible import parties, party
from keguan.language.link.triggers import link_trigger
from keguan.language.markdown.document import Written
from keguan.language.model.duty import Duty, Escalation, Obligation, TriggerKind

if TYPE_CHECKING:
    from keguan.language.blocks.duty import DutyLine
    from keguan.language.feel.typed import Typed
    from keguan.language.link.linking import Linking
    from keguan.language.link.packs import Declared


def link_duties(linking: Linking) -> dict[str, Duty]:
    """Duties by code."""
    result: dict[str, Duty] = {}
    for declaration, declared in linking.declared(DutyDeclaration):
        block = declaration.block
        subject = _subject(linking, declaration, declared)
        if subject is None or not linking.claim("duty", block):
            continue
        lines = [_obligation(linking, subject, line) for line in declaration.lines]
        result[block.code.text] = Duty(
            code=block.code.text,
            label=make_label(block.label.text, declaration.english, block.code.text),
            record_type=subject,
            obligations=tuple(lines),
            information_class=declaration.information_class,
            clause=declared.clause,
            span=block.span,
        )
    return result


def _subject(linking: Linking, declaration: DutyDeclaration, declared: Declared) -> str | None:
    """The record type that the duty is about: the one it names, or the one before the dot in its conditions."""
    if declaration.of is not None:
        return linking.record_type(declaration.of, declared)
    for line in declaration.lines:
        if line.applies.text not in ANYTHING:
            node, _ = parse_expression(line.applies.text, line.applies.span)
            for base in path_bases(node) if node is not None else ():
                if record_named(linking, base.name) is not None:
                    return linking.record_type(Written(base.name, base.span), declared)
    linking.findings.add(entries.SUBJECT, declaration.block.kind.span, label=declaration.block.label.text)
    return None


def _obligation(linking: Linking, subject: str, line: DutyLine) -> Obligation:
    trigger = link_trigger(linking, subject, line.trigger) if line.trigger.text else None
    evidence = link_evidence(linking, subject, line.evidence) if line.evidence.text else None
    frequency, deadline = link_frequency(line.frequency, linking), link_deadline(line.deadline, linking)
    length = deadline.length if deadline else None
    known = trigger is None or trigger.kind in (TriggerKind.DATE, TriggerKind.KEPT)
    if not known and length is not None and length.amount < 0:
        linking.findings.add(entries.AHEAD, line.span, trigger=line.trigger.text)
    check = None
    checked = line.check.text not in ANYTHING
    if checked and evidence is not None and evidence.record_type is not None:
        check = linking.condition(evidence.record_type, line.check)
    elif checked and (evidence is not None or not line.evidence.text):
        linking.findings.add(entries.CHECK_ALONE, line.check.span)
    return Obligation(
        number=line.number,
        task=line.task,
        applies=_condition(linking, subject, line.applies),
        applies_text=line.applies.text,
        responsible=parties(linking, line.responsible, subject),
        frequency=frequency,
        trigger=trigger,
        deadline=deadline,
        evidence=evidence,
        check=check,
        remind=line.remind,
        escalations=_escalations(linking, subject, line),
        consequence=linking.block("consequence", line.consequence) if line.consequence.text else None,
        exempt=_condition(linking, subject, line.exempt),
        span=line.span,
    )


def _condition(linking: Linking, subject: str, written: Written) -> Typed | None:
    return None if written.text in ANYTHING else linking.condition(subject, written)


def _escalations(linking: Linking, subject: str, line: DutyLine) -> tuple[Escalation, ...]:
    named = [(party(linking, each.to, subject), each.after) for each in line.escalations]
    return tuple(Escalation(to, after) for to, after in named if to is not None)
