"""The types of a decision's result columns: as declared in the heading, or what fits every result in the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.decision import HITS
from keguan.language.diagnostics.catalogue import scorecards
from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.feel import walk
from keguan.language.feel.arithmetic import product
from keguan.language.feel.typed import Literal, ParameterRef, Rescale
from keguan.language.feel.types import (
    TEXT,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Null,
    Number,
    Staff,
    Text,
    Time,
    Type,
)
from keguan.language.link.codes import make_label
from keguan.language.link.written import written_expression
from keguan.language.model.model import FieldKind, HitPolicy, OutputColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.blocks.decision import DecisionDeclaration, OutputHeading
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.link.scopes import RecordScope
    from keguan.language.markdown.document import Written

NOTHING = "-"
_CONSTANT = (Literal, ParameterRef, Rescale)
_KINDS: dict[type[Type], FieldKind] = {
    Boolean: FieldKind.BOOLEAN,
    Date: FieldKind.DATE,
    Time: FieldKind.TIME,
    DateTime: FieldKind.DATE_TIME,
    DayDuration: FieldKind.DURATION,
    Staff: FieldKind.STAFF,
}


def hit_words(hit: HitPolicy) -> dict[str, str]:
    """The values ``hit`` and ``hit_en`` of a diagnostic."""
    return {"hit": next(word for word, meaning in HITS.items() if meaning is hit), "hit_en": hit.value}


def infer_outputs(
    declaration: DecisionDeclaration, scope: RecordScope, findings: Findings
) -> tuple[OutputColumn, ...] | None:
    """The result columns, or None after diagnostics when a type cannot be told."""
    hit = declaration.hit
    if hit.ranks and not any(_ordered(heading) for heading in declaration.outputs):
        span = declaration.outputs[0].span
        findings.add(entries.ORDER_CHOICES, span, label=declaration.block.label.text, **hit_words(hit))
        return None
    made = [_output(declaration, index, scope, findings) for index in range(len(declaration.outputs))]
    return None if None in made else tuple(output for output in made if output is not None)


def _ordered(heading: OutputHeading) -> bool:
    return heading.type is not None and heading.type.kind is FieldKind.CHOICE


def _output(
    declaration: DecisionDeclaration, index: int, scope: RecordScope, findings: Findings
) -> OutputColumn | None:
    heading, hit = declaration.outputs[index], declaration.hit
    if heading.type is not None:
        type_, kind = heading.type.type, heading.type.kind
    elif hit is HitPolicy.COLLECT_COUNT:
        type_, kind = Number(0), FieldKind.INTEGER
    else:
        inferred = _infer(declaration, index, scope, findings)
        if inferred is None:
            return None
        type_, kind = inferred
    if hit.collects and not isinstance(type_, Text if hit.lists else Number):
        entry = entries.LIST_TEXT if hit.lists else entries.COLLECT_NUMBER
        findings.add(entry, heading.span, column=heading.label.text, **hit_words(hit))
        return None
    if isinstance(type_, Text) and (hit.lists or hit.ranks):
        type_, kind = _kept(heading, hit, type_)
    label = make_label(heading.label.text, "", heading.code.text)
    return OutputColumn(heading.code.text, label, kind, type_, heading.span)


def _kept(heading: OutputHeading, hit: HitPolicy, type_: Text) -> tuple[Text, FieldKind]:
    """How texts are kept whose order counts or that are joined: only choices that the author listed have an order, and
    what is joined is itself no choice.
    """
    if hit.ranks and _ordered(heading):
        return type_, FieldKind.TEXT if hit.lists else FieldKind.CHOICE
    return TEXT, FieldKind.TEXT


def _infer(
    declaration: DecisionDeclaration, index: int, scope: RecordScope, findings: Findings
) -> tuple[Type, FieldKind] | None:
    heading = declaration.outputs[index]
    results: list[Typed] = []
    failed = False
    # Choices stand in the order of the decision's own rows; what only its exceptions give comes after them.
    for line in sorted(declaration.rules, key=lambda line: line.clause is not None):
        cell = line.results[index]
        if cell.text in (NOTHING, ""):
            continue
        typed = written_expression(cell, scope, findings, own=scope.own_names)
        if typed is not None and line.weight is not None and isinstance(typed.type, Number):
            weight = weight_of(line.weight, scope, findings)
            typed = None if weight is None else product(typed, weight)
        failed = failed or typed is None
        if typed is not None and not isinstance(typed.type, Null):
            results.append(typed)
    if failed:
        return None
    if not results:
        findings.add(entries.OUTPUT_EMPTY, heading.span, column=heading.label.text)
        return None
    return _common(heading, results, findings)


def weight_of(written: Written, scope: Scope, findings: Findings) -> Typed | None:
    """A scorecard's weight: a number or a parameter; None after diagnostics."""
    typed = written_expression(written, scope, findings)
    if typed is None:
        return None
    if not isinstance(typed.type, Number) or not all(isinstance(part, _CONSTANT) for part in walk(typed)):
        findings.add(scorecards.WEIGHT_FORM, written.span, value=written.text)
        return None
    return typed


def _common(heading: OutputHeading, results: Sequence[Typed], findings: Findings) -> tuple[Type, FieldKind] | None:
    families = {type(result.type) for result in results}
    if len(families) > 1:
        findings.add(entries.OUTPUT_TYPES, heading.span, column=heading.label.text)
        return None
    first = results[0].type
    match first:
        case Number():
            scale = max(result.type.scale for result in results if isinstance(result.type, Number))
            return Number(scale), FieldKind.INTEGER if scale == 0 else FieldKind.NUMBER
        case Text():
            return _texts(results)
        case MonthDuration():
            findings.add(entries.OUTPUT_MONTHS, heading.span, column=heading.label.text)
            return None
    return first, _KINDS[type(first)]


def _texts(results: Sequence[Typed]) -> tuple[Type, FieldKind]:
    """An enumeration when every result is a constant."""
    values = [result.value for result in results if isinstance(result, Literal) and isinstance(result.value, str)]
    if len(values) < len(results):
        return TEXT, FieldKind.TEXT
    return Text(tuple(dict.fromkeys(values))), FieldKind.CHOICE
