"""Typed expressions as SQL text. What is the same on every engine is here; ``sqlite`` and ``postgresql`` say the rest.

Two questions are answered about a boolean: its three-valued *value*, and whether it is *true* (``condition``), which
is all that a filter, a rule or an ``if`` asks, and which plain ``=`` answers faster.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    FieldRef,
    If,
    InputRef,
    Literal,
    Not,
    Operator,
    ParameterRef,
    Today,
)
from keguan.language.feel.types import Text
from keguan.language.plan.walk import COMPARISONS, chain, is_arithmetic

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.plan.parameters import Parameters
    from keguan.language.plan.statement import DialectName, Value

    Resolve = Callable[[FieldRef | InputRef | Aggregate], str]

_GROUP = 32


class Expressions(ABC):
    """Writes typed trees as SQL. ``resolve`` says which column stands for a field, an input or an aggregate."""

    name: ClassVar[DialectName]
    fence: ClassVar[str]
    """What ends a subquery that the engine must not merge into the outer one (it would evaluate columns twice)."""
    temporary: ClassVar[str]
    """The schema of temporary tables."""

    def __init__(self, parameters: Parameters, resolve: Resolve) -> None:
        self.parameters = parameters
        self.resolve = resolve

    @abstractmethod
    def sql_type(self, type_: Type) -> str:
        """The column type that holds values of a type."""

    @abstractmethod
    def literal(self, value: Value, type_: Type) -> str:
        """A constant."""

    @abstractmethod
    def bound(self, place: str, type_: Type) -> str:
        """A parameter's place, with the cast the engine needs to know its type."""

    @abstractmethod
    def same(self, left: str, right: str) -> str:
        """FEEL's ``=``: two-valued, null equals null."""

    @abstractmethod
    def differs(self, left: str, right: str) -> str:
        """FEEL's ``!=``."""

    @abstractmethod
    def arithmetic(self, node: Typed) -> str:
        """An arithmetic node, exact, as a 64-bit integer. A result that does not fit is an error of the engine."""

    @abstractmethod
    def comparison(self, node: Binary) -> str:
        """A comparison with arithmetic on a side, exact even where a side exceeds 64 bits."""

    @abstractmethod
    def column(self, text: str, type_: Type) -> str:
        """An expression as a column of a subquery, in the storage type of ``type_``."""

    @abstractmethod
    def ordered(self, text: str) -> str:
        """Text as an operand whose order is by code point."""

    def null(self, type_: Type) -> str:
        """A null that knows its type."""
        return self.literal(None, type_)

    def value(self, node: Typed) -> str:
        """The expression's value, null included."""
        match node:
            case FieldRef() | InputRef() | Aggregate():
                return self.resolve(node)
            case Literal() | ParameterRef() | Today():
                return self._constant(node)
            case Not(value=value):
                return f"(NOT {self.value(value)})"
            case If():
                return self._choice(node)
            case Binary() if not is_arithmetic(node):
                return self._binary(node)
            case _:
                return self.arithmetic(node)

    def condition(self, node: Typed) -> str:
        """Text that is true exactly when the boolean is true (it may be false where the value would be null)."""
        match node:
            case Binary(operator=Operator.AND | Operator.OR as operator):
                return bracketed(operator, [self.condition(each) for each in chain(node, operator)])
            case Binary(operator=Operator.EQUAL, left=left, right=Literal(value=True)):
                return self.condition(left)
            case Binary(operator=Operator.EQUAL, left=left, right=right) if not (
                self.nullable(left) and self.nullable(right)
            ):
                return self._compared(node, "=")
            case _:
                return self.value(node)

    def nullable(self, node: Typed) -> bool:
        """Whether the value may be null, as far as the tree alone tells."""
        match node:
            case Literal(value=value):
                return value is None
            case ParameterRef(code=code):
                return self.parameters.lookup(code) is None
            case Aggregate(function=function):
                return function is not AggregateFunction.COUNT
            case Today():
                return False
            case _:
                return True

    def _constant(self, node: Literal | ParameterRef | Today) -> str:
        if isinstance(node, Literal):
            return self.literal(node.value, node.type)
        place = self.parameters.today() if isinstance(node, Today) else self.parameters.policy(node.code)
        return self.bound(place, node.type)

    def _binary(self, node: Binary) -> str:
        operator = node.operator
        if operator in (Operator.AND, Operator.OR):
            return bracketed(operator, [self.value(each) for each in chain(node, operator)])
        if operator is Operator.ADD and isinstance(node.type, Text):  # our own: the row numbers of a scorecard
            return f"({self.value(node.left)} || {self.value(node.right)})"
        if operator in COMPARISONS:
            return self._compared(node, operator.value)
        return self._equality(node)

    def _compared(self, node: Binary, operator: str) -> str:
        if is_arithmetic(node.left) or is_arithmetic(node.right):
            return self.comparison(node)
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.left.type, Text) and node.operator in COMPARISONS:
            left = self.ordered(left)
        return f"({left} {operator} {right})"

    def _equality(self, node: Binary) -> str:
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, Literal) and side.value is None:
                test = "IS NULL" if node.operator is Operator.EQUAL else "IS NOT NULL"
                return f"({self.value(other)} {test})"
        if is_arithmetic(node.left) or is_arithmetic(node.right):
            return self.comparison(node)
        write = self.same if node.operator is Operator.EQUAL else self.differs
        return write(self.value(node.left), self.value(node.right))

    def _choice(self, node: If) -> str:
        parts = ["(CASE"]
        rest: Typed = node
        while isinstance(rest, If):
            parts.append(f"WHEN {self.condition(rest.condition)} THEN {self._branch(rest.then, node.type)}")
            rest = rest.otherwise
        parts.append(f"ELSE {self._branch(rest, node.type)} END)")
        return " ".join(parts)

    def _branch(self, node: Typed, type_: Type) -> str:
        if isinstance(node, Literal) and node.value is None:
            return self.null(type_)
        return self.value(node)


def bracketed(operator: Operator, texts: list[str]) -> str:
    """Conditions under one ``and`` or ``or``, in groups: engines limit the depth of chains and of brackets alike."""
    while len(texts) > _GROUP:
        groups = (texts[start : start + _GROUP] for start in range(0, len(texts), _GROUP))
        texts = [bracketed(operator, group) for group in groups]
    return f"({f' {operator.upper()} '.join(texts)})" if len(texts) > 1 else texts[0]


def quoted(name: str) -> str:
    """An identifier. Only ASCII codes of the policy come here, so nothing needs escaping but the quote itself."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(value: str) -> str:
    """A text constant; ``%`` is doubled because statements carry pyformat places."""
    return "'" + value.replace("'", "''").replace("%", "%%") + "'"
