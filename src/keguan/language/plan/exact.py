"""Exact arithmetic as a small postfix program, for the places where an engine's own integers could overflow.

A program is a text of words: ``v`` takes the next argument, ``#12`` is a constant, ``+ - *`` and ``neg`` compute,
``u3`` multiplies by 10**3, ``r3`` divides by 10**3 and ``/2`` divides by the second operand after multiplying the
first by 10**2 (``/-2``: the second), both rounding half-even; ``floor2`` and its like divide by 10**2 and round as
they are called; ``abs`` and ``mod``; ``< <= > >= = !=`` compare. Null in gives null out (but ``=`` and ``!=`` are
two-valued), and so does a division by zero.
"""

from __future__ import annotations

import operator
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from keguan.language.feel.rounding import coarser, divide
from keguan.language.feel.typed import Binary, Call, Function, Literal, Negate, Operator, Rescale
from keguan.language.plan.magnitude import scale
from keguan.language.plan.walk import is_arithmetic, operands

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.feel.typed import Typed

_EQUALITY: dict[str, Callable[[int | None, int | None], bool]] = {"=": operator.eq, "!=": operator.ne}
_UNARY: dict[str, Callable[[int], int]] = {"neg": operator.neg, "abs": abs}
_STRICT: dict[str, Callable[[int, int], int | bool | None]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "mod": lambda left, right: left % right if right else None,
}
_ROUNDING: dict[str, Callable[[int, int], int]] = {
    "floor": lambda value, power: value // power,
    "ceiling": lambda value, power: -(-value // power),
    "up": lambda value, power: -(-value // power) if value > 0 else value // power,
    "down": lambda value, power: value // power if value > 0 else -(-value // power),
    "halfup": lambda value, power: _nearest(value, power, power // 2),
    "halfdown": lambda value, power: _nearest(value, power, power // 2 - 1),
    "r": coarser,
    "u": operator.mul,
}
"""The words with a number of places behind them: what they do with a value and that power of ten."""
_WORDS = {
    Function.FLOOR: "floor",
    Function.CEILING: "ceiling",
    Function.ROUND_UP: "up",
    Function.ROUND_DOWN: "down",
    Function.ROUND_HALF_UP: "halfup",
    Function.ROUND_HALF_DOWN: "halfdown",
}
_PLACES = re.compile(r"([a-z]+)([0-9]+)")


def run(program: str, arguments: tuple[int | None, ...]) -> int | bool | None:
    """The value of a program. Raises ``TypeError`` when an argument is no integer."""
    for argument in arguments:
        if argument is not None and not isinstance(argument, int):
            raise TypeError(f"exact arithmetic on {argument!r}: only integers are exact")
    stack: list[int | None] = []
    taken = iter(arguments)
    for takes, compute in _compiled(program):
        if takes == 0:
            stack.append(next(taken) if compute is None else compute())
            continue
        right = stack.pop()
        if takes == 1:
            stack.append(None if right is None else compute(right))
        else:
            stack.append(compute(stack.pop(), right))
    return stack.pop()


@lru_cache(maxsize=1024)
def _compiled(program: str) -> tuple[tuple[int, Any], ...]:
    """For each word how many operands it takes from the stack and what computes it; None takes an argument."""
    return tuple(_word(word) for word in program.split())


def _word(word: str) -> tuple[int, Any]:  # noqa: PLR0911 - one answer for each kind of word
    if word == "v":
        return 0, None
    if word[0] == "#":
        constant = int(word[1:])
        return 0, lambda: constant
    if word in _UNARY:
        return 1, _UNARY[word]
    if (found := _PLACES.fullmatch(word)) is not None:
        compute, power = _ROUNDING[found[1]], 10 ** int(found[2])
        return 1, lambda value: compute(value, power)
    if word in _EQUALITY:
        return 2, _EQUALITY[word]
    if word[0] == "/":
        shift = int(word[1:])
        return 2, _strict(lambda left, right: divide(left, right, shift))
    return 2, _strict(_STRICT[word])


def _strict(compute: Callable[[int, int], int | bool | None]) -> Callable[[int | None, int | None], int | bool | None]:
    return lambda left, right: None if left is None or right is None else compute(left, right)


def _nearest(value: int, power: int, more: int) -> int:
    """The nearest whole number of powers; ``more`` is what carries a number of units into the next one."""
    whole = (abs(value) + more) // power
    return -whole if value < 0 else whole


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


def step(node: Typed) -> list[str]:  # noqa: PLR0911 - one answer for each kind of node
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
        case Call(function=Function.ABS):
            return ["abs"]
        case Call(function=Function.MODULO):
            return ["mod"]
        case Call(function=function, arguments=(value,)) if function in _WORDS:
            places = scale(value) - scale(node)
            return [f"{_WORDS[function]}{places}"] if places > 0 else []
    raise TypeError(f"{type(node).__name__} is no arithmetic")


def _moving(places: int) -> list[str]:
    if places == 0:
        return []
    return [f"u{places}"] if places > 0 else [f"r{-places}"]


def division_shift(node: Binary) -> int:
    """By how many places the dividend moves, so that the quotient comes out in the node's scale."""
    return scale(node) - scale(node.left) + scale(node.right)
