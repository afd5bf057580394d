"""The one door to the language: text in, models, plans, decisions and explanations out.

Nothing behind the door is loaded before it is asked for: what only prints or only checks starts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from keguan.language.blocks import kind_by_code as block_kind
    from keguan.language.diagnostics.catalogue import catalogue
    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.dmn.kit.result import FolderResult
    from keguan.language.explain import Difference, Explanation, Reach, What, differences, explain
    from keguan.language.format import format_policy
    from keguan.language.model.lookup import Item, input_classes, items
    from keguan.language.model.model import Model
    from keguan.language.model.periods import Period, period
    from keguan.language.model.values import Value
    from keguan.language.paper import (
        Brought,
        Dropped,
        Letter,
        Receipt,
        Signature,
        Signer,
        Suggestion,
        Unreadable,
        bring_in,
        print_letter,
        print_policy,
        suggestions,
    )
    from keguan.language.plan import (
        SUM_UNIT,
        Computation,
        DecisionSimulation,
        FactSimulation,
        QuotaSimulation,
        Regrouping,
        Simulation,
        Statement,
        Sums,
        WriteBack,
        computation,
        cut_outputs,
        ending,
        figure_records,
        figure_values,
        keeping,
        on_day,
        quota_simulation,
        register,
        regrouping,
        simulation,
        values_of,
        write_back,
    )
    from keguan.language.reference import reference
    from keguan.language.run import Outcome, Runner, outcome
    from keguan.language.source import PackSource
    from keguan.language.testing import Failure, ScenarioResult, propose, run_scenarios

__all__ = [
    "SUM_UNIT",
    "Brought",
    "Checked",
    "Computation",
    "DecisionSimulation",
    "Difference",
    "Dropped",
    "Explanation",
    "FactSimulation",
    "Failure",
    "FolderResult",
    "Item",
    "Letter",
    "Outcome",
    "Period",
    "QuotaSimulation",
    "Reach",
    "Receipt",
    "Regrouping",
    "Runner",
    "ScenarioResult",
    "Signature",
    "Signer",
    "Simulation",
    "Statement",
    "Suggestion",
    "Sums",
    "Unreadable",
    "What",
    "WriteBack",
    "block_kind",
    "bring_in",
    "catalogue",
    "check",
    "computation",
    "cut_outputs",
    "differences",
    "ending",
    "explain",
    "figure_records",
    "figure_values",
    "format_policy",
    "input_classes",
    "items",
    "keeping",
    "missing",
    "on_day",
    "outcome",
    "period",
    "print_letter",
    "print_policy",
    "propose",
    "quota_simulation",
    "reference",
    "register",
    "regrouping",
    "run_kit",
    "run_scenarios",
    "runner",
    "simulation",
    "suggestions",
    "values_of",
    "write_back",
]

_BEHIND: dict[str, tuple[str, ...]] = {
    "blocks": ("kind_by_code",),
    "diagnostics.catalogue": ("catalogue",),
    "dmn.kit.result": ("FolderResult",),
    "explain": ("Difference", "Explanation", "Reach", "What", "differences", "explain"),
    "format": ("format_policy",),
    "model.lookup": ("Item", "input_classes", "items"),
    "model.periods": ("Period", "period"),
    "paper": (
        "Brought",
        "Dropped",
        "Letter",
        "Receipt",
        "Signature",
        "Signer",
        "Suggestion",
        "Unreadable",
        "bring_in",
        "print_letter",
        "print_policy",
        "suggestions",
    ),
    "plan": (
        "Computation",
        "DecisionSimulation",
        "FactSimulation",
        "QuotaSimulation",
        "Regrouping",
        "SUM_UNIT",
        "Simulation",
        "Statement",
        "Sums",
        "WriteBack",
        "computation",
        "cut_outputs",
        "figure_records",
        "figure_values",
        "ending",
        "keeping",
        "on_day",
        "quota_simulation",
        "register",
        "regrouping",
        "simulation",
        "values_of",
        "write_back",
    ),
    "reference": ("reference",),
    "run": ("Outcome", "Runner", "outcome"),
    "testing": ("Failure", "ScenarioResult", "propose", "run_scenarios"),
}
"""What stands behind the door, by the module that it stands in."""

_OTHER_NAMES = {"block_kind": "kind_by_code"}
"""What is called otherwise out here, because its own name says too little."""

_PLACES = {name: module for module, names in _BEHIND.items() for name in names}

if not TYPE_CHECKING:  # so that a name that is not there is still an error to the type checker

    def __getattr__(name: str) -> object:
        """Load what is asked for and keep it."""
        own = _OTHER_NAMES.get(name, name)
        if own not in _PLACES or name not in __all__:
            raise AttributeError(name)
        found = getattr(import_module(f"keguan.language.{_PLACES[own]}"), own)
        globals()[name] = found
        return found


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking packs gave: a model exactly when there is no error among the diagnostics."""

    model: Model | None
    diagnostics: tuple[Diagnostic, ...]


def check(packs: Sequence[PackSource]) -> Checked:
    """Read, link and check packs together. Never raises for what an author wrote."""
    from keguan.language.check import run_checks
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link import link

    findings = Findings()
    model = link(packs, findings)
    if model is not None:
        run_checks(model, findings)
    return Checked(None if findings.failed else model, findings.all())


def run_kit(folder: Path) -> Iterator[FolderResult]:
    """Run DMN's public conformance kit, folder by folder. A file that cannot be read is a test case that fails."""
    from keguan.language.dmn.kit.running import run_kit as run  # only whoever runs the kit needs DMN

    return run(folder)


def runner(model: Model, record_type: str) -> Runner:
    """What computes the facts and decisions of one record. Raises ``KeyError`` for an unknown record type."""
    from keguan.language.run import Runner as Runs

    return Runs(model, record_type)


def missing(
    model: Model,
    record_type: str,
    record: Mapping[str, Value],
    children: Mapping[tuple[str, str], Sequence[Mapping[str, Value]]],
    today: date,
) -> tuple[str, ...]:
    """The codes of the fields that are required of this record and empty.

    ``record`` holds its fields, facts and outcomes by code; for a sensitive field anything but None says that it is
    filled. ``children`` are keyed by (child record type, reference field), as for a ``Runner``.
    """
    from keguan.language.model.evaluate import Values, evaluate, parameters_on

    values = Values(today, parameters_on(model.parameters, today), record, children)
    return tuple(
        field.code
        for field in model.record_types[record_type].fields
        if record.get(field.code) in (None, "")
        and (field.required if isinstance(field.required, bool) else evaluate(field.required, values) is True)
    )
