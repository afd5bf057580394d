"""The tree of an expression as it was written, every node with its place. Nothing is resolved or typed yet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from keguan.language.feel.tokens import Scaled
from keguan.language.feel.typed import Operator
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class NumberNode:
    """A number; ``text`` is how it was written (``5000万``)."""

    value: Scaled
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class TextNode:
    """Quoted text."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class BooleanNode:
    """``true`` or ``false``."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class NullNode:
    """``null``."""

    span: Span


@dataclass(frozen=True, slots=True)
class DateNode:
    """A day."""

    value: date
    span: Span


@dataclass(frozen=True, slots=True)
class AtNode:
    """``@"…"``: a date, a time, a moment or a duration, as it was written between the quotation marks."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class NameNode:
    """A name, not looked up yet."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class InputNode:
    """``?``: the value of the cell's column."""

    span: Span


@dataclass(frozen=True, slots=True)
class NegateNode:
    """Minus a value."""

    value: Node
    span: Span


@dataclass(frozen=True, slots=True)
class NotNode:
    """``not`` before a condition."""

    value: Node
    span: Span


@dataclass(frozen=True, slots=True)
class BinaryNode:
    """Two sides with an operator between them."""

    operator: Operator
    left: Node
    right: Node
    span: Span


@dataclass(frozen=True, slots=True)
class IfNode:
    """``if condition then … else …``."""

    condition: Node
    then: Node
    otherwise: Node
    span: Span


@dataclass(frozen=True, slots=True)
class InNode:
    """``value in test`` and ``value between a and b``."""

    value: Node
    test: Test
    span: Span


@dataclass(frozen=True, slots=True)
class CallNode:
    """``name(arguments)``; ``name_span`` is the place of the name alone."""

    name: str
    name_span: Span
    arguments: tuple[Node, ...]
    span: Span
    names: tuple[str, ...] = ()  # the arguments' names when they were given by name


@dataclass(frozen=True, slots=True)
class ApplyNode:
    """A function that is not a plain name, called: ``(function(x) x + 1)(2)``."""

    function: Node
    arguments: tuple[Node, ...]
    span: Span
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListNode:
    """``[a, b, c]`` as a value."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class EntryNode:
    """``name: value`` in a context."""

    name: str
    name_span: Span
    value: Node
    span: Span


@dataclass(frozen=True, slots=True)
class ContextNode:
    """``{a: 1, b: a + 1}``; a later entry may read an earlier one."""

    entries: tuple[EntryNode, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RangeNode:
    """``[a..b)`` as a value; also ``(< 5)`` and its like, with None for the open end."""

    low: Node | None
    low_closed: bool
    high: Node | None
    high_closed: bool
    span: Span


@dataclass(frozen=True, slots=True)
class IterationNode:
    """``name in domain`` or ``name in domain..until`` of ``for``, ``some`` and ``every``."""

    name: str
    name_span: Span
    domain: Node
    until: Node | None
    span: Span


@dataclass(frozen=True, slots=True)
class ForNode:
    """``for a in …, b in … return body``."""

    iterations: tuple[IterationNode, ...]
    body: Node
    span: Span


@dataclass(frozen=True, slots=True)
class QuantifiedNode:
    """``some a in … satisfies condition``; ``every`` when ``every`` is True."""

    every: bool
    iterations: tuple[IterationNode, ...]
    condition: Node
    span: Span


@dataclass(frozen=True, slots=True)
class FunctionNode:
    """``function(a: number, b) body``; ``types`` are the parameters' types as written, None where none is given."""

    parameters: tuple[str, ...]
    types: tuple[str | None, ...]
    body: Node
    external: bool
    span: Span


@dataclass(frozen=True, slots=True)
class InstanceNode:
    """``value instance of type``; ``type`` as written."""

    value: Node
    type: str
    span: Span


@dataclass(frozen=True, slots=True)
class PathNode:
    """``base.name``."""

    base: Node
    name: str
    name_span: Span
    span: Span


@dataclass(frozen=True, slots=True)
class FilterNode:
    """``base[condition]``."""

    base: Node
    condition: Node
    span: Span


@dataclass(frozen=True, slots=True)
class CompareTest:
    """``>= value``."""

    operator: Operator
    value: Node
    span: Span


@dataclass(frozen=True, slots=True)
class RangeTest:
    """``[low..high)``."""

    low: Node
    low_closed: bool
    high: Node
    high_closed: bool
    span: Span


@dataclass(frozen=True, slots=True)
class EqualTest:
    """A value by itself: the tested value equals it (or, when it speaks of ``?``, it is a condition of its own)."""

    value: Node
    span: Span


@dataclass(frozen=True, slots=True)
class NotTest:
    """``not(…)``: none of the tests holds."""

    tests: tuple[Test, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class AnyTest:
    """``(…, …)`` or ``[…, …]``: one of the tests holds."""

    tests: tuple[Test, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """A cell of a decision table. ``any`` is True for ``-``, which every value passes."""

    any: bool
    tests: tuple[Test, ...]
    span: Span


Node = (
    NumberNode | TextNode | BooleanNode | NullNode | DateNode | NameNode | InputNode | NegateNode | NotNode
    | BinaryNode | IfNode | InNode | CallNode | PathNode | FilterNode | AtNode | ApplyNode | ListNode | EntryNode
    | ContextNode | RangeNode | IterationNode | ForNode | QuantifiedNode | FunctionNode | InstanceNode
)  # fmt: skip
Test = CompareTest | RangeTest | EqualTest | NotTest | AnyTest


def parts(node: Node | Test | UnaryTests) -> Iterator[Node | Test]:
    """The nodes directly under ``node``."""
    for each in fields(node):
        value = getattr(node, each.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node | Test):
                yield part


def depth(node: Node | UnaryTests) -> int:
    """How many levels the tree has."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        current, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((part, level + 1) for part in parts(current))  # type: ignore[misc]
    return deepest


def mentions_input(node: Node) -> bool:
    """Whether ``?`` stands anywhere in the expression."""
    waiting: list[Node | Test] = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, InputNode):
            return True
        waiting.extend(parts(current))
    return False
