"""SQL for PostgreSQL: arithmetic in ``numeric`` wherever 64 bits might not do, with half-even rounding written out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from keguan.language.feel.typed import Binary, Literal, Negate, Operator, Rescale
from keguan.language.feel.types import Boolean, Date, Null, Number
from keguan.language.plan.exact import division_shift
from keguan.language.plan.expressions import Expressions, text_literal
from keguan.language.plan.magnitude import fits, scale
from keguan.language.plan.walk import is_arithmetic, operands

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.plan.statement import DialectName, Value


class Postgresql(Expressions):
    """The PostgreSQL dialect."""

    name: ClassVar[DialectName] = "postgresql"
    fence: ClassVar[str] = " OFFSET 0"
    temporary: ClassVar[str] = "pg_temp"

    def sql_type(self, type_: Type) -> str:
        """Each type has its own."""
        match type_:
            case Number():
                return "bigint"
            case Boolean():
                return "boolean"
            case Date():
                return "date"
            case _:
                return "text"

    def literal(self, value: Value, type_: Type) -> str:
        """Constants that could be taken for another type carry theirs."""
        match value:
            case None:
                return "NULL" if isinstance(type_, Null) else f"NULL::{self.sql_type(type_)}"
            case bool():
                return "TRUE" if value else "FALSE"
            case int():
                return str(value) if value >= 0 else f"({value})"
            case date():
                return f"DATE '{value.isoformat()}'"
            case str():
                return text_literal(value)

    def bound(self, place: str, type_: Type) -> str:
        """Always cast: a place has no type of its own."""
        return f"{place}::{self.sql_type(type_)}"

    def same(self, left: str, right: str) -> str:
        """``IS NOT DISTINCT FROM``."""
        return f"({left} IS NOT DISTINCT FROM {right})"

    def differs(self, left: str, right: str) -> str:
        """``IS DISTINCT FROM``."""
        return f"({left} IS DISTINCT FROM {right})"

    def column(self, text: str, type_: Type) -> str:
        """Cast, so that layers and tables hold the same types."""
        return f"({text})::{self.sql_type(type_)}"

    def ordered(self, text: str) -> str:
        """Collated by code point, whatever the database's own collation."""
        return f'{text} COLLATE "C"'

    def arithmetic(self, node: Typed) -> str:
        """In ``bigint`` where that surely does, else in ``numeric``."""
        if self._native(node):
            return self._steps(node, "bigint")
        return f"({self._steps(node, 'numeric')})::bigint"

    def comparison(self, node: Binary) -> str:
        """Sides may be ``numeric`` and need not fit into 64 bits."""
        left, right = (
            self._steps(side, "bigint" if self._native(side) else "numeric") for side in (node.left, node.right)
        )
        if node.operator is Operator.EQUAL:
            return self.same(left, right)
        if node.operator is Operator.UNEQUAL:
            return self.differs(left, right)
        return f"({left} {node.operator.value} {right})"

    def _native(self, node: Typed) -> bool:
        return fits(node) and not _divides(node)

    def _steps(self, node: Typed, type_: str) -> str:
        """The arithmetic as ``bigint`` or ``numeric``; every leaf is cast, so that no step is done in 32 bits."""
        match node:
            case Negate(value=value):
                return f"(-{self._steps(value, type_)})"
            case Rescale(value=value):
                return _moved(self._steps(value, type_), scale(node) - scale(value))
            case Binary(operator=Operator.DIVIDE, left=left, right=right):
                return _quotient(self._steps(left, type_), self._steps(right, type_), division_shift(node))
            case Binary(operator=operator, left=left, right=right) if is_arithmetic(node):
                text = f"({self._steps(left, type_)} {operator.value} {self._steps(right, type_)})"
                if operator is Operator.MULTIPLY:
                    return _moved(text, scale(node) - scale(left) - scale(right))
                return text
        return f"NULL::{type_}" if node == Literal(None, node.type) else f"{self.value(node)}::{type_}"


def _divides(node: Typed) -> bool:
    match node:
        case Rescale(value=value) if scale(node) < scale(value):
            return True
        case Binary(operator=Operator.DIVIDE):
            return True
        case Binary(operator=Operator.MULTIPLY, left=left, right=right) if scale(node) != scale(left) + scale(right):
            return True
    return is_arithmetic(node) and any(_divides(operand) for operand in operands(node))


def _moved(text: str, places: int) -> str:
    """A number moved by decimal places, rounding half-even where digits fall off."""
    if places == 0:
        return text
    return f"({text} * {10**places})" if places > 0 else _half_even(text, str(10**-places))


def _quotient(dividend: str, divisor: str, shift: int) -> str:
    if shift < 0:
        return _half_even(dividend, f"NULLIF({divisor} * {10**-shift}, 0)")
    return _half_even(f"({dividend} * {10**shift})" if shift else dividend, f"NULLIF({divisor}, 0)")


def _half_even(numerator: str, denominator: str) -> str:
    """``div`` and ``mod`` on numeric are exact, where ``/`` is not. The fence keeps each operand written once."""
    return (
        "(SELECT div(h.n, h.d) + CASE WHEN 2 * abs(mod(h.n, h.d)) > abs(h.d)"
        " OR (2 * abs(mod(h.n, h.d)) = abs(h.d) AND mod(div(h.n, h.d), 2) <> 0)"
        " THEN sign(h.n) * sign(h.d) ELSE 0 END"
        f" FROM (SELECT {numerator}::numeric AS n, {denominator}::numeric AS d OFFSET 0) AS h)"
    )
