"""Running facts and decisions on plain values, one record at a time, and replaying a decision from its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keguan.language.run.constants import surroundings
from keguan.language.run.decisions import decision_code
from keguan.language.run.parameters import Value, values_on
from keguan.language.run.records import parameters_read, record_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from keguan.language.model.model import Decision, Model

    Record = Mapping[str, Value]
    Children = Mapping[tuple[str, str], Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision table gives: its outputs, the rule that matched (None when none did, or when several are added
    up) and every rule that counted.
    """

    values: tuple[Value, ...]
    rule: int | None
    rules: tuple[int, ...]


class Runner:
    """Computes every fact and decision of one record type. Made once; safe to share between threads."""

    def __init__(self, model: Model, record_type: str) -> None:
        """Raises ``KeyError`` when the model has no such record type."""
        self._model = model
        self._record_type = model.record_types[record_type].code
        self._parameters = parameters_read(model, record_type)
        self._functions: dict[tuple[Value, ...], Callable[..., dict[str, Value]]] = {}
        self._current: dict[bool, tuple[date, Callable[..., dict[str, Value]]]] = {}

    def run(self, record: Record, children: Children, today: date) -> dict[str, Value]:
        """The values of all facts, outputs and rule columns by code.

        A field that ``record`` or a child does not have counts as null, and so does what they read through their
        references, which stands in them by ``ParentRef.key``. ``children`` are keyed by (child record type, reference
        field). Raises ``TooLarge`` for a number that no database could keep.
        """
        current = self._current.get(False)
        if current is None or current[0] != today:
            current = self._current[False] = (today, self._function_on(today, with_inputs=False))
        return current[1](record, children, today)

    def inputs(self, record: Record, children: Children, today: date) -> dict[str, Value]:
        """What ``run`` gives, and the value of every input column as ``in_<decision>_<n>``."""
        current = self._current.get(True)
        if current is None or current[0] != today:
            current = self._current[True] = (today, self._function_on(today, with_inputs=True))
        return current[1](record, children, today)

    def source(self, today: date) -> str:
        """The Python that ``run`` executes on that day."""
        return record_source(self._model, self._record_type, values_on(self._model, self._parameters, today))

    def _function_on(self, day: date, *, with_inputs: bool) -> Callable[..., dict[str, Value]]:
        """The function for the parameter values in force on ``day``; days with the same values share it."""
        values = values_on(self._model, self._parameters, day)
        key = (with_inputs, *values.values())
        if key not in self._functions:
            source = record_source(self._model, self._record_type, values, with_inputs=with_inputs)
            self._functions[key] = _function(source, "run")
        return self._functions[key]


class Replay:
    """One decision table, ready to be run on stored input values."""

    def __init__(self, decision: Decision) -> None:
        """Raises ``ValueError`` when a result reads a field that is not an input column of its own."""
        code = decision_code(decision)
        self._several = decision.hit.collects
        self._parameters = code.parameters
        self._takes_today = code.today
        self.decide = _function(code.source, "decide")

    def outcome(self, inputs: Sequence[Value], parameters: Mapping[str, Value], today: date | None = None) -> Outcome:
        """The outcome for the inputs, in column order, under ``parameters`` by code. Raises ``KeyError`` for a
        parameter that is missing and ``ValueError`` when the table asks for the day and none is given.
        """
        if self._takes_today and today is None:
            raise ValueError("this decision needs the day it was made on")
        days = [today] if self._takes_today else []
        *values, rule = self.decide(*inputs, *(parameters[code] for code in self._parameters), *days)
        if self._several:
            return Outcome(tuple(values), None, tuple(int(number) for number in (rule or "").split(",") if number))
        return Outcome(tuple(values), rule, () if rule is None else (rule,))


_replays: dict[int, tuple[Decision, Replay]] = {}
_MOST_REPLAYS = 256


def outcome(
    decision: Decision, inputs: Sequence[Value], parameters: Mapping[str, Value], today: date | None = None
) -> Outcome:
    """Replay ``decision`` from stored inputs (see ``Replay.outcome``)."""
    known = _replays.get(id(decision))
    if known is None:
        if len(_replays) >= _MOST_REPLAYS:
            _replays.clear()
        known = _replays[id(decision)] = (decision, Replay(decision))  # the reference keeps the id from being reused
    return known[1].outcome(inputs, parameters, today)


def _function(source: str, name: str) -> Callable[..., Any]:
    names = surroundings()
    exec(compile(source, "<policy>", "exec"), names)  # noqa: S102 - our own source, made from a typed tree
    return names[name]  # type: ignore[return-value]
