"""How quotas cut the outcomes of a decision: what ``model.quota`` says, as an order of bounds over columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import FieldRef
from keguan.language.feel.types import Number
from keguan.language.model.evaluate import evaluate
from keguan.language.model.fact import Fact
from keguan.language.model.kinds import FieldKind
from keguan.language.model.naming import quota_group_column, quota_order_column, waiting_column
from keguan.language.model.quota import Rounding, Surplus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.evaluate import Values
    from keguan.language.model.quota import Limit, Quota
    from keguan.language.model.values import Value


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound in the order of cutting. A ceiling sends what is beyond it to ``other`` (None: a person decides); a
    floor takes what is missing from ``other``, the outcome below. ``above`` are the better outcomes.
    """

    outcome: str
    ceiling: bool
    limit: Limit
    other: str | None
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """How a quota cuts one output of its decision: on columns alone, ``group`` and ``order`` being facts of their own.

    ``waits`` is the code of the fact that says whether a person is to decide; empty where nothing can wait.
    """

    quota: str
    output: str
    group: FieldRef | None
    order: FieldRef | None
    descending: bool
    rounding: Rounding
    bounds: tuple[Bound, ...]
    waits: str


@dataclass(frozen=True, slots=True)
class Room:
    """A bound on a day as a number of units: ``unit`` units are the whole group of a share, else one record."""

    value: int
    unit: int
    share: bool
    rounding: Rounding
    cumulative: bool = False

    def reach(self, amounts: Sequence[Value]) -> int:
        """How many of the first of these amounts it takes until their sum reaches the share. Whatever is not a number
        above nothing adds nothing.
        """
        known = [each if isinstance(each, int) and each > 0 else 0 for each in amounts]
        whole, before, found = sum(known) * min(self.value, self.unit), 0, 0
        for each in known:
            found += before * self.unit < whole
            before += each
        return found

    def of(self, members: int) -> int:
        """How many records of a group with so many members, for a bound that is not cumulative."""
        if not self.share:
            return self.value // self.unit
        parts = members * self.value
        match self.rounding:
            case Rounding.UP:
                return -(-parts // self.unit)
            case Rounding.HALF_UP:
                return (2 * parts + self.unit) // (2 * self.unit)
            case _:
                return parts // self.unit


@dataclass(frozen=True, slots=True)
class Passed:
    """A bound that a record came to: its ``number`` (from 0, in ``Cut.bounds``), its place there and how many there was
    room for. Where a person decides, ``place`` is how many there were of the outcome.
    """

    number: int
    place: int
    room: int


def room_of(limit: Limit, rounding: Rounding, values: Values) -> Room | None:
    """A bound with the parameters of a day; None while it has no value then."""
    value: Value = evaluate(limit.value, values)
    if not isinstance(value, int) or value < 0:
        return None
    scale = limit.value.type.scale if isinstance(limit.value.type, Number) else 0
    return Room(value, 10**scale, limit.share, rounding, limit.cumulative)


def keys_of(quota: Quota) -> dict[str, Fact]:
    """What a quota groups and orders by, as facts that nobody is shown, by code."""
    return {
        code: Fact(
            code=code,
            label=quota.label,
            kind=FieldKind.TEXT,
            type=expression.type,
            record_type=quota.record_type,
            expression=expression,
            text="",
            information_class="",
            clause=quota.clause,
            span=quota.span,
        )
        for code, expression in (
            (quota_group_column(quota.code), quota.group),
            (quota_order_column(quota.code), quota.by),
        )
        if expression is not None
    }


def cut_of(quota: Quota, choices: tuple[str, ...]) -> Cut:
    """How a quota cuts an outcome with these choices; without bounds it cuts nothing."""
    keys = keys_of(quota)
    group, order = (
        FieldRef(fact.code, fact.type) if (fact := keys.get(code)) is not None else None
        for code in (quota_group_column(quota.code), quota_order_column(quota.code))
    )
    return Cut(
        quota=quota.code,
        output=quota.output,
        group=group,
        order=order,
        descending=quota.descending,
        rounding=quota.rounding,
        bounds=bounds_of(quota, choices),
        waits=waiting_column(quota.code) if quota.surplus is Surplus.PENDING else "",
    )


def bounds_of(quota: Quota, choices: tuple[str, ...]) -> tuple[Bound, ...]:
    """The bounds of a quota over an outcome with these choices, in the order of cutting: of each choice the ceiling and
    then the floor.
    """
    by_outcome = {line.outcome: line for line in quota.lines}
    found: list[Bound] = []
    for place, outcome in enumerate(choices):
        line = by_outcome.get(outcome)
        below = choices[place + 1] if place + 1 < len(choices) else None
        if line is None:
            continue
        to = {Surplus.ONE_DOWN: below, Surplus.TO: quota.to, Surplus.PENDING: None}[quota.surplus]
        if line.most is not None and (to is not None or quota.surplus is Surplus.PENDING):
            found.append(Bound(outcome, ceiling=True, limit=line.most, other=to, above=choices[:place]))
        if line.least is not None and below is not None and quota.by is not None:
            found.append(Bound(outcome, ceiling=False, limit=line.least, other=below))
    return tuple(found)


def passed(trail: str | None) -> tuple[Passed, ...]:
    """What a history's column says: ``0:7/6,1:12/12``."""
    parts = (part.replace("/", ":").split(":") for part in (trail or "").split(",") if part)
    return tuple(Passed(int(number), int(place), int(room)) for number, place, room in parts)
