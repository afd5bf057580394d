"""Scorecards → decisions and facts: the lines add up (one row each), bounds are a fact, bands a decision of their own.

So a score is computed, stored, replayed and explained like any other decision.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.language.blocks.decision import DecisionDeclaration, OutputHeading, RuleLine
from keguan.language.blocks.fact import FactLine
from keguan.language.blocks.field_type import FieldType
from keguan.language.diagnostics.catalogue import scorecards as entries
from keguan.language.feel.types import Number, Text
from keguan.language.link.figures import figure, percent, snapshots
from keguan.language.link.outputs import NOTHING, weight_of
from keguan.language.link.written import written_expression
from keguan.language.markdown.document import Written
from keguan.language.model.model import FieldKind, HitPolicy
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.blocks.scorecard import Band, Grading, ScorecardDeclaration, ScoreLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Parameter

_BOUNDED = Number(2)


@dataclass(frozen=True, slots=True)
class Scored:
    """What a scorecard becomes."""

    decisions: tuple[DecisionDeclaration, ...]
    fact: FactLine | None


def expand(
    declaration: ScorecardDeclaration, scope: Scope, parameters: Mapping[str, Parameter], findings: Findings
) -> Scored:
    """The decisions and the fact that a scorecard stands for."""
    if declaration.type is not None and not isinstance(declaration.type.type, Number):
        findings.add(entries.TYPE, declaration.type.written.span, type=declaration.type.written.text)
        declaration = replace(declaration, type=None)
    _check_weights(declaration, scope, parameters, findings)
    base = _figure(declaration.base, declaration, scope, findings)
    most = _figure(declaration.most, declaration, scope, findings)
    least = _figure(declaration.least, declaration, scope, findings)
    _check_bounds(declaration, (most, least), parameters, findings)
    declaration = replace(
        declaration,
        base=declaration.base if base is not None else None,
        most=declaration.most if most is not None else None,
        least=declaration.least if least is not None else None,
    )
    fact = _bounds(declaration)
    decisions = [_sum(declaration, fact)]
    if declaration.grading is not None:
        decisions.append(_grade(declaration, declaration.grading))
    return Scored(tuple(decisions), fact)


def _figure(
    written: Written | None, declaration: ScorecardDeclaration, scope: Scope, findings: Findings
) -> Typed | None:
    """A base or bound, when it is a figure that the score can hold."""
    if written is None or (typed := weight_of(written, scope, findings)) is None:
        return None
    fits = declaration.type is None or written_expression(written, scope, findings, declaration.type.type) is not None
    return typed if fits else None


def _check_bounds(
    declaration: ScorecardDeclaration,
    bounds: tuple[Typed | None, Typed | None],
    parameters: Mapping[str, Parameter],
    findings: Findings,
) -> None:
    """Report a least score above the highest, on any day on which one of them changes."""
    most, least = bounds
    if most is None or least is None or declaration.least is None:
        return
    for snapshot in snapshots((most, least), parameters):
        if figure(least, snapshot) > figure(most, snapshot):
            values = {"least": f"{figure(least, snapshot):f}", "most": f"{figure(most, snapshot):f}"}
            findings.add(entries.BOUNDS_CROSSED, declaration.least.span, **values)
            return


def _check_weights(
    declaration: ScorecardDeclaration, scope: Scope, parameters: Mapping[str, Parameter], findings: Findings
) -> None:
    """Report weights that do not add up to 100 % on every day on which one of them changes."""
    weights = {line.item.text: line.weight for line in declaration.lines if line.weight is not None}
    if any(line.item.text not in weights for line in declaration.lines):
        return
    typed = [weight_of(weight, scope, findings) for weight in weights.values()]
    known = [each for each in typed if each is not None]
    if not known or len(known) < len(typed):
        return
    for snapshot in snapshots(known, parameters):
        total = sum((figure(each, snapshot) for each in known), Decimal(0))
        if total != 1:
            label = declaration.block.label
            findings.add(entries.WEIGHT_SUM, label.span, label=label.text, sum=percent(total))
            return


def _bounds(declaration: ScorecardDeclaration) -> FactLine | None:
    """The fact that keeps the score between its bounds."""
    block, most, least = declaration.block, declaration.most, declaration.least
    if most is None and least is None:
        return None
    total = f"{block.code.text}_sum"
    formula = total
    if least is not None:
        formula = f"if {total} < ({least.text}) then ({least.text}) else {formula}"
    if most is not None:
        formula = f"if {total} > ({most.text}) then ({most.text}) else {formula}"
    type_ = declaration.type or FieldType(FieldKind.NUMBER, _BOUNDED, block.label)
    written = Written(formula, (most or least or block.label).span)
    return FactLine(
        block.label, block.code, declaration.english, type_, declaration.information_class, written, block.span
    )


def _sum(declaration: ScorecardDeclaration, fact: FactLine | None) -> DecisionDeclaration:
    block = declaration.block
    inputs: dict[str, Written] = {}
    for line in declaration.lines:
        inputs.setdefault(line.item.text, line.item)
        if (also := _also(line)) is not None:
            inputs.setdefault(also.text, also)
    output = OutputHeading(block.label, block.code, declaration.type, block.label.span)
    if fact is not None:
        label, code = (
            replace(each, text=f"{each.text}{suffix}")
            for each, suffix in ((block.label, "_sum" if block.label.text.isascii() else "合计"), (block.code, "_sum"))
        )
        output = OutputHeading(label, code, fact.type, block.label.span)
    return DecisionDeclaration(
        block=block,
        english=declaration.english,
        of=declaration.of,
        hit=HitPolicy.COLLECT_SUM,
        information_class=declaration.information_class,
        inputs=tuple(inputs.values()),
        outputs=(output,),
        rules=tuple(_lines(declaration, tuple(inputs))),
        scores=True,
    )


def _also(line: ScoreLine) -> Written | None:
    """The second condition as a column of its own, apart from the item's even where both are written alike."""
    if line.also.text in ("", NOTHING):
        return None
    return replace(line.also, text=f"({line.also.text})") if line.also.text == line.item.text else line.also


