"""Runs the scenario files of a pack on its model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks import kind_of
from keguan.language.blocks.scenario import SCENARIO, ScenarioDeclaration, read_scenario
from keguan.language.diagnostics.catalogue import document
from keguan.language.diagnostics.findings import Findings, suggest
from keguan.language.markdown.document import Block
from keguan.language.markdown.parse import parse_document
from keguan.language.run import Runner
from keguan.language.testing.events import happen, read_day
from keguan.language.testing.expectations import judge
from keguan.language.testing.names import Names, Problem
from keguan.language.testing.result import Failure, ScenarioResult
from keguan.language.testing.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Model
    from keguan.language.source import Span


def run_scenarios(model: Model, files: Mapping[str, str], language: str = "zh") -> tuple[ScenarioResult, ...]:
    """Run every scenario of the files (text by file name), in order; failures are worded in ``zh`` or ``en``.

    Never raises for what an author wrote.
    """
    runners = {record_type: Runner(model, record_type) for record_type in model.computation_order}
    return tuple(result for file in sorted(files) for result in _file(model, runners, file, files[file], language))


def _file(model: Model, runners: Mapping[str, Runner], file: str, text: str, language: str) -> Iterator[ScenarioResult]:
    around = Findings()
    for element in parse_document(file, text, around).elements:
        if not isinstance(element, Block):
            continue
        findings = Findings()
        kind = kind_of(element)
        if kind is not SCENARIO:
            findings.add(
                document.BLOCK_UNKNOWN,
                element.kind.span,
                kind=element.kind.text,
                **suggest(element.kind.text, [SCENARIO.zh]),
            )
            yield _unread(element.label.text, element.span, findings.all())
            continue
        declaration = read_scenario(element, findings)
        if declaration is None or findings.failed:
            yield _unread(element.label.text, element.span, findings.all())
        else:
            yield _run(model, runners, declaration, language)
    for diagnostic in around.all():
        yield _unread(file, diagnostic.span, (diagnostic,))


def _unread(name: str, span: Span, diagnostics: tuple[Diagnostic, ...]) -> ScenarioResult:
    return ScenarioResult("", name, span, diagnostics, ())


def begins(model: Model, file: str) -> date:
    """The day on which the pack whose scenario file this is takes effect; of a file of none, the day they all do."""
    own = model.policies.get(file.partition("/")[0])
    return own.effective if own else max(policy.effective for policy in model.policies.values())


def _run(model: Model, runners: Mapping[str, Runner], scenario: ScenarioDeclaration, language: str) -> ScenarioResult:
    findings = Findings()
    failures: list[Failure] = []
    names = Names(model, findings)
    try:
        today = begins(model, scenario.span.file)
        if scenario.date is not None:
            today = read_day(scenario.date, names)
        world = World(model, runners, today)
        for item in (*scenario.given, *scenario.events):
            happen(item, world, names)
        world.compute()
        for item in scenario.expected:
            failures.extend(judge(item, world, names, language))
    except Problem:
        pass
    return ScenarioResult(scenario.id, scenario.name, scenario.span, findings.all(), tuple(failures))
