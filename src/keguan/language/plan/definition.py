"""A named column of a computation, and the pieces that tables are lowered to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, FieldRef, If, Literal, Operator
from keguan.language.feel.types import BOOLEAN, NULL, Number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, Rule
    from keguan.language.plan.layers import Key

RULE_NUMBER = Number(0)
YES, NO = Literal(True, BOOLEAN), Literal(False, BOOLEAN)


@dataclass(frozen=True, slots=True)
class Looked:
    """A column of a temporary table with what a quota did with some of the records, by id (``plan.regrouping``)."""

    table: str
    code: str
    type: Type


@dataclass(frozen=True, slots=True)
class Template:
    """What no expression can say, as SQL with its columns in braces, by the names of ``reads``; ``{id}`` is the
    record's id. ``over``: it is a window, which needs its columns in a subquery below.
    """

    text: str
    reads: Mapping[str, Key]
    over: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A named column. ``inputs`` are the names behind ``InputRef``; a ``rule_list`` loses its leading comma; a
    ``template`` stands in place of the expression.
    """

    name: str
    type: Type
    expression: Typed
    inputs: tuple[str, ...] = ()
    rule_list: bool = False
    template: Template | None = None

    @property
    def reference(self) -> FieldRef:
        """What reads this column."""
        return FieldRef(self.name, self.type)


def inner_name(what: str, code: str, number: int = 0) -> str:
    """A name for a definition of our own; no author can write it, for codes begin with a letter."""
    return f"0{what}_{code}_{number}"


def joined(operator: Operator, parts: Sequence[Typed], nothing: Typed, type_: Type) -> Typed:
    """The parts under one operator, as a balanced tree: engines limit how deep an expression may be."""
    if not parts:
        return nothing
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    left = joined(operator, parts[:middle], nothing, type_)
    return Binary(operator, left, joined(operator, parts[middle:], nothing, type_), type_)


def always(row: Rule) -> bool:
    """Whether a row matches whatever the inputs."""
    return all(test is None for test in row.tests)


def matches(row: Rule) -> Typed:
    """Whether a row matches; perhaps null, which is no match."""
    return joined(Operator.AND, [test for test in row.tests if test is not None], YES, BOOLEAN)


def match_flags(decision: Decision, names: tuple[str, ...]) -> Iterator[tuple[Definition, Rule]]:
    """For each row the column that says whether it matches, never null."""
    for row in decision.rules:
        name = inner_name("match", decision.code, row.number)
        yield Definition(name, BOOLEAN, If(matches(row), YES, NO, BOOLEAN), names), row


def known(value: Typed) -> Typed:
    """Whether a value is not null."""
    return Binary(Operator.UNEQUAL, value, Literal(None, NULL), BOOLEAN)
