"""Runs the scenario files of a pack on its model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks import kind_of
from keguan.language.blocks.scenario import SCENARIO, ScenarioDeclaration, read_scenario
from keguan.language.diagnostics.catalogue import document
from keguan.language.diagnostics.findings import Findings, suggest
from keguan.language.markdown.document import Block
from keguan.language.markdown.parse import parse_document
from keguan.language.model.lookup import items
from keguan.language.run import Runner, TooLarge
from keguan.language.testing.events import happen, read_day
from keguan.language.testing.expectations import judge
from keguan.language.testing.names import Names, Problem
from keguan.language.testing.result import Failure, ScenarioResult
from keguan.language.testing.staged import is_staged, read_staged
from keguan.language.testing.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Model
    from keguan.language.source import Span
    from keguan.language.testing.staged import Staged


Act = Callable[["Staged"], "ScenarioResult"]
"""Acts a scenario out and says what came of it."""


def run_scenarios(
    model: Model, files: Mapping[str, str], language: str = "zh", act: Act | None = None, *, act_all: bool = False
) -> tuple[ScenarioResult, ...]:
    """Run every scenario of the files (text by file name), in order; failures are worded in ``zh`` or ``en``.

    Those that can only be acted out go to ``act``; without one they are read and left waiting. With ``act_all`` every
    scenario is acted out. Never raises for what an author wrote.
    """
    runners = {record_type: Runner(model, record_type) for record_type in model.computation_order}
    running = _Running(model, runners, language, act, act_all)
    return tuple(result for file in sorted(files) for result in _file(running, file, files[file]))


@dataclass(frozen=True)
class _Running:
    model: Model
    runners: Mapping[str, Runner]
    language: str
    act: Act | None
    act_all: bool


def _file(running: _Running, file: str, text: str) -> Iterator[ScenarioResult]:
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
            yield _result(running, declaration)
    for diagnostic in around.all():
        yield _unread(file, diagnostic.span, (diagnostic,))


def _unread(name: str, span: Span, diagnostics: tuple[Diagnostic, ...]) -> ScenarioResult:
    return ScenarioResult("", name, span, diagnostics, ())


def begins(model: Model, file: str) -> date:
    """The day on which the pack whose scenario file this is takes effect; of a file of none, the day they all do."""
    own = model.policies.get(file.partition("/")[0])
    return own.effective if own else max(policy.effective for policy in model.policies.values())


def _result(running: _Running, scenario: ScenarioDeclaration) -> ScenarioResult:
    """In memory what can be; what cannot, on a stage where there is one."""
    staged_only = is_staged(scenario) or _by_calendar(running.model, scenario)
    if not staged_only and (running.act is None or not running.act_all):
        return _run(running.model, running.runners, scenario, running.language)
    findings = Findings()
    staged = read_staged(running.model, scenario, begins(running.model, scenario.span.file), findings)
    if staged is not None and running.act is not None:
        return running.act(staged)
    return ScenarioResult(scenario.id, scenario.name, scenario.span, findings.all(), (), waiting=staged is not None)


def _by_calendar(model: Model, scenario: ScenarioDeclaration) -> bool:
    """Whether records are filed of which the working calendar says by when that had to be."""
    timed = {name for each in model.record_types.values() if each.timely for name in (each.label.zh, each.code)}
    return any(key.text in timed for item in (*scenario.given, *scenario.events) for key, _ in item.pairs)


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
    except TooLarge as refused:
        failures.append(_no_room(model, str(refused), scenario.span, language))
    return ScenarioResult(scenario.id, scenario.name, scenario.span, findings.all(), tuple(failures))


def _no_room(model: Model, code: str, span: Span, language: str) -> Failure:
    """The failure of a scenario in which something becomes too large to be kept."""
    labels = {item.code: item.label for each in model.record_types for item in items(model, each).values()}
    name = labels[code].text(language) if code in labels else code
    expected, got = (
        ("存得下的数", "太大的数") if language == "zh" else ("a number that can be kept", "one that is too large")
    )
    return Failure(span, name, expected, got, "", "", language)
