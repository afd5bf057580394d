"""SQL for SQLite: no booleans and no dates (0/1 and ISO text), and integers that turn into floats when they overflow.

A number is computed twice at most: plainly, and, where a ``typeof`` shows that plain integers did not do (an overflow,
or a null), by the registered function ``keguan_exact``.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, ClassVar

from keguan.language.feel.stamps import AHEAD
from keguan.language.feel.typed import (
    Aggregate,
    Binary,
    Call,
    FieldRef,
    InputRef,
    Literal,
    Negate,
    Operator,
    OuterRef,
    ParameterRef,
    ParentRef,
    Rescale,
)
from keguan.language.feel.types import Attachment, Boolean, DayDuration, MonthDuration, Number, Staff
from keguan.language.plan import exact
from keguan.language.plan.expressions import Expressions, text_literal
from keguan.language.plan.magnitude import fits, scale
from keguan.language.plan.parameters import stored
from keguan.language.plan.sqlite_calls import TEMPLATES
from keguan.language.plan.walk import is_arithmetic, nodes, operands

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.plan.calls import Templates
    from keguan.language.plan.statement import DialectName, Value

_MOST_ARGUMENTS = 100
"""SQLite allows a function 127 arguments."""


class Sqlite(Expressions):
    """The SQLite dialect."""

    name: ClassVar[DialectName] = "sqlite"
    fence: ClassVar[str] = " LIMIT -1 OFFSET 0"
    temporary: ClassVar[str] = "temp"
    templates: ClassVar[Templates] = TEMPLATES

    def sql_type(self, type_: Type) -> str:
        """Integers for numbers, durations, booleans, staff and attachments, text for the rest."""
        whole = isinstance(type_, Number | Boolean | DayDuration | MonthDuration | Staff | Attachment)
        return "integer" if whole else "text"

    def literal(self, value: Value, type_: Type) -> str:
        """0 and 1 for booleans, ISO text for dates and times."""
        match value:
            case None:
                return "NULL"
            case bool():
                return str(int(value))
            case int():
                return str(value) if value >= 0 else f"({value})"
            case date() | time():
                return f"'{stored(value, self.name)}'"
            case str():
                return text_literal(value)

    @staticmethod
    def local_moment(text: str) -> str:
        """Text without fractions of a second."""
        return f"datetime({text}, '{AHEAD:+d} minutes')"

    def bound(self, place: str, type_: Type) -> str:
        """The bare place: SQLite has no types to tell."""
        return place

    def same(self, left: str, right: str) -> str:
        """``IS``."""
        return f"({left} IS {right})"

    def differs(self, left: str, right: str) -> str:
        """``IS NOT``."""
        return f"({left} IS NOT {right})"

    def column(self, text: str, type_: Type) -> str:
        """As it is: values carry their own type."""
        return text

    def ordered(self, text: str) -> str:
        """As it is: SQLite compares the bytes of UTF-8, which is the order of code points."""
        return text

    def three_valued(self, text: str) -> str:
        """0, 1 or null as 0, 2 or 1."""
        return f"coalesce(2 * {text}, 1)"

    def arithmetic(self, node: Typed) -> str:
        """Plain integers where they surely do, or where ``typeof`` shows that they did; else the function."""
        if fits(node) and not _rounds(node):
            return self._plain(node)
        if not _is_plain(node):
            return self._function(*self._program(node))
        plain = self._plain(node)
        exactly = self._function(*self._program(node))
        return f"(CASE WHEN typeof({plain}) = 'integer' THEN {plain} ELSE {exactly} END)"

    def comparison(self, node: Binary) -> str:
        """As ``arithmetic``; what does not fit is compared inside the function."""
        sides = (node.left, node.right)
        operator = {Operator.EQUAL: "IS", Operator.UNEQUAL: "IS NOT"}.get(node.operator, node.operator.value)
        unsure = [side for side in sides if not fits(side) or _rounds(side)]
        if all(_is_plain(side) for side in unsure):
            plain = f"({self._side(node.left)} {operator} {self._side(node.right)})"
            if not unsure:
                return plain
            tests = " AND ".join(f"typeof({self._plain(side)}) = 'integer'" for side in unsure)
            return f"(CASE WHEN {tests} THEN {plain} ELSE {self._compared_exactly(node)} END)"
        return self._compared_exactly(node)

    def _side(self, node: Typed) -> str:
        return self._plain(node) if is_arithmetic(node) else self.value(node)

    def _compared_exactly(self, node: Binary) -> str:
        left, first = self._program(node.left)
        right, second = self._program(node.right)
        if len(first) + len(second) > _MOST_ARGUMENTS:
            left, first, right, second = ["v"], [node.left], ["v"], [node.right]
        return self._function([*left, *right, node.operator.value], first + second)

    def _program(self, node: Typed) -> tuple[list[str], list[Typed]]:
        """The exact program of a node. One with too many leaves takes its operands as they come (64-bit each)."""
        words, leaves = exact.program(node)
        if len(leaves) > _MOST_ARGUMENTS:
            sides = list(operands(node))
            return ["v"] * len(sides) + exact.step(node), sides
        return words, leaves

    def _function(self, words: list[str], leaves: list[Typed]) -> str:
        arguments = "".join(f", {self.value(leaf)}" for leaf in leaves)
        return f"keguan_exact('{' '.join(words)}'{arguments})"

    def _plain(self, node: Typed) -> str:
        """An arithmetic node in SQLite's own integers; a leaf as its value."""
        match node:
            case Negate(value=value):
                return f"(-{self._plain(value)})"
            case Rescale(value=value):
                return f"({self._plain(value)} * {10 ** (scale(node) - scale(value))})"
            case Binary(operator=operator, left=left, right=right) if is_arithmetic(node):
                return f"({self._plain(left)} {operator.value} {self._plain(right)})"
            case _:
                return self.value(node)


def _rounds(node: Typed) -> bool:
    """Whether a step of the arithmetic rounds, which SQLite's own operators do not do half-even."""
    match node:
        case Negate(value=value):
            return _rounds(value)
        case Rescale(value=value):
            return scale(node) < scale(value) or _rounds(value)
        case Binary(operator=operator, left=left, right=right) if is_arithmetic(node):
            coarser = operator is Operator.MULTIPLY and scale(node) != scale(left) + scale(right)
            return operator is Operator.DIVIDE or coarser or _rounds(left) or _rounds(right)
        case Call():
            return is_arithmetic(node)
        case _:
            return False


def _is_plain(node: Typed) -> bool:
    """Whether the arithmetic needs no rounding and its leaves are so cheap that it may be written twice."""
    cheap = (FieldRef, OuterRef, ParentRef, InputRef, ParameterRef, Literal, Aggregate)
    return not _rounds(node) and all(is_arithmetic(part) or isinstance(part, cheap) for part in nodes(node))
