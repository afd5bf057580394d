"""Metric declarations → metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.metric import MetricDeclaration
from keguan.language.diagnostics.catalogue import metrics as entries
from keguan.language.feel import children
from keguan.language.feel.types import Number
from keguan.language.link.base_scope import BaseScope
from keguan.language.link.codes import Taken, check_code, make_label
from keguan.language.link.grouping import grouping
from keguan.language.link.responsible import parties
from keguan.language.link.written import written_expression, written_tests
from keguan.language.markdown.document import Written
from keguan.language.model.metric import Figure, Metric
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from keguan.language.blocks.metric import MetricLine
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.link.linking import Linking

_NUMBERS = frozenset({FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT})
_PERCENT = Number(4)


def link_metrics(linking: Linking) -> dict[str, Metric]:
    """Metrics by code."""
    result: dict[str, Metric] = {}
    scope = BaseScope(linking.records, linking.parameters, linking.scopes)
    taken = Taken()
    for declaration, declared in linking.declared(MetricDeclaration):
        block = declaration.block
        if not linking.claim("metric", block):
            continue
        figures = [
            _figure(linking, line, _code(declaration, number), scope, taken)
            for number, line in enumerate(declaration.lines, start=1)
        ]
        result[block.code.text] = Metric(
            code=block.code.text,
            label=make_label(block.label.text, declaration.english, block.code.text),
            figures=tuple(figure for figure in figures if figure is not None),
            information_class=declaration.information_class,
            clause=declared.clause,
            span=block.span,
        )
    return result


def _code(declaration: MetricDeclaration, number: int) -> Written:
    line = declaration.lines[number - 1]
    return line.code if line.code.text else Written(f"{declaration.block.code.text}_{number}", line.label.span)


def _figure(linking: Linking, line: MetricLine, code: Written, scope: Scope, taken: Taken) -> Figure | None:
    findings = linking.findings
    if not check_code(code, findings) or not taken.claim(code, line.label, findings):
        return None
    if line.type is not None and line.type.kind not in _NUMBERS:
        findings.add(entries.NUMBER_TYPE, line.type.written.span, type=line.type.written.text)
        return None
    kind, wanted = (line.type.kind, line.type.type) if line.type else _implied(line)
    expression = _expression(linking, line, scope, wanted)
    if expression is None:
        return None
    if not children(expression):
        findings.add(entries.BARE_RECORDS, line.formula.span, label=line.label.text)
    if line.warning.text and not line.target.text.strip("-"):
        findings.add(entries.TARGET_LACKING, line.warning.span, label=line.label.text)
    return Figure(
        code=code.text,
        label=make_label(line.label.text, line.english, code.text),
        kind=kind,
        type=expression.type,
        expression=expression,
        text=line.formula.text,
        target=written_tests(line.target, expression.type, scope, linking.findings),
        target_text=line.target.text,
        warning=written_tests(line.warning, expression.type, scope, linking.findings),
        warning_text=line.warning.text,
        period=line.period,
        group=None if line.group is None else grouping(linking, line.label.text, line.group, expression),
        responsible=parties(linking, line.responsible),
        span=line.span,
    )


def _implied(line: MetricLine) -> tuple[FieldKind | None, Type | None]:
    """What the target says of a figure without a type: with a % it is a percentage."""
    if any(sign in line.target.text for sign in "%％"):
        return FieldKind.PERCENT, _PERCENT
    return None, None


def _expression(linking: Linking, line: MetricLine, scope: Scope, wanted: Type | None) -> Typed | None:
    written = line.formula
    typed = written_expression(written, scope, linking.findings, wanted)
    if typed is not None and not isinstance(typed.type, Number):
        linking.findings.add(entries.NOT_A_NUMBER, written.span, label=line.label.text)
        return None
    return typed
