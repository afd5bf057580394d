"""The rows of a decision table, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.feel import parse_expression, parse_unary_tests, type_expression, type_unary_tests
from keguan.language.feel.typed import Aggregate, FieldRef, InputRef, Literal
from keguan.language.feel.walk import walk
from keguan.language.link.outputs import NOTHING
from keguan.language.model.model import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.blocks.decision import DecisionDeclaration, RuleLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.markdown.document import Written
    from keguan.language.model.model import InputColumn, OutputColumn


def link_rules(
    declaration: DecisionDeclaration,
    inputs: Sequence[InputColumn | None],
    outputs: Sequence[OutputColumn],
    scope: Scope,
    findings: Findings,
) -> tuple[Rule, ...]:
    """Every row whose cells can be typed; the others leave diagnostics."""
    return tuple(_rule(line, inputs, outputs, scope, findings) for line in declaration.rules)


def _rule(
    line: RuleLine,
    inputs: Sequence[InputColumn | None],
    outputs: Sequence[OutputColumn],
    scope: Scope,
    findings: Findings,
) -> Rule:
    tests = tuple(
        _test(cell, InputRef(index, column.expression.type), scope, findings) if column is not None else None
        for index, (cell, column) in enumerate(zip(line.inputs, inputs, strict=True))
    )
    results = tuple(_result(cell, output, scope, findings) for cell, output in zip(line.results, outputs, strict=True))
    if None not in inputs:
        _check_reading(line, [column for column in inputs if column is not None], outputs, results, scope, findings)
    cells = tuple(cell.text for cell in line.inputs)
    return Rule(line.number, tests, cells, results, line.span, tuple(cell.span for cell in line.inputs))


def _check_reading(
    line: RuleLine,
    inputs: Sequence[InputColumn],
    outputs: Sequence[OutputColumn],
    results: Sequence[Typed],
    scope: Scope,
    findings: Findings,
) -> None:
    """A result reads nothing but input columns: it must come out again from the inputs that are kept with it."""
    given = frozenset(column.expression for column in inputs)
    for cell, output, result in zip(line.results, outputs, results, strict=True):
        parts = [part for part in walk(result, into_children=False) if part not in given]
        fields = {part.code for part in parts if isinstance(part, FieldRef)}
        for code in sorted(fields | {part.child for part in parts if isinstance(part, Aggregate)}):
            values = {"row": line.number, "column": output.label.zh, "name": _label(scope, code)}
            findings.add(entries.RESULT_READS, cell.span, **values)


def _label(scope: Scope, code: str) -> str:
    """What the author calls the thing with this code."""
    meaning = scope.find(code)
    return next((name for name in scope.names() if name != code and scope.find(name) == meaning), code)


def _test(cell: Written, column: InputRef, scope: Scope, findings: Findings) -> Typed | None:
    if not cell.text:
        return None
    tests, problems = parse_unary_tests(cell.text, cell.span)
    findings.extend(problems)
    if tests is None:
        return None
    typed, problems = type_unary_tests(tests, column, scope)
    findings.extend(problems)
    return typed


def _result(cell: Written, output: OutputColumn, scope: Scope, findings: Findings) -> Typed:
    nothing = Literal(None, output.type)
    if cell.text in (NOTHING, ""):
        return nothing
    node, problems = parse_expression(cell.text, cell.span)
    findings.extend(problems)
    if node is None:
        return nothing
    typed, problems = type_expression(node, scope, output.type)
    findings.extend(problems)
    return nothing if typed is None else typed
