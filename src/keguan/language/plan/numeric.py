"""Arithmetic for engines that have a wide and a narrow number: narrow where that surely does, else wide."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from keguan.language.feel.typed import Binary, Call, Function, Literal, Negate, Operator, Rescale
from keguan.language.plan.exact import division_shift
from keguan.language.plan.expressions import Expressions
from keguan.language.plan.magnitude import fits, scale
from keguan.language.plan.rounding import half_even, modulo, rounded
from keguan.language.plan.walk import is_arithmetic, operands

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed


class WideArithmetic(Expressions):
    """What PostgreSQL (``bigint`` and ``numeric``) and DuckDB (``BIGINT`` and ``HUGEINT``) have in common."""

    narrow: ClassVar[str] = "bigint"
    wide: ClassVar[str]

    @abstractmethod
    def quotient(self, dividend: str, divisor: str) -> str:
        """The quotient of two wide numbers, cut off towards zero."""

    @abstractmethod
    def remainder(self, dividend: str, divisor: str) -> str:
        """What is left of that division, with the dividend's sign."""

    def arithmetic(self, node: Typed) -> str:
        """Narrow where every step surely fits; the last one need not, for the engine refuses what does not."""
        if not _divides(node) and all(fits(operand) for operand in operands(node)):
            return self._steps(node, self.narrow)
        return f"({self._steps(node, self.wide)})::{self.narrow}"

    def comparison(self, node: Binary) -> str:
        """Sides may be wide and need not fit into 64 bits."""
        left, right = (
            self._steps(side, self.narrow if fits(side) and not _divides(side) else self.wide)
            for side in (node.left, node.right)
        )
        if node.operator is Operator.EQUAL:
            return self.same(left, right)
        if node.operator is Operator.UNEQUAL:
            return self.differs(left, right)
        return f"({left} {node.operator.value} {right})"

    def _steps(self, node: Typed, type_: str) -> str:  # noqa: PLR0911 - one answer for each kind of node
        """The arithmetic in one type; every leaf is cast, so that no step is done in 32 bits."""
        match node:
            case Negate(value=value):
                return f"(-{self._steps(value, type_)})"
            case Rescale(value=value):
                return self._moved(self._steps(value, type_), scale(node) - scale(value))
            case Binary(operator=Operator.DIVIDE, left=left, right=right):
                return self._divided(self._steps(left, type_), self._steps(right, type_), division_shift(node))
            case Binary(operator=operator, left=left, right=right) if is_arithmetic(node):
                text = f"({self._steps(left, type_)} {operator.value} {self._steps(right, type_)})"
                if operator is Operator.MULTIPLY:
                    return self._moved(text, scale(node) - scale(left) - scale(right))
                return text
            case Call() if is_arithmetic(node):
                return self._calculated(node, type_)
        return f"NULL::{type_}" if node == Literal(None, node.type) else f"{self.value(node)}::{type_}"

    def _calculated(self, node: Call, type_: str) -> str:
        values = [self._steps(each, type_) for each in node.arguments]
        if node.function is Function.ABS:
            return f"abs({values[0]})"
        if node.function is Function.MODULO:
            return self.once(lambda n, d: modulo(n, d, self.remainder), values[0], f"NULLIF({values[1]}, 0)")
        places = scale(node.arguments[0]) - scale(node)
        write = lambda n: rounded(node.function, n, places, self.quotient, self.remainder)  # noqa: E731
        return self.once(write, values[0])

    def _moved(self, text: str, places: int) -> str:
        """A number moved by decimal places, rounding half-even where digits fall off."""
        if places == 0:
            return text
        return f"({text} * {10**places})" if places > 0 else self._half_even(text, str(10**-places))

    def _divided(self, dividend: str, divisor: str, shift: int) -> str:
        if shift < 0:
            return self._half_even(dividend, f"NULLIF({divisor} * {10**-shift}, 0)")
        return self._half_even(f"({dividend} * {10**shift})" if shift else dividend, f"NULLIF({divisor}, 0)")

    def _half_even(self, dividend: str, divisor: str) -> str:
        return self.once(lambda n, d: half_even(n, d, self.quotient, self.remainder), dividend, divisor)


def _divides(node: Typed) -> bool:
    """Whether a step divides, which needs wide numbers."""
    match node:
        case Rescale(value=value) if scale(node) < scale(value):
            return True
        case Binary(operator=Operator.DIVIDE):
            return True
        case Binary(operator=Operator.MULTIPLY, left=left, right=right) if scale(node) != scale(left) + scale(right):
            return True
        case Call(function=function) if is_arithmetic(node) and function is not Function.ABS:
            return True
    return is_arithmetic(node) and any(_divides(operand) for operand in operands(node))
