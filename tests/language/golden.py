"""Golden files: a policy (and what goes with it) and what checking it must give, in one readable file.

A file is one or more documents, each after a line ``%%% <pack>/<file>`` (the first may go without: it is then
``sample/policy.md``), and at the end, in an HTML comment, what is expected. ``%%% scenarios/<file>`` is a scenario
file; ``%%% sample#2/policy.md`` is a second pack of the id ``sample``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language import api
from keguan.language.model.conditions import is_hidden
from keguan.language.model.lookup import items
from keguan.language.model.model import Decision
from keguan.language.source import PackSource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Model

_SECTION = re.compile(r"^%%% (\S+)\n", re.MULTILINE)
_EXPECTED = re.compile(r"\n*<!-- expected\n(.*)\n-->\n?\Z", re.DOTALL)


@dataclass(frozen=True)
class Golden:
    """One golden file, read."""

    path: Path
    source: str
    expected: str
    packs: tuple[PackSource, ...]
    scenarios: dict[str, str]

    def result(self) -> str:
        """What checking the file gives now."""
        return "\n".join(self._lines())

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found in its packs and its scenarios."""
        checked = api.check(self.packs)
        found = list(checked.diagnostics)
        if checked.model is not None:
            for result in api.run_scenarios(checked.model, self.scenarios):
                found.extend(result.diagnostics)
        return tuple(found)

    def accept(self) -> None:
        """Write what it gives now as what is expected."""
        self.path.write_text(f"{self.source}\n\n<!-- expected\n{self.result()}\n-->\n", encoding="utf-8")

    def _lines(self) -> Iterator[str]:
        checked = api.check(self.packs)
        for diagnostic in checked.diagnostics:
            yield from _diagnostic(diagnostic)
        if checked.model is None:
            return
        if "good" in self.path.parts:
            yield from _model(checked.model)
        for result in api.run_scenarios(checked.model, self.scenarios):
            outcome = "waiting" if result.waiting else "passed" if result.passed else "failed"
            yield f"scenario {result.id} {result.name}: {outcome}"
            for diagnostic in result.diagnostics:
                yield from _diagnostic(diagnostic)
            for failure in result.failures:
                yield f"  {failure.span} {failure.sentence()}"


def read_golden(path: Path) -> Golden:
    """Read one golden file."""
    text = path.read_text(encoding="utf-8")
    found = _EXPECTED.search(text)
    source = text[: found.start()] if found else text.rstrip("\n")
    parts = _SECTION.split(source + "\n")
    sections = {"sample/policy.md": parts[0]} if parts[0] else {}
    sections |= dict(zip(parts[1::2], parts[2::2], strict=True))
    packs: dict[str, dict[str, str]] = {}
    scenarios = {}
    for name, content in sections.items():
        folder, _, file = name.partition("/")
        if folder == "scenarios":
            scenarios[name] = content
        else:
            packs.setdefault(folder, {})[file] = content
    sources = tuple(
        PackSource(folder.partition("#")[0], {name: text for name, text in files.items() if name})
        for folder, files in packs.items()
    )
    return Golden(path, source, found.group(1) if found else "", sources, scenarios)


def _diagnostic(diagnostic: Diagnostic) -> Iterator[str]:
    span = diagnostic.span
    yield f"{diagnostic.id} {diagnostic.severity} {span}-{span.end_line}:{span.end_column}"
    for language in ("zh", "en"):
        yield f"  {diagnostic.message(language)} {diagnostic.hint(language)}"


def _model(model: Model) -> Iterator[str]:
    """What the packs mean, one line each."""
    for policy in model.policies.values():
        yield f"policy {policy.id} {policy.version} from {policy.effective}: {policy.title}"
        for clause in policy.clauses:
            parts = [part.control.kind if part.control else "prose" for part in clause.parts]
            yield f"  {clause.ref.number} {clause.ref.title} #{clause.ref.anchor} [{', '.join(parts)}]"
    for record_type in model.record_types.values():
        columns = ", ".join(record_type.columns) or "-"
        yield f"record {record_type.code} shown by {record_type.title}, listed by {columns}"
        for item in items(model, record_type.code).values():
            yield f"  {item.code} {item.kind} ({item.information_class}) {item.label.zh} / {item.label.en}"
    for parameter in model.parameters.values():
        values = ", ".join(f"{value.value} from {value.since}" for value in parameter.values)
        yield f"parameter {parameter.code} {parameter.kind}: {values}"
    for role in model.roles.values():
        apart = f", separate as {role.separation}" if role.separation is not None else ""
        apart += f", excludes {', '.join(sorted(role.excludes))}" if role.excludes else ""
        yield f"role {role.code} sees {role.scope}, reveals {role.reveal}: {', '.join(sorted(role.classes))}{apart}"
    for code in model.computation_order:
        steps = [computed for computed in model.computations[code] if not is_hidden(computed.code)]
        yield f"compute {code}: {', '.join(computed.code for computed in steps)}"
        for computed in steps:
            if isinstance(computed, Decision):
                yield f"  decision {computed.code} {computed.hit}: {len(computed.rules)} rules"
