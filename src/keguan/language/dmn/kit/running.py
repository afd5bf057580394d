"""Running the kit: every test case of every folder, each by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keguan.language.dmn.budget import Exhausted, budget
from keguan.language.dmn.kit.cases import Case, Cases, Value, read_cases
from keguan.language.dmn.kit.comparison import agrees
from keguan.language.dmn.kit.result import FolderResult, Miss
from keguan.language.dmn.model.deciding import Model
from keguan.language.dmn.model.loading import Library
from keguan.language.dmn.types.text import literal
from keguan.language.dmn.values.dates import Date
from keguan.language.dmn.values.times import DateTime, Time
from keguan.language.dmn.values.zones import Zone
from keguan.language.dmn.xml.fault import Fault
from keguan.language.dmn.xml.reading import read_definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.dmn.xml.definitions import Key

NOW = DateTime(Date(2026, 1, 1), Time(0, Zone(0)))
"""The moment at which the kit is run: no case depends on it, so it is always the same one."""

_LONGEST = 300


def run_kit(root: Path) -> Iterator[FolderResult]:
    """Every folder under ``root`` (or ``root`` itself) that holds models, in order of its name.

    A test case counts as one, and passes when every one of its result nodes is as expected. A file of test cases that
    cannot be read counts as one case that fails.
    """
    for folder in sorted({path.parent for path in root.rglob("*.dmn")}):
        name = folder.relative_to(root).as_posix() if folder != root else folder.resolve().name
        outcomes = [outcome for file in sorted(folder.glob("*.xml")) for outcome in _file(file, name)]
        yield FolderResult(
            name,
            len(outcomes),
            sum(not misses for _, misses in outcomes),
            sum(null for null, _ in outcomes),
            tuple(miss for _, misses in outcomes for miss in misses),
        )


Outcome = tuple[bool, list[Miss]]
"""Of one case: whether nothing but null is expected of it, and what was not as expected."""


def _file(file: Path, folder: str) -> Iterator[Outcome]:
    try:
        cases = read_cases(file.read_bytes(), file.name)
    except Fault as fault:
        yield False, [Miss(folder, file.name, "", "", "", "", fault.zh, fault.en)]
        return
    try:
        model, home = _model(cases, file.parent)
    except Fault as fault:
        for case in cases.cases:
            yield _expects_null(case), [Miss(folder, cases.model, case.id, "", "", "", fault.zh, fault.en)]
        return
    for case in cases.cases:
        misses = [
            Miss(folder, cases.model, case.id, result.name, _short(result.value), _short(got), *_why(model))
            for result, got in _results(model, home, case)
            if not _agrees(result.value, got)
        ]
        yield _expects_null(case), misses


def _expects_null(case: Case) -> bool:
    return all(result.value is None for result in case.results)


def _model(cases: Cases, folder: Path) -> tuple[Model, str]:
    """The model, the others of its folder with it when it imports any, and its namespace. Raises ``Fault``."""
    path = folder / Path(cases.model).name
    if not path.is_file():
        raise Fault(f"没有模型 {cases.model}", f"there is no model {cases.model}")
    home = read_definitions(path.read_bytes(), path.name)
    others = sorted(folder.glob("*.dmn")) if home.imports else []
    beside = [read_definitions(other.read_bytes(), other.name) for other in others if other != path]
    return Model(Library([home, *beside])), home.namespace


def _results(model: Model, home: str, case: Case) -> Iterator[tuple[Value, object]]:
    """What is expected, and what came."""
    library = model.library
    if case.kind != "decision" and case.invoke:
        component = library.find(case.namespace or home, case.invoke)
        arguments = {each.name: each.value for each in case.inputs}
        value = None if component is None else model.invoke(component, arguments, NOW)
        for result in case.results:
            several = isinstance(value, dict) and len(case.results) > 1
            yield result, value.get(result.name) if several and isinstance(value, dict) else value
        return
    given: dict[Key, object] = {}
    for each in case.inputs:
        component = library.find(each.namespace or home, each.name)
        if component is not None:
            given[component.key] = each.value
    for result in case.results:
        component = library.find(result.namespace or home, result.name)
        yield result, None if component is None else model.decide(component, given, NOW)


def _agrees(expected: object, got: object) -> bool:
    try:
        with budget():
            return agrees(expected, got)
    except (Exhausted, RecursionError):  # it is larger than anything that could be expected
        return False


def _short(value: object) -> str:
    try:
        with budget():
            text = literal(value)
    except (Exhausted, RecursionError):
        return "…"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _why(model: Model) -> tuple[str, str]:
    """The first thing that could not be read in the model, if any, as it is the likeliest reason."""
    if not model.faults:
        return "", ""
    fault = model.faults[0]
    return f"{fault.span} {fault.message('zh')}", f"{fault.span} {fault.message('en')}"
