"""Quotas as SQL: a chain of named columns from the outcome by the table to the one that counts.

The meaning is that of ``model.quota.Quota``; ``run.cutting`` is the same on plain values. A step that looks at the
whole group (a window) must find its columns in a subquery below it; the others may be written where they are used. The
same chain stands in the layers of a computation of all records, and over stored columns where only some have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from keguan.language.feel.types import TEXT, Number
from keguan.language.model.cuts import room_of
from keguan.language.model.evaluate import Values, parameters_on
from keguan.language.model.naming import by_table_column
from keguan.language.model.quota import Rounding
from keguan.language.plan.definition import inner_name
from keguan.language.plan.expressions import quoted, text_literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from keguan.language.feel.types import Type
    from keguan.language.model.cuts import Bound, Cut, Room
    from keguan.language.model.model import Model
    from keguan.language.plan.expressions import Expressions

_COUNT = Number(0)
_ID = "id"
_ID_PLACE = f"{{{_ID}}}"


@dataclass(frozen=True, slots=True)
class CutStep:
    """One column of the chain; ``template`` is its SQL with the columns that it reads in braces, ``{id}`` the record's.

    ``over``: it is a window over a group.
    """

    name: str
    type: Type
    template: str
    over: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that it reads, the record's id left out."""
        found = (name for _text, name, _spec, _how in Formatter().parse(self.template) if name)
        return tuple(name for name in dict.fromkeys(found) if name != _ID)


@dataclass(frozen=True, slots=True)
class Chain:
    """The cuts of one output. ``outcome`` is the column that counts; ``trails`` (by quota) are those with the bounds
    that a record came to, ``waits`` (by fact, whole numbers) those that say whether a person is to decide.
    """

    steps: tuple[CutStep, ...]
    outcome: str
    trails: Mapping[str, str]
    waits: Mapping[str, str]


def chain_of(output: str, type_: Type, cuts: tuple[Cut, ...], model: Model, today: date) -> Chain:
    """The chain of an output with its cuts, by the parameters of a day."""
    values = Values(today=today, parameters=parameters_on(model.parameters, today))
    steps: list[CutStep] = []
    outcome = by_table_column(output)
    trails, waits = {}, {}
    for cut in cuts:
        writer = _Writer(cut, type_, outcome, values)
        steps += writer.steps()
        outcome, trails[cut.quota] = writer.outcome, writer.trail
        if cut.waits:
            waits[cut.waits] = writer.waits
    return Chain(tuple(steps), outcome, trails, waits)


def layers_of(chain: Chain, expressions: Expressions) -> list[str]:
    """The steps as subqueries over ``c0``, each beside what stands below it; the last is ``c`` and their number."""
    layers = []
    for number, step in enumerate(chain.steps):
        read = {name: f"b.{quoted(name)}" for name in step.reads}
        text = expressions.column(step.template.format(id="b.id", **read), step.type)
        layers.append(f"c{number + 1} AS (SELECT b.*, {text} AS {quoted(step.name)} FROM c{number} AS b)")
    return layers


