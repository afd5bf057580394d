"""Trying a change on the records: both versions computed from the same rows at once; nothing is written or held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from time import perf_counter
from typing import TYPE_CHECKING, Any

from keguan.runtime import clock
from keguan.runtime.decisions.reading import live
from keguan.runtime.decisions.simulated import Simulated, SimulatedDecision, SimulatedFlow
from keguan.runtime.decisions.simulated_names import NAMED_EACH, NAMED_MOST, Namer
from keguan.runtime.decisions.simulated_quotas import QuotaCuts
from keguan.runtime.decisions.simulated_totals import Totals
from keguan.runtime.decisions.stored_history import typed
from keguan.runtime.policies.language_door import differences, simulation
from keguan.runtime.policies.queries import current, latest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.decisions.reading import Reading
    from keguan.runtime.policies.language_door import DecisionSimulation, Difference, Simulation

SIMULATED_KINDS = frozenset(
    {"record", "fact", "parameter", "decision", "scorecard", "quota", "clause", "prose", "policy"}
)
"""Differences in these are in the figures, or have no effect to work out."""

_DIRECTIONS = {(0, -1): "down", (0, 0): "same", (0, 1): "up", (None, 0): "gained", (0, None): "lost"}


@dataclass(frozen=True)
class Question:
    """What is to be tried: ``new`` in place of ``old`` (the policy in force), for the parameters of ``day`` (today).

    ``tables`` is the model that the tables were made for, the last one published. ``reading`` says where: in the
    database in use, or in a snapshot. ``each`` is how many of every flow are named.
    """

    new: Model
    old: Model | None = None
    tables: Model | None = None
    day: date | None = None
    each: int = NAMED_EACH
    reading: AbstractContextManager[Reading] = field(default_factory=live)


def simulate(viewer: Viewer, question: Question) -> Simulated:
    """Work out what the change would do. Names and reasons are the viewer's to see; figures are over all records.

    Raises ``Refused`` while nothing is in force, and ``Cancelled`` when asked to stop.
    """
    old = question.old or current().model
    last = latest()
    tables = question.tables or (old if last is None else last.model)
    day = question.day or clock.today()
    begun = perf_counter()
    told = differences(old, question.new)
    with question.reading as reading:
        namer = Namer(viewer, old, question.new, tables, _noon(day))
        plan = simulation(
            old, question.new, reading.dialect, day, tables=tables, within=lambda *of: namer.within(*of)[0]
        )
        totals = Totals(viewer, (question.new, old))
        decisions = tuple(_decision(each, question.each, totals, reading, namer) for each in plan.decisions)
        cuts = QuotaCuts(viewer, old, question.new, tables, day)
        quotas = tuple(cuts.all(reading, namer, question.each)) if _touch_quotas(told, plan) else ()
        facts = tuple(fact for each in plan.facts for fact in totals.facts(each, reading))
    return Simulated(
        day=day,
        old=old.policies,
        new=question.new.policies,
        differences=told,
        decisions=decisions,
        facts=facts,
        quotas=quotas,
        still=plan.still,
        not_simulated=tuple(_not_simulated(told)),
        seconds=perf_counter() - begun,
    )


def _touch_quotas(told: Iterable[Difference], plan: Simulation) -> bool:
    """Whether anything is different that a quota may count, rank or group by."""
    kinds = {"quota", "parameter"}
    return bool(plan.decisions or plan.facts) or any(each.kind in kinds for each in told)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _not_simulated(told: Iterable[Difference]) -> Iterable[Difference]:
    return (each for each in told if each.kind not in SIMULATED_KINDS)


def _decision(plan: DecisionSimulation, each: int, totals: Totals, reading: Reading, namer: Namer) -> SimulatedDecision:
    found = reading.rows(plan.flows.sql, {**plan.flows.parameters, **namer.values(plan), "each": each})
    rows = [row for row in found if row[-1] is None]
    flows = tuple(_flow(plan, row) for row in rows)
    moved = sum(int(row[3]) for row in rows)
    places = sorted((int(row[2]), int(row[-1])) for row in found if row[-1] is not None)
    named = namer.named(plan, reading, [record_id for _place, record_id in places[:NAMED_MOST]])
    either = plan.now or plan.was
    if either is None:
        raise KeyError(plan.code)
    told, withheld = totals.of(plan.sums, rows, plan.record_type)
    return SimulatedDecision(
        code=plan.code,
        label=either.label,
        record_type=plan.record_type,
        was=plan.was,
        now=plan.now,
        flows=flows,
        total=sum(int(row[2]) for row in rows),
        moved=moved,
        rule_only=sum(int(row[4]) for row in rows),
        totals=told,
        named=named,
        withheld=withheld,
    )


def _flow(plan: DecisionSimulation, row: Sequence[Any]) -> SimulatedFlow:
    if plan.by_direction:
        was, now = (None if side is None else int(side) for side in row[:2])
        return SimulatedFlow(None, None, _DIRECTIONS.get((was, now), "none"), int(row[2]), int(row[3]))
    first = plan.outputs[0]
    values = []
    for decision, value in ((plan.was, row[0]), (plan.now, row[1])):
        output = next((each for each in decision.outputs if each.code == first), None) if decision else None
        values.append(None if output is None else typed(value, output.type))
    return SimulatedFlow(values[0], values[1], "same" if values[0] == values[1] else "", int(row[2]), int(row[3]))