def _lines(declaration: ScorecardDeclaration, columns: tuple[str, ...]) -> Iterator[RuleLine]:
    """A rule per line; the base has the number 0."""
    if declaration.base is not None:
        free = tuple(Written(NOTHING, declaration.base.span) for _ in columns)
        yield RuleLine(0, free, (declaration.base,), declaration.base.span)
    for line in declaration.lines:
        cells = {line.item.text: line.test}
        if (also := _also(line)) is not None:
            cells[also.text] = Written("true", also.span)
        inputs = tuple(cells.get(column, Written(NOTHING, line.span)) for column in columns)
        yield RuleLine(line.number, inputs, (line.points,), line.span, weight=line.weight)


def _grade(declaration: ScorecardDeclaration, grading: Grading) -> DecisionDeclaration:
    """The bands as a table of the score; a veto stands first, in a column of its own."""
    block, veto = declaration.block, grading.veto
    score = replace(block.label, span=grading.label.span)
    rules = []
    if veto is not None:
        truth, free = Written("true", veto.test.span), Written(NOTHING, veto.test.span)
        rules.append(RuleLine(1, (truth, free), (veto.outcome,), veto.test.span))
    for number, band in enumerate(grading.bands, len(rules) + 1):
        cells = (Written(NOTHING, band.test.span), band.test) if veto is not None else (band.test,)
        rules.append(RuleLine(number, cells, (band.outcome,), _whole(band)))
    return DecisionDeclaration(
        block=replace(block, label=grading.label, code=grading.code, span=grading.label.span),
        english="",
        of=declaration.of,
        hit=HitPolicy.FIRST,
        information_class=declaration.information_class,
        inputs=(veto.test, score) if veto is not None else (score,),
        outputs=(OutputHeading(grading.label, grading.code, _grades(grading), grading.label.span),),
        rules=tuple(rules),
    )


def _grades(grading: Grading) -> FieldType:
    """The grades from the top, as the bands stand: what a veto gives stands last unless a band gives it too."""
    outcomes = [band.outcome.text.strip('"') for band in (*grading.bands, grading.veto) if band is not None]
    return FieldType(FieldKind.CHOICE, Text(tuple(dict.fromkeys(outcomes))), grading.label)


def _whole(band: Band) -> Span:
    start, end = band.test.span, band.outcome.span
    return Span(start.file, start.line, start.column, end.end_line, end.end_column)
