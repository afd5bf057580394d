"""Fact and decision declarations → facts and decisions, every expression typed.

Names come before expressions: first every fact's declared type and every decision's result types enter the scopes,
then the expressions are typed, so that the order of writing does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.blocks.decision import DecisionDeclaration, ExceptionDeclaration
from keguan.language.blocks.fact import FactDeclaration
from keguan.language.blocks.quota import QuotaDeclaration
from keguan.language.blocks.scorecard import ScorecardDeclaration
from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.diagnostics.findings import Findings
from keguan.language.feel import walk
from keguan.language.feel.typed import FieldRef, ParentRef
from keguan.language.feel.types import TEXT
from keguan.language.link.codes import Taken, check_code, check_label, make_label
from keguan.language.link.exceptions import lay_over
from keguan.language.link.outputs import NOTHING, infer_outputs
from keguan.language.link.rules import link_rules, name_of
from keguan.language.link.scorecards import expand
from keguan.language.link.waiting import waits
from keguan.language.link.written import written_expression
from keguan.language.model.model import Decision, Fact, FieldKind, InputColumn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.blocks.fact import FactLine
    from keguan.language.link.packs import Declared, Pack
    from keguan.language.link.records import Draft, RecordNames
    from keguan.language.link.scopes import RecordScope, Scopes
    from keguan.language.markdown.document import Written
    from keguan.language.model.model import LaidOver, OutputColumn, Parameter, Rule

NOT_COMPUTED = frozenset({FieldKind.REFERENCE, FieldKind.PERIOD})


@dataclass(frozen=True, slots=True)
class _FactDraft:
    line: FactLine
    declared: Declared
    record_type: str


@dataclass(frozen=True, slots=True)
class _DecisionDraft:
    declaration: DecisionDeclaration
    declared: Declared
    record_type: str
    exceptions: tuple[LaidOver, ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """Facts by record type, and decisions by code."""

    facts: Mapping[str, tuple[Fact, ...]]
    decisions: Mapping[str, Decision]


def link_computed(
    packs: Sequence[Pack],
    drafts: Mapping[str, Draft],
    known: RecordNames,
    parameters: Mapping[str, Parameter],
    scopes: Scopes,
    findings: Findings,
) -> Computed:
    """Link all facts and decisions."""
    facts, decisions = _collect(packs, known, parameters, scopes, findings)
    facts = [fact for fact in facts if _declare_fact(fact, drafts, scopes, findings)]
    blocks = (each.declaration for pack in packs for each in pack.declared)
    exceptions = [block for block in blocks if isinstance(block, ExceptionDeclaration)]
    decisions = _declare_decisions(decisions, exceptions, drafts, findings)
    outputs = _infer_all(decisions, scopes, findings)
    linked: dict[str, list[Fact]] = {code: [] for code in drafts}
    for fact in facts:
        made = _fact(fact, scopes, findings)
        if made is not None:
            linked[fact.record_type].append(made)
    result = {}
    for draft in decisions:
        code = draft.declaration.block.code.text
        if code in outputs:
            decision = _decision(draft, outputs[code], scopes, findings)
            if decision is not None:
                result[code] = decision
    return Computed({code: tuple(made) for code, made in linked.items()}, result)


def _collect(
    packs: Sequence[Pack],
    known: RecordNames,
    parameters: Mapping[str, Parameter],
    scopes: Scopes,
    findings: Findings,
) -> tuple[list[_FactDraft], list[_DecisionDraft]]:
    """Facts and decisions with their record types: scorecards taken apart, exceptions laid over."""
    facts: list[_FactDraft] = []
    decisions: list[tuple[DecisionDeclaration, Declared]] = []
    exceptions: list[tuple[ExceptionDeclaration, Declared]] = []
    waiting: list[tuple[QuotaDeclaration, Declared]] = []
    for declared in (each for pack in packs for each in pack.declared):
        declaration = declared.declaration
        if isinstance(declaration, ExceptionDeclaration):
            exceptions.append((declaration, declared))
        elif isinstance(declaration, DecisionDeclaration):
            decisions.append((declaration, declared))
        elif isinstance(declaration, QuotaDeclaration):
            waiting.append((declaration, declared))
        elif isinstance(declaration, FactDeclaration | ScorecardDeclaration):
            record_type = known.find(declaration.of, declared.pack, findings)
            if record_type is None:
                continue
            if isinstance(declaration, FactDeclaration):
                facts.extend(_FactDraft(line, declared, record_type) for line in declaration.lines)
                continue
            scored = expand(declaration, scopes.inside(record_type), parameters, findings)
            decisions.extend((made, declared) for made in scored.decisions)
            if scored.fact is not None:
                facts.append(_FactDraft(scored.fact, declared, record_type))
    reach = {pack.id: pack.reach for pack in packs}
    drafts = []
    for declaration, declared, laid in lay_over(decisions, exceptions, reach, findings):
        record_type = known.find(declaration.of, declared.pack, findings)
        if record_type is not None:
            drafts.append(_DecisionDraft(declaration, declared, record_type, laid))
    facts.extend(_FactDraft(line, declared, record_type) for line, declared, record_type in waits(waiting, drafts))
    return facts, drafts


def _declare_fact(fact: _FactDraft, drafts: Mapping[str, Draft], scopes: Scopes, findings: Findings) -> bool:
    line = fact.line
    if not (check_code(line.code, findings, column=True) and check_label(line.label, findings)):
        return False
    if not drafts[fact.record_type].taken.claim(line.code, line.label, findings):
        return False
    if line.type.kind in NOT_COMPUTED:
        findings.add(entries.OUTPUT_KIND, line.type.written.span, type=line.type.written.text)
        return False
    label = make_label(line.label.text, line.english, line.code.text)
    scopes.add(fact.record_type, label, line.code.text, line.type.type)
    return True


def _declare_decisions(
    decisions: Sequence[_DecisionDraft],
    exceptions: Sequence[ExceptionDeclaration],
    drafts: Mapping[str, Draft],
    findings: Findings,
) -> list[_DecisionDraft]:
    taken = Taken()
    for exception in exceptions:
        if check_code(exception.block.code, findings):
            taken.claim(exception.block.code, exception.block.label, findings)
    kept = []
    for decision in decisions:
        block = decision.declaration.block
        well_formed = check_code(block.code, findings)
        for output in decision.declaration.outputs:
            claimed = (
                check_code(output.code, findings, column=True)
                and check_label(output.label, findings)
                and drafts[decision.record_type].taken.claim(output.code, output.label, findings)
            )
            if output.type is not None and output.type.kind in NOT_COMPUTED:
                findings.add(entries.OUTPUT_KIND, output.type.written.span, type=output.type.written.text)
                claimed = False
            well_formed = well_formed and claimed
        if well_formed and taken.claim(block.code, block.label, findings):
            kept.append(decision)
    return kept


def _infer_all(
    decisions: Sequence[_DecisionDraft], scopes: Scopes, findings: Findings
) -> dict[str, tuple[OutputColumn, ...]]:
    """Result columns by decision. A result that reads another decision's outcome waits until that one is known."""
    outputs: dict[str, tuple[OutputColumn, ...]] = {}
    waiting = list(decisions)
    while waiting:
        again = []
        for draft in waiting:
            trial = Findings()
            made = infer_outputs(draft.declaration, scopes.inside(draft.record_type), trial)
            if made is None:
                again.append((draft, trial))
                continue
            findings.extend(trial.all())
            outputs[draft.declaration.block.code.text] = made
            for output in made:
                kept = TEXT if draft.declaration.hit.lists else output.type
                scopes.add(draft.record_type, output.label, output.code, kept)
        if len(again) == len(waiting):
            for _, trial in again:
                findings.extend(trial.all())
            break
        waiting = [draft for draft, _ in again]
    return outputs


