"""The records of one scenario, in memory: period records made by themselves, facts and decisions computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from keguan.language.feel.names import MOST_STEPS
from keguan.language.feel.stamps import CHANGED, CREATED
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.model import FieldKind
from keguan.language.model.periods import period
from keguan.language.testing.quotas import Quotas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.model.model import Field, Model
    from keguan.language.model.values import Value
    from keguan.language.run import Runner

    Children = dict[tuple[str, str], list[Mapping[str, Value]]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs: the names of its unit and of whoever it is; empty where nothing is said."""

    unit: str
    owner: str


@dataclass(slots=True)
class Stored:
    """One record: its fields by code (references hold ids), and what was computed for it."""

    id: int
    record_type: str
    unit: str
    values: dict[str, Value]
    computed: dict[str, Value] = field(default_factory=dict)
    owner: str = ""
    stamps: dict[str, Value] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, Value]:
        """Fields, facts and outcomes by code."""
        return self.values | self.computed

    def stamp(self, day: date, *codes: str) -> None:
        """Note what happened on a day: that it was filed, that it was changed."""
        self.stamps |= dict.fromkeys(codes, datetime.combine(day, time()))


class World:
    """The records of one scenario and the day it is."""

    def __init__(self, model: Model, runners: Mapping[str, Runner], today: date) -> None:
        self.model = model
        self.today = today
        self.records: list[Stored] = []
        self._runners = runners
        self._cutting: dict[str, Quotas] = {}

    def add(self, record_type: str, values: dict[str, Value], place: Place) -> Stored:
        """Keep a new record."""
        stored = Stored(len(self.records) + 1, record_type, place.unit, values, owner=place.owner)
        stored.stamp(self.today, CREATED, CHANGED)
        self.records.append(stored)
        self.fill_periods(stored)
        return stored

    def of(self, record_type: str) -> Iterator[Stored]:
        """The records of one type, oldest first."""
        return (stored for stored in self.records if stored.record_type == record_type)

    def by_id(self, record_type: str, id_: Value) -> Stored | None:
        """The record of a type with this id."""
        del record_type  # ids are unique here
        return self.records[id_ - 1] if isinstance(id_, int) and 0 < id_ <= len(self.records) else None

    def title(self, stored: Stored) -> str:
        """What a record is called."""
        value = stored.values.get(self.model.record_types[stored.record_type].title)
        return "" if value is None else str(value)

    def fill_periods(self, stored: Stored) -> None:
        """Let every period field name the period record of its date; make that record when it is not there yet."""
        for each in self.model.record_types[stored.record_type].fields:
            if each.kind is FieldKind.PERIOD and each.period_of is not None:
                day = stored.values.get(each.period_of)
                found = self._period(each, day, stored.unit) if isinstance(day, date) else None
                stored.values[each.code] = found.id if found else None

    def _period(self, each: Field, day: date, unit: str) -> Stored | None:
        target = self.model.record_types[each.target or ""]
        if target.cadence is None:
            return None
        span = period(target.cadence, day)
        for stored in self.of(target.code):
            if stored.values.get("period_start") == span.start and stored.unit == unit:
                return stored
        values: dict[str, Value] = {"period_start": span.start, "period_end": span.end}
        values.setdefault(target.title, span.title)
        return self.add(target.code, values, Place(unit, ""))

    def compute(self) -> None:
        """Compute every fact and decision, each type after those of which it reads what they compute."""
        for record_type in self.model.computation_order:
            children = self._children()
            for stored in self.of(record_type):
                run = self._runners[record_type].run
                stored.computed = run(self.read(stored), children.get(stored.id, {}), self.today)
            if any(quota.record_type == record_type for quota in self.model.blocks.quotas.values()):
                self._quotas(record_type).cut(
                    tuple(self.of(record_type)),
                    self.today,
                    partial(self._again, children=children),
                )

    def _quotas(self, record_type: str) -> Quotas:
        if record_type not in self._cutting:
            self._cutting[record_type] = Quotas(self.model, record_type)
        return self._cutting[record_type]

    def _again(self, runner: Runner, stored: Stored, children: dict[int, Children]) -> dict[str, Value]:
        return runner.run(self.read(stored), children.get(stored.id, {}), self.today)

    def read(self, stored: Stored, steps: int = MOST_STEPS) -> dict[str, Value]:
        """What expressions read of a record: its own values, and by ``ParentRef.key`` those of what it refers to."""
        found = stored.all | stored.stamps
        for each in self.model.record_types[stored.record_type].fields if steps else ():
            above = self.by_id(each.target, stored.values.get(each.code)) if each.target is not None else None
            if above is not None:
                found |= {f"{each.code}/{key}": value for key, value in self.read(above, steps - 1).items()}
        return found

    def _children(self) -> dict[int, Children]:
        """By record id, its children by (child record type, reference field)."""
        found: dict[int, Children] = {}
        for stored in self.records:
            for each in self.model.record_types[stored.record_type].fields:
                parent = stored.values.get(each.code) if each.target is not None else None
                if isinstance(parent, int):
                    links = found.setdefault(parent, {})
                    links.setdefault((stored.record_type, each.code), []).append(self.read(stored))
        return found

    def children_of(self, parent: Stored, child: str, via: str) -> list[Stored]:
        """The records of one type that refer to a record through one field."""
        return [stored for stored in self.of(child) if stored.values.get(via) == parent.id]

    def inputs(self, stored: Stored, decision: str) -> list[Value]:
        """The values of a decision's input columns for a record."""
        run = self._runners[stored.record_type].inputs
        found = run(self.read(stored), self._children().get(stored.id, {}), self.today)
        return [found[f"in_{decision}_{index}"] for index in range(len(self.model.decisions[decision].inputs))]

    def missing(self, stored: Stored) -> tuple[Field, ...]:
        """The fields that are asked for of a record and empty."""
        declared = self.model.record_types[stored.record_type]
        counted = declared.completeness is not None
        parameters = parameters_on(self.model.parameters, self.today)
        values = Values(self.today, parameters, self.read(stored), self._children().get(stored.id, {}))
        empty = (each for each in declared.fields if stored.values.get(each.code) in (None, ""))
        return tuple(each for each in empty if _required(each, values) or (counted and _counts(each, values)))


def _counts(each: Field, values: Values) -> bool:
    """Whether it is asked for of the record, though perhaps it need not have it."""
    return each.asked and (each.counts_when is None or evaluate(each.counts_when, values) is True)


def _required(each: Field, values: Values) -> bool:
    return each.required if isinstance(each.required, bool) else evaluate(each.required, values) is True
