"""The one door to the language: text in, models, plans, decisions and explanations out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.check import run_checks
from keguan.language.diagnostics.catalogue import catalogue
from keguan.language.diagnostics.findings import Findings
from keguan.language.explain import Change, Explanation, changes, explain
from keguan.language.link import link
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.lookup import Item, input_classes, items
from keguan.language.model.periods import Period, period
from keguan.language.plan import (
    Computation,
    Movement,
    Statement,
    WriteBack,
    computation,
    movement,
    register,
    write_back,
)
from keguan.language.reference import reference
from keguan.language.run import Outcome, Runner, outcome
from keguan.language.testing import Failure, ScenarioResult, run_scenarios

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Model
    from keguan.language.model.values import Value
    from keguan.language.source import PackSource

__all__ = [
    "Change",
    "Checked",
    "Computation",
    "Explanation",
    "Failure",
    "Item",
    "Movement",
    "Outcome",
    "Period",
    "Runner",
    "ScenarioResult",
    "Statement",
    "WriteBack",
    "catalogue",
    "changes",
    "check",
    "computation",
    "explain",
    "input_classes",
    "items",
    "missing",
    "movement",
    "outcome",
    "period",
    "reference",
    "register",
    "run_scenarios",
    "runner",
    "write_back",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking packs gave: a model exactly when there is no error among the diagnostics."""

    model: Model | None
    diagnostics: tuple[Diagnostic, ...]


def check(packs: Sequence[PackSource]) -> Checked:
    """Read, link and check packs together. Never raises for what an author wrote."""
    findings = Findings()
    model = link(packs, findings)
    if model is not None:
        run_checks(model, findings)
    return Checked(None if findings.failed else model, findings.all())


def runner(model: Model, record_type: str) -> Runner:
    """What computes the facts and decisions of one record. Raises ``KeyError`` for an unknown record type."""
    return Runner(model, record_type)


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
    values = Values(today, parameters_on(model.parameters, today), record, children)
    return tuple(
        field.code
        for field in model.record_types[record_type].fields
        if record.get(field.code) in (None, "")
        and (field.required if isinstance(field.required, bool) else evaluate(field.required, values) is True)
    )
