"""The types themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

Allowed = Callable[[object], bool]
"""Whether a value is among those an item definition allows."""


class Kind(StrEnum):
    """The kinds of value that have no parts, by their names in FEEL."""

    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    DAYS_TIME = "days and time duration"
    YEARS_MONTHS = "years and months duration"


@dataclass(frozen=True, slots=True)
class AnyType:
    """Every value."""


@dataclass(frozen=True, slots=True)
class NullType:
    """Null alone."""


@dataclass(frozen=True, slots=True)
class Simple:
    """The values of one kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class ListOf:
    """Lists of that."""

    item: Type


@dataclass(frozen=True, slots=True)
class RangeOf:
    """Ranges whose ends are that."""

    end: Type


@dataclass(frozen=True, slots=True)
class ContextOf:
    """Contexts with at least these entries."""

    entries: tuple[tuple[str, Type], ...]


@dataclass(frozen=True, slots=True)
class FunctionOf:
    """Functions of these parameters with that result; ``parameters`` is None where any will do."""

    parameters: tuple[Type, ...] | None
    result: Type


@dataclass(frozen=True, slots=True)
class OneOf:
    """What one of several types has; only the parameters of built-in functions are of such a type."""

    types: tuple[Type, ...]


@dataclass(slots=True, eq=False)
class Named:
    """An item definition. It may speak of itself, so its meaning is filled in after it is made.

    ``allowed`` is asked of a value, of a collection's items one by one; ``constraint`` of the whole. Neither makes a
    difference to ``instance of``.
    """

    name: str
    type: Type = field(default_factory=AnyType)
    allowed: Allowed | None = None
    constraint: Allowed | None = None


Type = AnyType | NullType | Simple | ListOf | RangeOf | ContextOf | FunctionOf | OneOf | Named

ANY = AnyType()
NUMBER = Simple(Kind.NUMBER)
STRING = Simple(Kind.STRING)
BOOLEAN = Simple(Kind.BOOLEAN)
DATE = Simple(Kind.DATE)
TIME = Simple(Kind.TIME)
DATE_TIME = Simple(Kind.DATE_TIME)
DAYS_TIME = Simple(Kind.DAYS_TIME)
YEARS_MONTHS = Simple(Kind.YEARS_MONTHS)
DURATION = OneOf((DAYS_TIME, YEARS_MONTHS))
LIST = ListOf(ANY)
CONTEXT = ContextOf(())
RANGE = RangeOf(ANY)
FUNCTION = FunctionOf(None, ANY)

NAMES: dict[str, Type] = {
    "any": ANY,
    "null": NullType(),
    **{kind.value: Simple(kind) for kind in Kind},
    "datetime": DATE_TIME,
    "daytimeduration": DAYS_TIME,
    "yearmonthduration": YEARS_MONTHS,
    "list": LIST,
    "context": CONTEXT,
    "range": RANGE,
    "function": FUNCTION,
}
"""The types that FEEL names, also as DMN's own ``typeRef`` spells them, in small letters."""
