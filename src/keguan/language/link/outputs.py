"""The types of a decision's result columns: as declared in the heading, or what fits every result in the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.feel import parse_expression, type_expression
from keguan.language.feel.typed import Literal
from keguan.language.feel.types import TEXT, Boolean, Date, Null, Number, Text
from keguan.language.link.codes import make_label
from keguan.language.model.model import FieldKind, HitPolicy, OutputColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.blocks.decision import DecisionDeclaration, OutputHeading
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.markdown.document import Written

NOTHING = "-"


def infer_outputs(
    declaration: DecisionDeclaration, scope: Scope, findings: Findings
) -> tuple[OutputColumn, ...] | None:
    """The result columns, or None after diagnostics when a type cannot be told."""
    made = []
    for index, heading in enumerate(declaration.outputs):
        cells = [rule.results[index] for rule in declaration.rules]
        made.append(_output(heading, cells, scope, declaration.hit, findings))
    return None if None in made else tuple(output for output in made if output is not None)


def _output(
    heading: OutputHeading, cells: Sequence[Written], scope: Scope, hit: HitPolicy, findings: Findings
) -> OutputColumn | None:
    if heading.type is not None:
        type_, kind = heading.type.type, heading.type.kind
    else:
        inferred = _infer(heading, cells, scope, findings)
        if inferred is None:
            return None
        type_, kind = inferred
    if hit is HitPolicy.COLLECT_SUM and not isinstance(type_, Number):
        findings.add(entries.COLLECT_NUMBER, heading.span, column=heading.label.text)
        return None
    label = make_label(heading.label.text, "", heading.code.text)
    return OutputColumn(heading.code.text, label, kind, type_, heading.span)


def _infer(
    heading: OutputHeading, cells: Sequence[Written], scope: Scope, findings: Findings
) -> tuple[Type, FieldKind] | None:
    results: list[Typed] = []
    failed = False
    for cell in cells:
        if cell.text in (NOTHING, ""):
            continue
        node, problems = parse_expression(cell.text, cell.span)
        findings.extend(problems)
        typed = None
        if node is not None:
            typed, problems = type_expression(node, scope)
            findings.extend(problems)
        failed = failed or typed is None
        if typed is not None and not isinstance(typed.type, Null):
            results.append(typed)
    if failed:
        return None
    if not results:
        findings.add(entries.OUTPUT_EMPTY, heading.span, column=heading.label.text)
        return None
    return _common(heading, results, findings)


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
        case Boolean():
            return first, FieldKind.BOOLEAN
        case Date():
            return first, FieldKind.DATE
        case _:
            return None


def _texts(results: Sequence[Typed]) -> tuple[Type, FieldKind]:
    """An enumeration when every result is a constant."""
    values = [result.value for result in results if isinstance(result, Literal) and isinstance(result.value, str)]
    if len(values) < len(results):
        return TEXT, FieldKind.TEXT
    return Text(tuple(dict.fromkeys(values))), FieldKind.CHOICE
