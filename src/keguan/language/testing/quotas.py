"""Quotas in a scenario's world: all records of a type are at hand, so they are cut as the system cuts them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.model.model import Decision
from keguan.language.model.naming import rule_column
from keguan.language.run import Runner
from keguan.language.run.cutting import after_cuts, member

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.language.model.values import Value
    from keguan.language.testing.world import Stored

    Run = Callable[[Runner, Stored], dict[str, Value]]


class Quotas:
    """Cuts the outcomes of one record type, one decision after the other, and has computed again what reads them."""

    def __init__(self, model: Model, record_type: str) -> None:
        steps = model.computations.get(record_type, ())
        self._model = model
        self._decisions = [step for step in steps if isinstance(step, Decision) and step.cuts]
        self._runners: list[Runner] = []
        done: set[str] = set()
        for decision in self._decisions:
            done |= {decision.code, *(cut.waits for cut in decision.cuts if cut.waits)}
            rest = tuple(step for step in steps if step.code not in done)
            made = {**model.computations, record_type: rest}
            self._runners.append(Runner(replace(model, computations=made), record_type))

    def cut(self, records: Sequence[Stored], today: date, run: Run) -> None:
        """Cut these records, which are all of the type and computed; ``run`` computes one of them again."""
        for decision, runner in zip(self._decisions, self._runners, strict=True):
            for stored, decided in zip(records, self._after(decision, records, today), strict=True):
                kept = {code: value for code, value in stored.computed.items() if code not in decided}
                stored.computed = kept | decided
            for stored in records:
                stored.computed |= run(runner, stored)

    def _after(self, decision: Decision, records: Sequence[Stored], today: date) -> list[dict[str, Value]]:
        """What the decision comes to for each record once its quotas have cut."""
        codes = [*(output.code for output in decision.outputs), rule_column(decision.code)]
        found: list[dict[str, Value]] = [{code: stored.computed[code] for code in codes} for stored in records]
        for output in decision.outputs:
            cuts = [cut for cut in decision.cuts if cut.output == output.code]
            members = []
            for stored in records:
                given = stored.computed[output.code]
                by_table = given if isinstance(given, str) else None
                members.append(member(stored.id, by_table, cuts, stored.computed))
            for values, each in zip(found, after_cuts(cuts, members, self._model, today) if cuts else (), strict=False):
                values[output.code] = each.outcome
                values |= {cut.waits: cut.quota in each.waits for cut in cuts if cut.waits}
        return found
