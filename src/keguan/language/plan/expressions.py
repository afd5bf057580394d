"""Typed expressions as SQL text. What is the same on every engine is here; ``sqlite``, ``postgresql`` and ``duckdb``
say the rest.

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
    Call,
    FieldRef,
    If,
    InputRef,
    Literal,
    Not,
    Operator,
    OuterRef,
    ParameterRef,
    ParentRef,
    Today,
)
from keguan.language.feel.types import Text
from keguan.language.plan.calls import template
from keguan.language.plan.walk import COMPARISONS, chain, is_arithmetic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.plan.calls import Templates
    from keguan.language.plan.parameters import Parameters
    from keguan.language.plan.statement import DialectName, Value

    Resolve = Callable[[FieldRef | OuterRef | ParentRef | InputRef | Aggregate], str]

_GROUP = 32


class Expressions(ABC):
    """Writes typed trees as SQL. ``resolve`` says which column stands for a field, an input or an aggregate."""

    name: ClassVar[DialectName]
    fence: ClassVar[str]
    """What ends a subquery that the engine must not merge into the outer one (it would evaluate columns twice)."""
    temporary: ClassVar[str]
    """The schema of temporary tables."""
    templates: ClassVar[Templates]
    """The functions of plain values."""
    short: ClassVar[int] = 48
    """Up to so many characters an operand is written as often as it is needed; a longer one is computed once."""

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

    @staticmethod
    @abstractmethod
    def local_moment(text: str) -> str:
        """A moment as the system keeps it, in UTC, as a local one of whole seconds."""

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

    @abstractmethod
    def three_valued(self, text: str) -> str:
        """A boolean as a number: false 0, null 1, true 2."""

    def bind(self, body: str, operands: Mapping[str, str]) -> str:
        """``body`` with names in it (``h.v0``) that stand for these operands, each computed once."""
        columns = ", ".join(f"{text} AS {name}" for name, text in operands.items())
        return f"(SELECT {body} FROM (SELECT {columns}{self.fence}) AS h)"

    def once(self, write: Callable[..., str], *operands: str) -> str:
        """What ``write`` makes of the operands; those that are long it gets as names."""
        names = [each if self._is_short(each) else f"h.v{position}" for position, each in enumerate(operands)]
        bound = {f"v{position}": each for position, each in enumerate(operands) if not self._is_short(each)}
        body = write(*names)
        return self.bind(body, bound) if bound else body

    def _is_short(self, operand: str) -> bool:
        return len(operand) <= self.short and "(SELECT" not in operand

    def null(self, type_: Type) -> str:
        """A null that knows its type."""
        return self.literal(None, type_)

    def value(self, node: Typed) -> str:  # noqa: PLR0911 - one answer for each kind of node
        """The expression's value, null included."""
        match node:
            case FieldRef() | OuterRef() | ParentRef() | InputRef() | Aggregate():
                return self.resolve(node)
            case Literal() | ParameterRef() | Today():
                return self._constant(node)
            case Not(value=value):
                return f"(NOT {self.value(value)})"
            case If():
                return self._choice(node)
            case Binary() if not is_arithmetic(node):
                return self._binary(node)
            case Call() if not is_arithmetic(node):
                return self._call(node)
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
                return function not in (AggregateFunction.COUNT, AggregateFunction.DISTINCT)
            case Today():
                return False
            case _:
                return True

    def _constant(self, node: Literal | ParameterRef | Today) -> str:
        if isinstance(node, Literal):
            return self.literal(node.value, node.type)
        place = self.parameters.today() if isinstance(node, Today) else self.parameters.policy(node.code)
        return self.bound(place, node.type)

    def _call(self, node: Call) -> str:
        pattern = template(self.templates, node)
        operands = [self.value(each) for each in node.arguments]
        if all(pattern.count(f"{{{position}}}") <= 1 for position in range(len(operands))):
            return pattern.format(*operands)
        return self.once(pattern.format, *operands)

    def _binary(self, node: Binary) -> str:
        operator = node.operator
        if operator in (Operator.AND, Operator.OR):
            return bracketed(operator, [self.value(each) for each in chain(node, operator)])
        if operator is Operator.ADD and isinstance(node.type, Text):  # our own: what matching rows give, in a list
            return f"({self.value(node.left)} || {self.value(node.right)})"
        if operator in COMPARISONS:
            return self._compared(node, operator.value)
        if operator in (Operator.EQUAL, Operator.UNEQUAL):
            return self._equality(node)
        raise TypeError(f"{operator.value} is written by authors, but stands in no typed tree")

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
