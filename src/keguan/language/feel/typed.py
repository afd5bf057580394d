"""The one typed tree: what the two executions (generated Python and SQL) are both made from.

Every implicit conversion is already explicit here (``Rescale``), so that neither execution decides anything about
types. Null semantics, to be kept by both executions:

* ``and``/``or``/``not`` are three-valued (Kleene);
* ``=`` and ``!=`` are two-valued: null = null is true, null = x is false;
* ``< <= > >=`` and arithmetic give null when either side is null;
* division by zero gives null; ``sum``, ``min``, ``max`` of nothing give null, ``count`` of nothing gives 0;
* ``sum``, ``min`` and ``max`` skip children whose value is null, and only children whose filter is *true* count;
* ``if`` takes its else-branch unless the condition is true.

``min``, ``max`` and ``sum`` of plain values (not children) are written as ``If`` chains that skip nulls in the same
way. A quotient has the scale that is asked for where it stands alone (a money fact: 2), else ``QUOTIENT_SCALE`` or
that of its finer side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keguan.language.feel.types import BOOLEAN, DATE, Type


class Operator(StrEnum):
    """Binary operators, as FEEL writes them."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="
    AND = "and"
    OR = "or"


class AggregateFunction(StrEnum):
    """What is computed over child records. A mean is typed as sum / count."""

    COUNT = "count"
    SUM = "sum"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant in storage form (a number is already scaled)."""

    value: int | str | bool | date | None
    type: Type


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field, fact or decision outcome of the record at hand, by code (inside a filter: of the child)."""

    code: str
    type: Type


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A dated policy parameter, by code; its value is looked up for the day of the decision."""

    code: str
    type: Type


@dataclass(frozen=True, slots=True)
class InputRef:
    """The value of a decision table's input column (position from 0); only in rule tests."""

    index: int
    type: Type


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the decision, given by the caller; never read from a machine's clock."""

    type: Type = DATE


@dataclass(frozen=True, slots=True)
class Rescale:
    """A number in another scale; going to a coarser one rounds half-even. ``type`` is the target ``Number``."""

    value: Typed
    type: Type


@dataclass(frozen=True, slots=True)
class Negate:
    """Minus a number."""

    value: Typed
    type: Type


@dataclass(frozen=True, slots=True)
class Not:
    """Three-valued ``not``."""

    value: Typed
    type: Type = BOOLEAN


@dataclass(frozen=True, slots=True)
class Binary:
    """A binary operation. Comparisons, ``+`` and ``-`` have sides of one scale; ``*`` has the sum of the scales;

    ``/`` has ``type.scale`` and is rounded half-even once, from the exact quotient.
    """

    operator: Operator
    left: Typed
    right: Typed
    type: Type


@dataclass(frozen=True, slots=True)
class If:
    """``if condition then a else b``; both branches have ``type``."""

    condition: Typed
    then: Typed
    otherwise: Typed
    type: Type


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure over the child records of type ``child`` that refer to this record through field ``via``.

    ``where`` (a Boolean over the child, or None for all) and ``value`` (None for count) see the child's names only:
    its fields, and facts of the child's own record type (which are computed first).
    """

    function: AggregateFunction
    child: str
    via: str
    where: Typed | None
    value: Typed | None
    type: Type


Typed = Literal | FieldRef | ParameterRef | InputRef | Today | Rescale | Negate | Not | Binary | If | Aggregate
