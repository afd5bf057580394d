"""The rows of a decision table, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.feel.arithmetic import product, scale_of
from keguan.language.feel.scope import ReferenceName
from keguan.language.feel.typed import Aggregate, Binary, FieldRef, If, Literal, Operator, ParentRef, Rescale
from keguan.language.feel.types import BOOLEAN, Number, Text
from keguan.language.feel.walk import walk
from keguan.language.link.outputs import NOTHING, hit_words, weight_of
from keguan.language.link.written import written_expression, written_tests
from keguan.language.model.model import HitPolicy, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.blocks.decision import DecisionDeclaration, RuleLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.link.scopes import RecordScope
    from keguan.language.markdown.document import Written
    from keguan.language.model.model import InputColumn, OutputColumn


def link_rules(
    declaration: DecisionDeclaration,
    inputs: Sequence[InputColumn | None],
    outputs: Sequence[OutputColumn],
    scope: RecordScope,
    findings: Findings,
) -> tuple[Rule, ...]:
    """Every row whose cells can be typed; the others leave diagnostics."""
    return tuple(_rule(declaration, line, inputs, outputs, scope, findings) for line in declaration.rules)


def _rule(
    declaration: DecisionDeclaration,
    line: RuleLine,
    inputs: Sequence[InputColumn | None],
    outputs: Sequence[OutputColumn],
    scope: RecordScope,
    findings: Findings,
) -> Rule:
    tests = tuple(
        written_tests(cell, column.expression.type, scope, findings, index) if column is not None else None
        for index, (cell, column) in enumerate(zip(line.inputs, inputs, strict=True))
    )
    results = tuple(
        _result(line, index, output, declaration.hit, scope, findings) for index, output in enumerate(outputs)
    )
    if None not in inputs:
        given = [column for column in inputs if column is not None]
        _check_reading(declaration, line, given, outputs, results, scope, findings)
    cells = tuple(cell.text for cell in line.inputs)
    spans = tuple(cell.span for cell in line.inputs)
    return Rule(line.number, tests, cells, results, line.span, spans, line.row, line.clause)


def _check_reading(
    declaration: DecisionDeclaration,
    line: RuleLine,
    inputs: Sequence[InputColumn],
    outputs: Sequence[OutputColumn],
    results: Sequence[Typed],
    scope: Scope,
    findings: Findings,
) -> None:
    """A result reads nothing but input columns: it must come out again from the inputs that are kept with it. What the
    points of a scorecard read of the record becomes an input column by itself.
    """
    given = frozenset(column.expression for column in inputs)
    for cell, output, result in zip(line.results, outputs, results, strict=True):
        parts = [part for part in walk(result, into_children=False) if part not in given]
        fields = {name_of(scope, part) for part in parts if isinstance(part, FieldRef | ParentRef)}
        counted = {label_of(scope, part.child) for part in parts if isinstance(part, Aggregate)}
        for name in sorted(counted | (set() if declaration.scores else fields)):
            values = {"row": line.row or line.number, "column": output.label.zh, "name": name}
            findings.add(entries.RESULT_READS, cell.span, **values)


def name_of(scope: Scope, read: FieldRef | ParentRef) -> str:
    """How the author writes a value of the record, or one read through its references."""
    if isinstance(read, FieldRef):
        return label_of(scope, read.code)
    names, within = [], scope
    for step in read.path:
        names.append(label_of(within, step.via))
        meaning = within.find(step.via)
        if isinstance(meaning, ReferenceName):
            within = meaning.scope
    return ".".join([*names, label_of(within, read.code)])


def label_of(scope: Scope, code: str) -> str:
    """What the author calls the thing with this code."""
    meaning = scope.find(code)
    return next((name for name in scope.names() if name != code and scope.find(name) == meaning), code)


def _result(
    line: RuleLine, index: int, output: OutputColumn, hit: HitPolicy, scope: RecordScope, findings: Findings
) -> Typed:
    cell = line.results[index]
    nothing = Literal(None, output.type)
    if cell.text in (NOTHING, ""):
        return nothing
    counts = hit is HitPolicy.COLLECT_COUNT
    wanted = None if counts or line.weight is not None else output.type
    typed = written_expression(cell, scope, findings, wanted, scope.own_names)
    if typed is None:
        return nothing
    if counts:
        return _one(typed, output)
    if line.weight is not None:
        return _weighted(line.weight, typed, output, scope, findings)
    if hit.ranks and isinstance(output.type, Text) and output.type.choices and not isinstance(typed, Literal):
        values = {"row": line.row or line.number, "column": output.label.zh}
        findings.add(entries.ORDER_CONSTANT, cell.span, **values, **hit_words(hit))
    return typed


def _one(typed: Typed, output: OutputColumn) -> Typed:
    """What a result counts: one, unless it is empty."""
    nothing, one = Literal(None, output.type), Literal(10 ** scale_of(Literal(None, output.type)), output.type)
    if isinstance(typed, Literal):
        return nothing if typed.value is None else one
    empty = Binary(Operator.EQUAL, typed, Literal(None, typed.type), BOOLEAN)
    return If(empty, nothing, one, output.type)


def _weighted(written: Written, typed: Typed, output: OutputColumn, scope: Scope, findings: Findings) -> Typed:
    """Points times weight, in the scale of the score; half a unit goes to the even side."""
    weight = weight_of(written, scope, findings)
    if weight is None or not isinstance(typed.type, Number):
        return Literal(None, output.type)
    weighted = product(typed, weight)
    return weighted if weighted.type == output.type else Rescale(weighted, output.type)
