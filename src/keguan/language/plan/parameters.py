"""The values a statement is run with: the day, and the policy's parameters as they stand on that day."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Model, Parameter
    from keguan.language.plan.statement import DialectName, Value

_POLICY = "parameter_"
_DAYS = ("today", "decided_on")


class Parameters:
    """Collects what is used while SQL is written, and gives each value its place."""

    def __init__(
        self,
        declared: Mapping[str, Parameter],
        today: date,
        dialect: DialectName,
        given: Mapping[str, Value] | None = None,
    ) -> None:
        self._declared = declared
        self._today = today
        self._dialect = dialect
        self._given = given or {}
        self.values: dict[str, Value] = {}

    def policy(self, code: str) -> str:
        """The place of a policy parameter, or of what is given beside them. Raises ``KeyError`` for any other."""
        return self._place(f"{_POLICY}{code}", self.lookup(code))

    def today(self) -> str:
        """The place of the day of the decision, for expressions."""
        return self.day("today")

    def day(self, name: str) -> str:
        """The place of the day of the decision, under the name ``today`` or ``decided_on``."""
        return self._place(name, self._today)

    def lookup(self, code: str) -> Value:
        """The value in force on the day, or None before the first; what is given by that name comes before it."""
        if code in self._given:
            return self._given[code]
        current: Value = None
        for dated in self._declared[code].values:
            if dated.since <= self._today:
                current = dated.value
        return current

    def _place(self, name: str, value: Value) -> str:
        self.values[name] = stored(value, self._dialect)
        return f"%({name})s"


def on_day(values: Mapping[str, Value], model: Model, dialect: DialectName, today: date) -> dict[str, Value]:
    """The values of a statement's places on another day than the one it was written for.

    Only for statements without values given beside the policy's parameters, and whose text holds nothing of the day:
    see ``cut_outcomes.cut_outputs`` for those that do.
    """
    found = Parameters(model.parameters, today, dialect)
    for name in values:
        if name in _DAYS:
            found.day(name)
        else:
            found.policy(name.removeprefix(_POLICY))
    return found.values


def stored(value: Value, dialect: DialectName) -> Value:
    """A value as the engine keeps it: SQLite has neither dates nor times nor booleans."""
    if dialect == "sqlite":
        if isinstance(value, datetime):
            return value.isoformat(sep=" ", timespec="seconds")
        if isinstance(value, date | time):
            return value.isoformat()
        if isinstance(value, bool):
            return int(value)
    return value