class _Writer:
    """Writes the steps of one quota; ``outcome`` is the column with the newest outcome."""

    def __init__(self, cut: Cut, type_: Type, outcome: str, values: Values) -> None:
        self._cut = cut
        self._type = type_
        self._values = values
        self._first = self.outcome = outcome
        self._members, self._whole, self._before = (
            inner_name(what, cut.quota) for what in ("members", "whole", "before")
        )
        self.trail = inner_name("trail", cut.quota)
        self.waits = inner_name("waits", cut.quota)
        self._passed: list[str] = []
        self._waiting: list[str] = []

    def steps(self) -> Iterator[CutStep]:
        """The steps in order."""
        rooms = [room_of(bound.limit, self._cut.rounding, self._values) for bound in self._cut.bounds]
        if any(room is not None and room.share and not room.cumulative for room in rooms):
            members = f"count({{{self._first}}}) OVER ({self._group()})"
            yield CutStep(self._members, _COUNT, members, over=True)
        if any(room is not None and room.cumulative for room in rooms):
            yield from self._sums()
        for number, (bound, room) in enumerate(zip(self._cut.bounds, rooms, strict=True)):
            if room is not None and room.cumulative:
                yield from self._reached(number, bound, room)
                yield from self._bound(number, bound, self._beyond(number))
            elif room is not None:
                yield from self._bound(number, bound, _size(room, self._members))
        parts = " || ".join(self._passed) or "''"
        yield CutStep(self.trail, TEXT, f"nullif(substr({parts}, 2), '')")
        if self._cut.waits:
            yield CutStep(self.waits, _COUNT, f"CASE WHEN {' OR '.join(self._waiting) or '1 = 0'} THEN 1 ELSE 0 END")

    def _bound(self, number: int, bound: Bound, size: str) -> Iterator[CutStep]:
        have, place = (inner_name(f"{what}_{self._cut.quota}", "", number) for what in ("have", "place"))
        before = f"{{{self.outcome}}}"
        if bound.ceiling and bound.other is None:
            yield self._have(have, bound.outcome)
            stands = f"{before} = {_text(bound.outcome)}"
            self._waiting.append(f"({stands} AND {{{have}}} > {size})")
            self._pass(number, stands, f"{{{have}}}", size)
            return
        yield self._place(place)
        if bound.ceiling:
            stands, target = f"{before} = {_text(bound.outcome)}", bound.other or bound.outcome
            changed = f"{stands} AND {{{place}}} > {size}"
        else:
            yield self._have(have, bound.outcome)
            size, target = f"({size} - {{{have}}})", bound.outcome
            changed = stands = f"{before} = {_text(bound.other or '')} AND {{{place}}} <= {size}"
        self._pass(number, stands, f"{{{place}}}", size)
        self.outcome = inner_name(f"cut_{self._cut.quota}", "", number)
        yield CutStep(self.outcome, self._type, f"CASE WHEN {changed} THEN {_text(target)} ELSE {before} END")

    def _sums(self) -> Iterator[CutStep]:
        """What the group comes to in all, and what those before a record in the order come to."""
        assert self._cut.order is not None  # noqa: S101 - a cumulative bound has an order
        key = f"{{{self._cut.order.code}}}"
        own = f"sum(CASE WHEN {{{self._first}}} IS NOT NULL AND {key} > 0 THEN {key} ELSE 0 END)"
        rows = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
        before = f"{own} OVER ({self._group()} ORDER BY {self._order()} {rows})"
        for name, text in ((self._whole, f"{own} OVER ({self._group()})"), (self._before, before)):
            yield CutStep(name, _COUNT, f"CAST(coalesce({text}, 0) AS bigint)", over=True)

    def _reached(self, number: int, bound: Bound, room: Room) -> Iterator[CutStep]:
        """How many of the group it takes to reach the share, and how many of them have a better outcome.

        Whole numbers alone, and none larger than the sum: the share of it is taken of its hundreds (thousands …) and
        of the rest.
        """
        whole, unit, value = f"{{{self._whole}}}", room.unit, min(room.value, room.unit)
        rest = f"({whole} %% {unit}) * {value} + {unit - 1}"
        share = f"({whole} - {whole} %% {unit}) / {unit} * {value} + ({rest} - ({rest}) %% {unit}) / {unit}"
        counted = f"{{{self._first}}} IS NOT NULL AND {{{self._before}}} < {share}"
        yield CutStep(
            self._name("reach", number), _COUNT, f"sum(CASE WHEN {counted} THEN 1 ELSE 0 END) OVER ({self._group()})",
            over=True,
        )  # fmt: skip
        better = " OR ".join(f"{{{self.outcome}}} = {_text(each)}" for each in bound.above) or "1 = 0"
        yield CutStep(
            self._name("above", number), _COUNT, f"sum(CASE WHEN {better} THEN 1 ELSE 0 END) OVER ({self._group()})",
            over=True,
        )  # fmt: skip

    def _beyond(self, number: int) -> str:
        reach, above = (f"{{{self._name(what, number)}}}" for what in ("reach", "above"))
        return f"CAST((CASE WHEN {reach} > {above} THEN {reach} - {above} ELSE 0 END) AS bigint)"

    def _name(self, what: str, number: int) -> str:
        return inner_name(f"{what}_{self._cut.quota}", "", number)

    def _pass(self, number: int, stands: str, place: str, size: str) -> None:
        told = f"',{number}:' || CAST({place} AS text) || '/' || CAST({size} AS text)"
        self._passed.append(f"CASE WHEN {stands} THEN {told} ELSE '' END")

    def _place(self, name: str) -> CutStep:
        """The place among those of the same outcome in the group."""
        partition = self._group(f"{{{self.outcome}}}")
        return CutStep(name, _COUNT, f"row_number() OVER ({partition} ORDER BY {self._order()})", over=True)

    def _order(self) -> str:
        """The order in which records are kept."""
        if self._cut.order is None:
            return _ID_PLACE
        key = f"{{{self._cut.order.code}}}"
        down = " DESC" if self._cut.descending else ""
        return f"CASE WHEN {key} IS NULL THEN 1 ELSE 0 END, {key}{down}, {_ID_PLACE}"

    def _have(self, name: str, outcome: str) -> CutStep:
        """How many of an outcome the group has."""
        counted = f"sum(CASE WHEN {{{self.outcome}}} = {_text(outcome)} THEN 1 ELSE 0 END)"
        return CutStep(name, _COUNT, f"{counted} OVER ({self._group()})", over=True)

    def _group(self, *more: str) -> str:
        parts = [f"{{{self._cut.group.code}}}"] if self._cut.group is not None else []
        parts += more
        return f"PARTITION BY {', '.join(parts)}" if parts else ""


def _text(outcome: str) -> str:
    """A constant within a template."""
    return text_literal(outcome).replace("{", "{{").replace("}", "}}")


def _size(room: Room, members: str) -> str:
    """A bound as a number of records, in whole numbers on every engine."""
    if not room.share:
        return str(room.of(0))
    parts, unit = f"{{{members}}} * {room.value}", room.unit
    match room.rounding:
        case Rounding.UP:
            parts = f"{parts} + {unit - 1}"
        case Rounding.HALF_UP:
            parts, unit = f"2 * {parts} + {unit}", 2 * unit
        case _:
            pass
    return f"CAST(({parts} - ({parts}) %% {unit}) / {unit} AS bigint)"
