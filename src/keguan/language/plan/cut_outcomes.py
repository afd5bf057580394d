"""Quotas among the definitions of a record type: the outcome by the table gets a name of its own, and what is left
after the cut has the outcome's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, FieldRef, Literal, Operator
from keguan.language.feel.types import BOOLEAN, TEXT, Number
from keguan.language.model.model import Decision
from keguan.language.model.naming import by_table_column, trail_column
from keguan.language.plan.context import Cutting
from keguan.language.plan.cutting import chain_of
from keguan.language.plan.definition import Definition, Looked, Template
from keguan.language.plan.layers import Stored
from keguan.language.plan.statement import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from keguan.language.feel.types import Type
    from keguan.language.model.cuts import Cut
    from keguan.language.model.model import Fact, Model, OutputColumn
    from keguan.language.plan.cutting import CutStep
    from keguan.language.plan.layers import Key

_NUMBER = Number(0)
OUTCOME = "outcome"
"""The column with the outcome after the cut, in the temporary table of those that were cut."""


def cut_outputs(model: Model, record_type: str) -> tuple[tuple[OutputColumn, tuple[Cut, ...]], ...]:
    """The outcomes of a record type that quotas cut, each with these."""
    decisions = (step for step in model.computations.get(record_type, ()) if isinstance(step, Decision))
    return tuple(
        (output, cuts)
        for decision in decisions
        for output in decision.outputs
        if (cuts := tuple(cut for cut in decision.cuts if cut.output == output.code))
    )


def cut_table(number: int) -> str:
    """The temporary table of how some records were cut, for the outcome of this place in ``cut_outputs``."""
    return f"keguan_cut_{number}"


class DecisionCuts:
    """Lays the quotas of one record type over its decisions."""

    def __init__(self, model: Model, record_type: str, today: date, cutting: Cutting) -> None:
        self._model = model
        self._today = today
        self._cutting = cutting
        found = () if cutting is Cutting.NONE else cut_outputs(model, record_type)
        self._cuts = {output.code: (number, output, cuts) for number, (output, cuts) in enumerate(found)}
        self._waits = {cut.waits for _output, cuts in found for cut in cuts if cut.waits}

    def laid_over_fact(self, fact: Fact) -> list[Definition]:
        """The definition of a fact; none where a quota says it, which the decision's have."""
        return [] if fact.code in self._waits else [Definition(fact.code, fact.type, fact.expression)]

    def laid_over(self, decision: Decision, made: list[Definition]) -> list[Definition]:
        """The definitions of a decision with the cuts of its outcomes."""
        codes = [output.code for output in decision.outputs if output.code in self._cuts]
        named = [replace(each, name=by_table_column(each.name)) if each.name in codes else each for each in made]
        for code in codes:
            named += self._windows(code) if self._cutting is Cutting.ALL else self._looked(code)
        return named

    def columns(self, decision: Decision) -> Iterator[Column]:
        """The columns that the cuts of a decision add to it."""
        for output in decision.outputs:
            if output.code in self._cuts:
                yield Column(by_table_column(output.code), output.type, ColumnKind.TABLE, decision.code)
        for cut in decision.cuts if self._cuts else ():
            yield Column(trail_column(cut.quota), TEXT, ColumnKind.TRAIL, decision.code)

    def _windows(self, code: str) -> Iterator[Definition]:
        _number, output, cuts = self._cuts[code]
        chain = chain_of(code, output.type, cuts, self._model, self._today)
        yield from map(_defined, chain.steps)
        yield Definition(code, output.type, FieldRef(chain.outcome, output.type))
        for quota, name in chain.trails.items():
            yield Definition(trail_column(quota), TEXT, FieldRef(name, TEXT))
        for fact, name in chain.waits.items():
            yield Definition(fact, BOOLEAN, _is_one(name))

    def _looked(self, code: str) -> Iterator[Definition]:
        """What was found out before; a record that was not among those stays what it is."""
        number, output, cuts = self._cuts[code]
        table = cut_table(number)

        def found(name: str, column: str, type_: Type) -> Definition:
            reads: dict[str, Key] = {
                "cut": Looked(table, "id", _NUMBER),
                "now": Looked(table, column, type_),
                "was": Stored(name, type_),
            }
            text = Template("CASE WHEN {cut} IS NULL THEN {was} ELSE {now} END", reads)
            return Definition(name, type_, Literal(None, type_), template=text)

        yield found(code, OUTCOME, output.type)
        for cut in cuts:
            trail = trail_column(cut.quota)
            text = Template("{cut}", {"cut": Looked(table, trail, TEXT)})
            yield Definition(trail, TEXT, Literal(None, TEXT), template=text)
            if cut.waits:
                yield found(cut.waits, cut.waits, BOOLEAN)


def _defined(step: CutStep) -> Definition:
    reads: dict[str, Key] = {name: name for name in step.reads}
    template = Template(step.template, reads, over=step.over)
    return Definition(step.name, step.type, Literal(None, step.type), template=template)


def _is_one(name: str) -> Binary:
    return Binary(Operator.EQUAL, FieldRef(name, _NUMBER), Literal(1, _NUMBER), BOOLEAN)
