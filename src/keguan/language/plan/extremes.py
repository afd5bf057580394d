"""The smallest or largest result of the matching rows.

Constants are sorted now, so that the first row that matches is the answer; expressions are compared two by two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.language.feel.typed import Binary, FieldRef, If, Literal, Operator
from keguan.language.feel.types import BOOLEAN
from keguan.language.plan.definition import Definition, inner_name, known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import OutputColumn
    from keguan.language.plan.collecting import Part


def extreme(
    output: OutputColumn, parts: Sequence[Part], names: tuple[str, ...], *, largest: bool
) -> Iterator[Definition]:
    """The definitions of an output, its own last; null when no result counts."""
    type_ = output.type
    constants: list[tuple[Any, Typed]] = [
        (result.value, counts) for result, counts in parts if isinstance(result, Literal)
    ]
    answer: Typed = Literal(None, type_)
    for value, counts in sorted(constants, key=lambda pair: pair[0], reverse=not largest):
        answer = If(counts, Literal(value, type_), answer, type_)
    values: list[Typed] = [
        If(counts, result, Literal(None, type_), type_) for result, counts in parts if not isinstance(result, Literal)
    ]
    round_ = [
        Definition(inner_name("pick", output.code, number), type_, value, names)
        for number, value in enumerate([answer, *values] if constants or not values else values)
    ]
    made = len(round_)
    while len(round_) > 1:
        yield from round_
        pairs = [round_[start : start + 2] for start in range(0, len(round_), 2)]
        round_ = [
            Definition(inner_name("pick", output.code, made + number), type_, _better(pair, type_, largest=largest))
            for number, pair in enumerate(pairs)
        ]
        made += len(round_)
    yield Definition(output.code, type_, round_[0].expression, round_[0].inputs)


def _better(pair: Sequence[Definition], type_: Type, *, largest: bool) -> Typed:
    """The better one of two, of which either may be null."""
    first = pair[0].reference
    if len(pair) == 1:
        return first
    second: FieldRef = pair[1].reference
    before = Binary(Operator.GREATER if largest else Operator.LESS, second, first, BOOLEAN)
    taken = Binary(Operator.OR, before, Binary(Operator.EQUAL, known(first), Literal(False, BOOLEAN), BOOLEAN), BOOLEAN)
    return If(Binary(Operator.AND, known(second), taken, BOOLEAN), second, first, type_)