def _fact(fact: _FactDraft, scopes: Scopes, findings: Findings) -> Fact | None:
    line = fact.line
    scope = scopes.inside(fact.record_type)
    typed = written_expression(line.formula, scope, findings, line.type.type, scope.own_names)
    if typed is None:
        return None
    return Fact(
        code=line.code.text,
        label=make_label(line.label.text, line.english, line.code.text),
        kind=line.type.kind,
        type=line.type.type,
        record_type=fact.record_type,
        expression=typed,
        text=line.formula.text,
        information_class=line.information_class.text,
        clause=fact.declared.clause,
        span=line.span,
    )


def _input(heading: Written, draft: _DecisionDraft, scopes: Scopes, findings: Findings) -> InputColumn | None:
    scope = scopes.inside(draft.record_type)
    typed = written_expression(heading, scope, findings, own=scope.own_names)
    return None if typed is None else InputColumn(heading.text, typed, heading.span)


def _decision(
    draft: _DecisionDraft, outputs: tuple[OutputColumn, ...], scopes: Scopes, findings: Findings
) -> Decision | None:
    declaration, scope = draft.declaration, scopes.inside(draft.record_type)
    made = [_input(heading, draft, scopes, findings) for heading in declaration.inputs]
    rules = link_rules(declaration, made, outputs, scope, findings)
    if None in made:
        return None
    inputs = tuple(column for column in made if column is not None)
    if declaration.scores:
        inputs, rules = _with_read(inputs, rules, scope)
    block = declaration.block
    return Decision(
        code=block.code.text,
        label=make_label(block.label.text, declaration.english, block.code.text),
        record_type=draft.record_type,
        hit=declaration.hit,
        inputs=inputs,
        outputs=outputs,
        rules=rules,
        information_class=declaration.information_class.text,
        clause=draft.declared.clause,
        span=block.span,
        exceptions=draft.exceptions,
        declared_hit=declaration.declared_hit,
        scores=declaration.scores,
    )


def _with_read(
    inputs: tuple[InputColumn, ...], rules: Sequence[Rule], scope: RecordScope
) -> tuple[tuple[InputColumn, ...], tuple[Rule, ...]]:
    """What the points of a scorecard are worked out from becomes input columns too, so that it is kept with them."""
    given = {column.expression for column in inputs}
    read = {
        part: rule.span
        for rule in rules
        for result in rule.results
        for part in walk(result, into_children=False)
        if isinstance(part, FieldRef | ParentRef) and part not in given
    }
    more = tuple(InputColumn(name_of(scope, part), part, span) for part, span in read.items())
    free = (None,) * len(more)
    widened = tuple(
        replace(
            rule,
            tests=rule.tests + free,
            cells=rule.cells + (NOTHING,) * len(more),
            cell_spans=rule.cell_spans + (rule.span,) * len(more),
        )
        for rule in rules
    )
    return inputs + more, widened
