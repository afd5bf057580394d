"""Typed trees to Python expressions.

Three ways to ask for a condition: ``truth`` (true exactly when it is true), ``falsity`` (true exactly when it is
false) and ``value`` (true, false or null). The first two need no third value and are what ``if`` wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.arithmetic import scale_of
from keguan.language.feel.typed import (
    Aggregate,
    Binary,
    Call,
    FieldRef,
    If,
    InputRef,
    Literal,
    Negate,
    Not,
    Operator,
    OuterRef,
    ParameterRef,
    ParentRef,
    Rescale,
    Today,
)
from keguan.language.feel.types import BOOLEAN, Boolean, Number
from keguan.language.run.calls import call_code
from keguan.language.run.constants import constant
from keguan.language.run.writer import ADD, AND, ATOM, COMPARE, MULTIPLY, NOT, OR, SIGN, TERNARY, Code, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.run.parameters import Value

    Leaf = Callable[[Typed], Code]

_PYTHON = {Operator.EQUAL: "==", Operator.UNEQUAL: "!="}
_INVERSE = {
    Operator.EQUAL: Operator.UNEQUAL,
    Operator.UNEQUAL: Operator.EQUAL,
    Operator.LESS: Operator.GREATER_EQUAL,
    Operator.GREATER_EQUAL: Operator.LESS,
    Operator.GREATER: Operator.LESS_EQUAL,
    Operator.LESS_EQUAL: Operator.GREATER,
}
_LEVELS = {Operator.ADD: ADD, Operator.SUBTRACT: ADD, Operator.MULTIPLY: MULTIPLY}
_FEW = 3  # up to here a tuple is searched faster than a set is hashed
_EQUALITIES = frozenset({Operator.EQUAL, Operator.UNEQUAL})
_ORDERS = frozenset(_INVERSE) - _EQUALITIES


class Expressions:
    """Makes Python of typed trees, writing what must be computed first to ``writer``.

    ``leaf`` gives the code of a name; a tree in ``shared`` is computed once and kept in a local name.
    """

    def __init__(self, writer: Writer, leaf: Leaf, shared: frozenset[Typed] = frozenset()) -> None:
        self._writer = writer
        self._leaf = leaf
        self._shared = shared

    def value(self, typed: Typed) -> Code:
        """The value of a tree."""
        if (known := self._writer.known(typed)) is not None:
            return known
        code = self._value(typed)
        if typed in self._shared and not code.text.isidentifier():
            return self._writer.keep(typed, optional(code), nullable=code.nullable)
        return code

    def truth(self, typed: Typed) -> Code:  # noqa: PLR0911 - one return per kind of tree
        """A condition that Python takes for true exactly when ``typed`` is true."""
        match typed:
            case _ if typed in self._shared or self._writer.known(typed) is not None:
                return unguarded(self.value(typed), boolean=True)
            case Binary(Operator.AND):
                return self.conjunction(alternatives(typed, Operator.AND))
            case Binary(Operator.OR):
                return self._any(typed)
            case Not(value):
                return self.falsity(value)
            case Binary(operator, left, right) if operator in _INVERSE:
                return self._compared(operator, left, right)
            case If(condition, then, otherwise):
                return _ternary(self.truth(then), self.truth(condition), self.truth(otherwise))
            case _:
                return unguarded(self.value(typed), boolean=True)

    def conjunction(self, conditions: Sequence[Typed]) -> Code:
        """A condition that is true exactly when all are; each name is checked for null once."""
        tests: list[str] = []
        parts = [self._guarded(condition) for condition in conditions]
        for part in parts:
            tests += [test for guard in part.guards if (test := f"{guard} is not None") not in tests]
            tests.append(part.at(NOT))
        loose = any(part.loose for part in parts)
        return Code(" and ".join(tests), AND, loose=loose) if len(tests) > 1 else unguarded(parts[0])

    def _guarded(self, condition: Typed) -> Code:
        """``truth``, but with its null checks still to be written."""
        if isinstance(condition, Binary) and condition.operator in _ORDERS and condition not in self._shared:
            return self._ordered(condition.operator, condition.left, condition.right)
        return self.truth(condition)

    def falsity(self, typed: Typed) -> Code:  # noqa: PLR0911 - one return per kind of tree
        """A condition that Python takes for true exactly when ``typed`` is false (and not when it is null)."""
        match typed:
            case _ if typed in self._shared or self._writer.known(typed) is not None:
                return self._is_false(typed)
            case Binary(Operator.AND, left, right):
                return _either(self.falsity(left), self.falsity(right))
            case Binary(Operator.OR, left, right):
                return _both(self.falsity(left), self.falsity(right))
            case Not(value):
                return self.truth(value)
            case Binary(operator, left, right) if operator in _INVERSE:
                return self._compared(_INVERSE[operator], left, right)
            case If(condition, then, otherwise):
                return _ternary(self.falsity(then), self.truth(condition), self.falsity(otherwise))
            case _:
                return self._is_false(typed)

    # --- values --------------------------------------------------------------------------------------------------

    def _value(self, typed: Typed) -> Code:  # noqa: PLR0911 - one return per kind of tree
        match typed:
            case Literal(value):
                return literal(value)
            case FieldRef() | OuterRef() | ParentRef() | ParameterRef() | InputRef() | Today() | Aggregate():
                return self._leaf(typed)
            case Negate(value):
                inner = self.value(value)
                return Code(f"-{inner.at(SIGN)}", SIGN, inner.guards)
            case Rescale(value, Number(scale)):
                return self._rescaled(value, scale)
            case Call():
                return self._called(typed)
            case Binary(Operator.DIVIDE):
                return self._quotient(typed)
            case Binary(operator) if operator in _LEVELS:
                return self._arithmetic(typed)
            case If(_, then, otherwise, type) if type != BOOLEAN:
                return self._chosen(typed, self.value(then), self.value(otherwise))
            case _:
                return self._condition(typed)

    def _arithmetic(self, typed: Binary) -> Code:
        level = _LEVELS[typed.operator]
        first, second = self.value(typed.left), self.value(typed.right)
        text = f"{first.at(level)} {typed.operator.value} {second.at(level + 1)}"
        guards = _merged(first.guards, second.guards)
        if typed.operator is Operator.MULTIPLY and not isinstance(typed.type, Number):
            finer = scale_of(typed.left) + scale_of(typed.right)
            return Code(f"coarser({text}, {10**finer})", ATOM, guards) if finer else Code(text, level, guards)
        return Code(text, level, guards)

    def _rescaled(self, value: Typed, scale: int) -> Code:
        inner, places = self.value(value), scale - scale_of(value)
        if places >= 0:
            return Code(f"{inner.at(MULTIPLY)} * {10**places}", MULTIPLY, inner.guards)
        return Code(f"coarser({inner.text}, {10**-places})", ATOM, inner.guards)

    def _quotient(self, typed: Binary) -> Code:
        left, right = typed.left, typed.right
        first, second = self.value(left), self.value(right)
        shift = scale_of(typed) - scale_of(left) + scale_of(right)
        guards = _merged(first.guards, second.guards)
        code = Code(f"divide({first.text}, {second.text}, {shift})", ATOM, guards)
        if isinstance(right, Literal) and right.value:
            return code
        return self._writer.keep(typed, optional(code), nullable=True)

    def _called(self, typed: Call) -> Code:
        code, partial = call_code(typed, [self.value(argument) for argument in typed.arguments])
        return self._writer.keep(typed, optional(code), nullable=True) if partial else code

    def _chosen(self, typed: If, then: Code, otherwise: Code) -> Code:
        condition = self.truth(typed.condition)
        text = f"{_branch(then)} if {condition.at(OR)} else {_branch(otherwise)}"
        if then.nullable or otherwise.nullable:
            return self._writer.keep(typed, text, nullable=True)
        return Code(text, TERNARY)

    def _condition(self, typed: Typed) -> Code:
        """A condition as a value. Only one that may be null needs its falsity too."""
        if isinstance(typed, Binary) and typed.operator in _ORDERS:
            return self._ordered(typed.operator, typed.left, typed.right)
        truth = self.truth_of_parts(typed)
        if not self._may_be_null(typed):
            return Code(f"True if {truth.at(OR)} else False", TERNARY) if truth.loose else truth
        text = f"True if {truth.at(OR)} else False if {self.falsity_of_parts(typed).at(OR)} else None"
        return self._writer.keep(typed, text, nullable=True)

    def truth_of_parts(self, typed: Typed) -> Code:
        """``truth`` of a tree that is itself about to become shared."""
        return Expressions(self._writer, self._leaf, self._shared - {typed}).truth(typed)

    def falsity_of_parts(self, typed: Typed) -> Code:
        """``falsity`` of a tree that is itself about to become shared."""
        return Expressions(self._writer, self._leaf, self._shared - {typed}).falsity(typed)

    def _may_be_null(self, typed: Typed) -> bool:
        match typed:
            case Not(value):
                return self._may_be_null(value)
            case Binary(Operator.AND | Operator.OR, left, right):
                return self._may_be_null(left) or self._may_be_null(right)
            case If(_, then, otherwise):
                return self._may_be_null(then) or self._may_be_null(otherwise)
            case Binary(operator) if operator in _EQUALITIES:
                return False
            case _:
                return self.value(typed).nullable

    # --- comparisons ---------------------------------------------------------------------------------------------

    def _compared(self, operator: Operator, left: Typed, right: Typed) -> Code:
        if operator not in _EQUALITIES:
            return unguarded(self._ordered(operator, left, right))
        if isinstance(left, Literal) and left.value is None:
            left, right = right, left
        if isinstance(right, Literal) and right.value is None:
            return self._is_null(left, negated=operator is Operator.UNEQUAL)
        if isinstance(right, Literal) and isinstance(right.type, Boolean):
            return self._is_boolean(operator, left, right)
        first, second = self._single(left), self._single(right)
        return Code(f"{first.at(ADD)} {_PYTHON[operator]} {second.at(ADD)}", COMPARE)

    def _ordered(self, operator: Operator, left: Typed, right: Typed) -> Code:
        first, second = self.value(left), self.value(right)
        guards = _merged(first.guards, second.guards)
        return Code(f"{first.at(ADD)} {operator.value} {second.at(ADD)}", COMPARE, guards)

    def _is_boolean(self, operator: Operator, left: Typed, right: Literal) -> Code:
        """``x = true`` is the truth of x, ``x = false`` its falsity; ``!=`` is their plain opposite."""
        code = self.truth(left) if right.value else self.falsity(left)
        return code if operator is Operator.EQUAL else Code(f"not {code.at(COMPARE)}", NOT)

    def _is_null(self, typed: Typed, *, negated: bool) -> Code:
        code = self.value(typed)
        if not code.guards:
            return Code(repr(negated))
        sign, word, level = ("is not", "and", AND) if negated else ("is", "or", OR)
        text = f" {word} ".join(f"{guard} {sign} None" for guard in code.guards)
        return Code(text, COMPARE if len(code.guards) == 1 else level)

    def _is_false(self, typed: Typed) -> Code:
        code = self.value(typed)
        if code.guards == (code.text,):
            return Code(f"{code.text} is False", COMPARE)
        tests = [f"{guard} is not None" for guard in code.guards]
        return Code(" and ".join([*tests, f"not {code.at(COMPARE)}"]), AND if tests else NOT)

    def _single(self, typed: Typed) -> Code:
        """A value that is None itself when it is null, so that Python's ``==`` is FEEL's ``=``."""
        code = self.value(typed)
        if not code.guards or code.guards == (code.text,):
            return code
        return self._writer.keep(typed, optional(code), nullable=True)

    def _any(self, typed: Binary) -> Code:
        """``or``; equalities of one thing with constants become one ``in``."""
        parts = alternatives(typed, Operator.OR)
        choices = [_choice(part, parts[0]) for part in parts]
        if isinstance(parts[0], Binary) and None not in choices:
            listed = ", ".join(map(str, choices))
            few = len(choices) <= _FEW
            return Code(
                f"{self._single(parts[0].left).at(ADD)} in {f'({listed})' if few else f'{{{listed}}}'}", COMPARE
            )
        code = self.truth(parts[0])
        for part in parts[1:]:
            code = _either(code, self.truth(part))
        return code


def literal(value: Value) -> Code:
    """A constant."""
    if value is None:
        return Code("None", guards=("None",))
    return Code(constant(value), SIGN if isinstance(value, int) and value < 0 else ATOM)


def alternatives(typed: Typed, operator: Operator) -> list[Typed]:
    """The operands of a chain of one operator, in order."""
    if isinstance(typed, Binary) and typed.operator is operator:
        return alternatives(typed.left, operator) + alternatives(typed.right, operator)
    return [typed]


def optional(code: Code) -> str:
    """Source that gives the value, or None where it is null."""
    if not code.guards or code.guards == (code.text,):
        return code.text
    test = " or ".join(f"{guard} is None" for guard in code.guards)
    return f"None if {test} else {code.at(TERNARY)}"


def unguarded(code: Code, *, boolean: bool = False) -> Code:
    """A condition with its null checks in front; a name that holds true, false or None needs none."""
    if not code.guards or (boolean and code.guards == (code.text,)):
        return Code(code.text, code.level, loose=code.loose or bool(code.guards))
    tests = [f"{guard} is not None" for guard in code.guards]
    return Code(" and ".join([*tests, code.at(NOT)]), AND)


def _choice(part: Typed, first: Typed) -> str | None:
    """The constant that ``part`` compares for equality, if it compares the same thing as ``first`` does."""
    match part, first:
        case Binary(Operator.EQUAL, left, Literal(value, kind)), Binary(_, subject):
            plain = value is not None and not isinstance(kind, Boolean) and left == subject
            return constant(value) if plain else None
        case _:
            return None


def _branch(code: Code) -> str:
    text = optional(code)
    return text if text == code.text and code.level > TERNARY else f"({text})"


def _merged(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(left + right))


def _both(left: Code, right: Code) -> Code:
    return Code(f"{left.at(AND)} and {right.at(AND)}", AND, loose=left.loose or right.loose)


def _either(left: Code, right: Code) -> Code:
    return Code(f"{left.at(OR)} or {right.at(OR)}", OR, loose=left.loose or right.loose)


def _ternary(then: Code, condition: Code, otherwise: Code) -> Code:
    text = f"{then.at(OR)} if {condition.at(OR)} else {otherwise.at(OR)}"
    return Code(text, TERNARY, loose=then.loose or otherwise.loose)
