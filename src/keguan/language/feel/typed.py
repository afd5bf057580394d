"""The one typed tree: what the two executions (generated Python and SQL) are both made from.

Every implicit conversion is already explicit here (``Rescale``), so that neither execution decides anything about
types. Null semantics, to be kept by both executions:

* ``and``/``or``/``not`` are three-valued (Kleene);
* ``=`` and ``!=`` are two-valued: null = null is true, null = x is false;
* ``< <= > >=`` and arithmetic give null when either side is null;
* division by zero gives null; ``sum``, ``min``, ``max`` of nothing give null, ``count`` of nothing gives 0;
* ``sum``, ``min`` and ``max`` skip children whose value is null, and only children whose filter is *true* count;
* ``if`` takes its else-branch unless the condition is true;
* ``some`` over children is true when the condition is true for one of them, else null when it is null for one of them,
  else false; ``every`` the other way round; over no children ``some`` is false and ``every`` is true;
* a ``Call`` is null when one of its arguments is null, and where its definition below says so;
* arithmetic on durations is ``Binary`` on integers of seconds or months; with dates and moments it is a ``Call``.

``min``, ``max`` and ``sum`` of plain values (not children) are written as ``If`` chains that skip nulls in the same
way. A quotient has the scale that is asked for where it stands alone (a money fact: 2), else ``QUOTIENT_SCALE`` or
that of its finer side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
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
    POWER = "**"
    """Written by authors; inference turns it into multiplications (a whole constant exponent) or refuses it."""


class Function(StrEnum):
    """Functions of plain values that are the same in generated Python and in every SQL dialect.

    Null in gives null out. Positions in text count code points from 1, a negative one from the end, as in FEEL.
    """

    CONCAT = "concat"  # (text, text) → text
    STRING_LENGTH = "string_length"  # (text) → Number(0)
    SUBSTRING = "substring"  # (text, start[, length]) → text; start 0 or length < 1 gives null
    SUBSTRING_BEFORE = "substring_before"  # (text, match) → text; "" when there is none or match is ""
    SUBSTRING_AFTER = "substring_after"  # (text, match) → text; "" when there is none, all of it when match is ""
    CONTAINS = "contains"  # (text, match) → Boolean
    STARTS_WITH = "starts_with"  # (text, match) → Boolean
    ENDS_WITH = "ends_with"  # (text, match) → Boolean
    HAS_MOBILE = "has_mobile"  # (text) → Boolean; eleven figures on end, of which the first two are 13 to 19
    UPPER = "upper"  # (text) → text; only the 26 Latin letters are changed, on every engine
    LOWER = "lower"  # (text) → text; only the 26 Latin letters are changed, on every engine
    TEXT_OF = "text_of"  # (Number | Date | Time | DateTime | Boolean) → text, as FEEL's string(): 1.5, 2026-01-31, true
    ABS = "abs"  # (Number | DayDuration | MonthDuration) → the same
    FLOOR = "floor"  # (Number) → Number(0)
    CEILING = "ceiling"  # (Number) → Number(0)
    MODULO = "modulo"  # (Number, Number of the same scale) → the same; sign of the divisor; by zero: null
    ROUND_HALF_UP = "round_half_up"  # (Number) → the coarser Number of ``type``; away from zero on a half
    ROUND_HALF_DOWN = "round_half_down"  # towards zero on a half
    ROUND_UP = "round_up"  # away from zero
    ROUND_DOWN = "round_down"  # towards zero; half-even rounding is ``Rescale``
    YEAR = "year"  # (Date | DateTime) → Number(0)
    MONTH = "month"
    DAY = "day"
    WEEKDAY = "weekday"  # Monday is 1
    DAY_OF_YEAR = "day_of_year"
    HOUR = "hour"  # (Time | DateTime) → Number(0)
    MINUTE = "minute"
    SECOND = "second"
    MAKE_DATE = "make_date"  # (year, month, day) → Date; no such day: null
    DATE_OF = "date_of"  # (DateTime) → Date
    TIME_OF = "time_of"  # (DateTime) → Time
    DATE_TIME = "date_time"  # (Date, Time) → DateTime
    ADD_DAYS = "add_days"  # (Date, DayDuration) → Date: whole days, the rest of the duration is cut off towards −∞;
    # outside the years 1–9999: null
    ADD_SECONDS = "add_seconds"  # (DateTime, DayDuration) → DateTime; outside the years 1–9999: null
    ADD_MONTHS = "add_months"  # (Date | DateTime, MonthDuration) → the same; a day the month lacks becomes its last one
    SECONDS_BETWEEN = "seconds_between"  # (later, earlier), both Date or both DateTime or both Time → DayDuration
    MONTHS_BETWEEN = "months_between"  # (from, to), both Date or both DateTime → MonthDuration, whole months, towards
    # zero, as FEEL's years and months duration(from, to)


class AggregateFunction(StrEnum):
    """What is computed over child records. A mean is typed as sum / count."""

    COUNT = "count"
    SUM = "sum"
    MIN = "min"
    MAX = "max"
    DISTINCT = "distinct"  # how many different values, null not counted
    SOME = "some"  # ``value`` is the condition
    EVERY = "every"  # ``value`` is the condition


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant in storage form (a number is already scaled)."""

    value: int | str | bool | date | time | datetime | None
    type: Type


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field, fact or decision outcome of the record at hand, by code (inside a filter: of the child)."""

    code: str
    type: Type

    @property
    def key(self) -> str:
        """The name under which its value stands, as for a ``ParentRef``."""
        return self.code


@dataclass(frozen=True, slots=True)
class OuterRef:
    """A field, fact or outcome, by code, of the record that an aggregate is about; only inside its ``where`` and
    ``value``, where a ``FieldRef`` is of the child. It counts as read by that record, not by the child.
    """

    code: str
    type: Type


@dataclass(frozen=True, slots=True)
class Up:
    """One step to another record: through the reference field ``via`` to a record of this type."""

    via: str
    record_type: str


@dataclass(frozen=True, slots=True)
class ParentRef:
    """A field, fact or outcome, by code, of the record to which the steps of ``path`` lead from the record at hand
    (inside a filter: from the child); null where one of the reference fields is empty.

    With ``outer`` the path begins, inside an aggregate's ``where`` and ``value``, at the record that it is about. Where
    values are given by name (``evaluate``, generated Python), this one's stands under ``key`` beside the record's own.
    """

    path: tuple[Up, ...]
    code: str
    type: Type
    outer: bool = False

    @property
    def key(self) -> str:
        """``customer/grade``: no code of a record's own has a slash."""
        return "/".join((*(step.via for step in self.path), self.code))

    @property
    def record_type(self) -> str:
        """The type of the record that has the value."""
        return self.path[-1].record_type


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
class Call:
    """A function of plain values (see ``Function``)."""

    function: Function
    arguments: tuple[Typed, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure over the child records of type ``child`` that refer to this record through field ``via``.

    ``where`` (a Boolean over the child, or None for all) and ``value`` (None for count) see the child's fields and the
    facts of its own record type (which are computed first), by ``OuterRef`` what this record has, and by ``ParentRef``
    what either refers to.
    """

    function: AggregateFunction
    child: str
    via: str
    where: Typed | None
    value: Typed | None
    type: Type


Typed = (
    Literal | FieldRef | OuterRef | ParentRef | ParameterRef | InputRef | Today | Rescale | Negate | Not | Binary | If
    | Call | Aggregate
)  # fmt: skip
