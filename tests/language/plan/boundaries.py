"""Rows of the values at which a model's expressions change their answer, and of their neighbours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from keguan.language.feel.typed import Literal
from tests.language.plan.trees import CONSTANTS, TODAY
from tests.language.plan.walking import inside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Model


def edges(model: Model) -> dict[str, list[Any]]:
    """For each kind of value, the constants of a model's expressions and their neighbours."""
    values: dict[str, set[Any]] = {kind.__name__: set(pool) for kind, pool in CONSTANTS.items()}
    values["Number"] = {-1, 0, 1, 99, 250}
    for tree in _trees(model):
        for node in inside(tree):
            if isinstance(node, Literal) and node.value is not None:
                values.setdefault(type(node.type).__name__, set()).add(node.value)
    found = {kind: sorted(pool) for kind, pool in values.items() if kind in ("Text", "Boolean", "Staff")}
    for kind in ("Number", "DayDuration", "MonthDuration"):
        found[kind] = sorted({n + step for n in values[kind] for step in (-1, 0, 1)})
    found["Date"] = sorted({day + timedelta(step) for day in values["Date"] for step in (-1, 0, 1)})
    moments = {at + timedelta(seconds=step) for at in values["DateTime"] for step in (-1, 0, 1)}
    clocks = {datetime.combine(TODAY, at) + timedelta(seconds=step) for at in values["Time"] for step in (-1, 0, 1)}
    return {**found, "DateTime": sorted(moments), "Time": sorted({each.time() for each in clocks})}


def _trees(model: Model) -> Iterable[Typed]:
    for computation in model.computations["customer"]:
        if hasattr(computation, "expression"):
            yield computation.expression
        else:
            yield from (given.expression for given in computation.inputs)
            yield from (test for rule in computation.rules for test in rule.tests if test is not None)


def rows(random: Random, fields: dict[str, Type], values: dict[str, list[Any]], count: int) -> list[tuple[Any, ...]]:
    """Rows of boundary values; one value in six is null."""
    pools = [values[type(type_).__name__] for type_ in fields.values()]
    return [tuple(None if random.random() < 0.17 else random.choice(pool) for pool in pools) for _ in range(count)]
