"""What the checks look at: the model, and its decision tables cut into elementary cases once for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from keguan.language.check.cells import read_column
from keguan.language.check.domain import domains
from keguan.language.check.never_empty import NeverEmpty
from keguan.language.check.table import Table, TooLarge
from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.feel.walk import parameters as parameters_of
from keguan.language.model.evaluate import parameters_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from keguan.language.check.domain import Domain
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.model import Decision, Model
    from keguan.language.model.values import Value


@dataclass(frozen=True, slots=True)
class Analysed:
    """One decision table as it reads between two changes of the parameters it uses.

    ``unknown`` is the first column that cannot be enumerated, or None; then ``table`` holds the other columns only, and
    what it finds to overlap may still be kept apart. ``complete`` is the table over complete records only: the cases in
    which a field that must be filled in is empty are left out.
    """

    decision: Decision
    table: Table
    complete: Table
    unknown: int | None = None


@dataclass
class Subject:
    """One run of the checks."""

    model: Model
    findings: Findings
    _given_up: set[str] = field(default_factory=set)

    @property
    def tables(self) -> tuple[Analysed, ...]:
        """Every table whose columns can all be enumerated."""
        return tuple(each for each in self.analysed if each.unknown is None)

    @cached_property
    def analysed(self) -> tuple[Analysed, ...]:
        """Every decision table; of those with columns that cannot be enumerated that is said."""
        return tuple(analysed for decision in self.model.decisions.values() for analysed in self._analyse(decision))

    def ask(self, question: Callable[[Analysed], None], *, inexact: bool = False) -> None:
        """Put a question to every table whose columns can all be enumerated (and with ``inexact`` to the others too);
        a table that is too large for it is reported once.
        """
        for analysed in self.analysed if inexact else self.tables:
            decision = analysed.decision
            try:
                question(analysed)
            except TooLarge:
                if decision.code not in self._given_up:
                    self._given_up.add(decision.code)
                    self.findings.add(entries.ANALYSIS_LIMIT, decision.span, label=decision.label.zh)

    def _analyse(self, decision: Decision) -> Iterator[Analysed]:
        known, complete = (domains(self.model, decision, each) for each in self._never_empty)
        for parameters in self.snapshots(decision):
            columns = [read_column(decision, index, domain, parameters) for index, domain in enumerate(known)]
            table = Table([column for column in columns if column is not None], len(decision.rules))
            unknown = columns.index(None) if None in columns else None
            if unknown is not None and not decision.hit.collects:
                column = decision.inputs[unknown]
                self.findings.add(entries.ANALYSIS_INEXACT, column.span, label=decision.label.zh, column=column.label)
            yield Analysed(decision, table, self._complete(decision, table, (known, complete), parameters), unknown)

    @cached_property
    def _never_empty(self) -> tuple[NeverEmpty, NeverEmpty]:
        """For all records, and for complete ones."""
        return NeverEmpty(self.model, filled_in=False), NeverEmpty(self.model, filled_in=True)

    def _complete(
        self,
        decision: Decision,
        table: Table,
        known: tuple[tuple[Domain, ...], tuple[Domain, ...]],
        parameters: Mapping[str, Value],
    ) -> Table:
        """The table over complete records; ``table`` itself when it is the same."""
        if known[0] == known[1]:
            return table
        columns = [read_column(decision, index, domain, parameters) for index, domain in enumerate(known[1])]
        return Table([column for column in columns if column is not None], len(decision.rules))

    def snapshots(self, decision: Decision) -> Iterator[Mapping[str, Value]]:
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
