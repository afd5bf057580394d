"""What the checks look at: the model, and its decision tables cut into elementary cases once for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from keguan.language.check.cells import read_column
from keguan.language.check.domain import domains
from keguan.language.check.table import Table, TooLarge
from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.feel.walk import parameters as parameters_of
from keguan.language.model.evaluate import parameters_on
from keguan.language.model.model import HitPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.model import Decision, Model
    from keguan.language.model.values import Value


@dataclass(frozen=True, slots=True)
class Analysed:
    """One decision table as it reads between two changes of the parameters it uses."""

    decision: Decision
    table: Table


@dataclass
class Subject:
    """One run of the checks."""

    model: Model
    findings: Findings
    _given_up: set[str] = field(default_factory=set)

    @cached_property
    def tables(self) -> tuple[Analysed, ...]:
        """Every table whose columns can be enumerated; the others are reported."""
        return tuple(analysed for decision in self.model.decisions.values() for analysed in self._analyse(decision))

    def ask(self, question: Callable[[Analysed], None]) -> None:
        """Put a question to every table; one that is too large for it is reported once."""
        for analysed in self.tables:
            decision = analysed.decision
            try:
                question(analysed)
            except TooLarge:
                if decision.code not in self._given_up:
                    self._given_up.add(decision.code)
                    self.findings.add(entries.ANALYSIS_LIMIT, decision.span, label=decision.label.zh)

    def _analyse(self, decision: Decision) -> Iterator[Analysed]:
        known = domains(self.model, decision)
        for parameters in self._snapshots(decision):
            columns = [read_column(decision, index, domain, parameters) for index, domain in enumerate(known)]
            exact = [column for column in columns if column is not None]
            table = Table(exact, len(decision.rules))
            if len(exact) == len(columns):
                yield Analysed(decision, table)
            else:
                self._report_inexact(decision, columns.index(None), table)

    def _report_inexact(self, decision: Decision, index: int, exact: Table) -> None:
        """Say which column is not enumerated and, of a table that hits uniquely, whether the other columns alone keep
        its rows apart.
        """
        label, column = decision.label.zh, decision.inputs[index]
        self.findings.add(entries.ANALYSIS_INEXACT, column.span, label=label, column=column.label)
        if decision.hit is not HitPolicy.UNIQUE:
            return
        for row, rule in enumerate(decision.rules):
            others = 0 if exact.never(row) else exact.overlapping(row)
            if others:
                first = decision.rules[(others & -others).bit_length() - 1].number
                numbers = {"first": first, "second": rule.number}
                self.findings.add(entries.OVERLAP_UNPROVEN, rule.span, label=label, column=column.label, **numbers)
                return

    def _snapshots(self, decision: Decision) -> Iterator[Mapping[str, Value]]:
        """The parameters on each day on which one that the table uses changes."""
        used = {
            code for rule in decision.rules for test in rule.tests if test is not None for code in parameters_of(test)
        }
        parameters = {code: self.model.parameters[code] for code in used}
        days: set[date] = {value.since for parameter in parameters.values() for value in parameter.values}
        if not days:
            yield {}
        for day in sorted(days):
            snapshot = parameters_on(parameters, day)
            if None not in snapshot.values():
                yield snapshot
