"""Exact arithmetic as a small postfix program, for the places where an engine's own integers could overflow.

A program is a text of words: ``v`` takes the next argument, ``#12`` is a constant, ``+ - *`` and ``neg`` compute,
``u3`` multiplies by 10**3, ``r3`` divides by 10**3 and ``/2`` divides by the second operand after multiplying the
first by 10**2 (``/-2``: the second), both rounding half-even; ``< <= > >= = !=`` compare. Null in gives null out
(but ``=`` and ``!=`` are two-valued), and so does a division by zero.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from keguan.language.feel.rounding import divide, rescale
from keguan.language.feel.typed import Binary, Literal, Negate, Operator, Rescale
from keguan.language.plan.magnitude import scale
from keguan.language.plan.walk import is_arithmetic, operands

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.feel.typed import Typed

_STRICT: dict[str, Callable[[int, int], int | bool]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def run(program: str, arguments: tuple[int | None, ...]) -> int | bool | None:
    """The value of a program. Raises ``TypeError`` when an argument is no integer."""
    for argument in arguments:
        if argument is not None and not isinstance(argument, int):
            raise TypeError(f"exact arithmetic on {argument!r}: only integers are exact")
    stack: list[int | None] = []
    taken = 0
    for word in program.split():
        if word == "v":
            stack.append(arguments[taken])
            taken += 1
        elif word[0] == "#":
            stack.append(int(word[1:]))
        elif word == "neg" or word[0] in "ur":
            stack.append(_unary(word, stack.pop()))
        else:
            right = stack.pop()
            stack.append(_binary(word, stack.pop(), right))
    return stack.pop()


def _unary(word: str, value: int | None) -> int | None:
    if value is None:
        return None
    if word == "neg":
        return -value
    places = int(word[1:])
    return rescale(value, places if word[0] == "u" else -places)


def _binary(word: str, left: int | None, right: int | None) -> int | None:
    if word == "=":
        return left == right
    if word == "!=":
        return left != right
    if left is None or right is None:
        return None
    if word in _STRICT:
        return _STRICT[word](left, right)
    return divide(left, right, int(word[1:]))


def program(node: Typed) -> tuple[list[str], list[Typed]]:
    """The words of the program for an arithmetic node, and the leaves that are its arguments, in order."""
    if isinstance(node, Literal) and isinstance(node.value, int):
        return [f"#{node.value}"], []
    if not is_arithmetic(node):
        return ["v"], [node]
    words: list[str] = []
    leaves: list[Typed] = []
    for operand in operands(node):
        inner, below = program(operand)
        words += inner
        leaves += below
    return words + step(node), leaves


def step(node: Typed) -> list[str]:
    """The words that compute an arithmetic node once its operands are on the stack."""
    match node:
        case Negate():
            return ["neg"]
        case Rescale(value=value):
            return _moving(scale(node) - scale(value))
        case Binary(operator=Operator.DIVIDE):
            return [f"/{division_shift(node)}"]
        case Binary(operator=Operator.MULTIPLY, left=left, right=right):
            return ["*", *_moving(scale(node) - scale(left) - scale(right))]
        case Binary(operator=operator):
            return [operator.value]
    raise TypeError(f"{type(node).__name__} is no arithmetic")


def _moving(places: int) -> list[str]:
    if places == 0:
        return []
    return [f"u{places}"] if places > 0 else [f"r{-places}"]


def division_shift(node: Binary) -> int:
    """By how many places the dividend moves, so that the quotient comes out in the node's scale."""
    return scale(node) - scale(node.left) + scale(node.right)
