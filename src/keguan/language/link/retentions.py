"""Retention declarations → retentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.retention import STARTS, RetentionDeclaration
from keguan.language.diagnostics.catalogue import access_rules as classes
from keguan.language.diagnostics.catalogue import retentions as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import Date
from keguan.language.link.access_rules import classes_of
from keguan.language.link.codes import make_label
from keguan.language.link.roles import EVERY_CLASS
from keguan.language.model.retention import Retention, Start, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.blocks.retention import TermLine
    from keguan.language.feel.typed import Typed
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written

_NONE = frozenset({"", "-"})


def link_retentions(linking: Linking) -> dict[str, Retention]:
    """Retentions by code."""
    result: dict[str, Retention] = {}
    for declaration, declared in linking.declared(RetentionDeclaration):
        block = declaration.block
        record_type = linking.record_type(declaration.of, declared)
        if record_type is None or not linking.claim("retention", block):
            continue
        result[block.code.text] = Retention(
            code=block.code.text,
            label=make_label(block.label.text, "", block.code.text),
            record_type=record_type,
            terms=tuple(_terms(linking, declaration, record_type)),
            clause=declared.clause,
            span=block.span,
            approval=linking.block("process", declaration.approval) if declaration.approval is not None else None,
        )
    return result


def _terms(linking: Linking, declaration: RetentionDeclaration, record_type: str) -> Iterator[Term]:
    for line in declaration.lines:
        name = _class(linking, line, record_type)
        start = STARTS.get(line.start.text, STARTS.get(line.start.text.lower(), Start.DATE))
        date = _date(linking, line.start, record_type) if start is Start.DATE else None
        if name is None or (date is None and start is Start.DATE):
            continue
        yield Term(
            number=line.number,
            information_class=name,
            condition=_condition(linking, line.condition, record_type),
            start=start,
            start_text=line.start.text,
            date=date,
            length=line.length,
            length_text=line.length_text,
            disposal=line.disposal,
            hold=_condition(linking, line.hold, record_type),
            reference=line.reference,
            two_persons=line.two_persons,
            span=line.span,
        )


def _class(linking: Linking, line: TermLine, record_type: str) -> str | None:
    written = line.information_class
    if written.text in _NONE:
        return "*"
    name = EVERY_CLASS.get(written.text, written.text)
    known = classes_of(linking, record_type)
    if name != "*" and name not in known:
        label, hint = linking.records[record_type].label.zh, suggest(written.text, sorted(known))
        linking.findings.add(classes.CLASS_UNKNOWN, written.span, value=written.text, record_type=label, **hint)
        return None
    return name


def _date(linking: Linking, written: Written, record_type: str) -> Typed | None:
    typed = linking.expression(record_type, written)
    if typed is not None and not isinstance(typed.type, Date):
        linking.findings.add(entries.NOT_A_DATE, written.span, value=written.text)
        return None
    return typed


def _condition(linking: Linking, written: Written, record_type: str) -> Typed | None:
    return None if written.text in _NONE else linking.condition(record_type, written)
