"""``min``, ``max``, ``sum``, ``mean``, ``all`` and ``any`` of plain values, written out as ``if`` chains that skip
nulls.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, reach
from keguan.language.feel.arithmetic import quotient
from keguan.language.feel.conversion import common, convert
from keguan.language.feel.figures import ORDERED, SUMMED
from keguan.language.feel.logic import balanced, is_null
from keguan.language.feel.shapes import single
from keguan.language.feel.typed import Binary, If, Literal, Operator
from keguan.language.feel.types import BOOLEAN, NULL, Null, Number
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel import nodes
    from keguan.language.feel.context import Context
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.source import Span

MOST_VALUES = 8
"""How many plain values one ``min`` or ``max`` takes (its tree grows with their square)."""


def over_values(
    context: Context,
    function: str,
    node: nodes.CallNode,
    given: tuple[Sequence[Shape | None], Sequence[Span]],
    wanted: Type | None,
) -> Typed | None:
    """The function over values brought to one type; nulls are skipped and only nulls give null."""
    values = [single(context, shape, span) for shape, span in zip(*given, strict=True)]
    sound = [value for value in values if value is not None]
    if len(sound) < len(values):
        return None
    if function in {"all", "any"}:
        return _all_or_any(context, function, sound, given[1])
    constants = all(isinstance(value, Literal) for value in sound)
    if function in {"min", "max"} and len(sound) > MOST_VALUES and not constants:
        expected, found = f"1–{MOST_VALUES}", str(len(sound))
        return context.report(reach.ARGUMENT_COUNT, node.span, function=node.name, expected=expected, found=found)
    kind = _common(sound)
    allowed = ORDERED if function in {"min", "max"} else SUMMED
    if isinstance(kind, Null):
        return Literal(None, kind)
    if kind is None or not isinstance(kind, allowed):
        return _not_counted(context, node, sound, given[1], allowed)
    converted = [convert(context, value, kind, span) for value, span in zip(sound, given[1], strict=True)]
    alike = [value for value in converted if value is not None]
    return _of_values(function, alike, kind, wanted) if len(alike) == len(sound) else None


def _common(values: Sequence[Typed]) -> Type | None:
    kind: Type | None = NULL
    for value in values:
        kind = None if kind is None else common(kind, value.type)
    return kind


def _all_or_any(context: Context, function: str, values: Sequence[Typed], spans: Sequence[Span]) -> Typed | None:
    """``all`` is ``and``, ``any`` is ``or``, over any number of values."""
    typed = [convert(context, value, BOOLEAN, span) for value, span in zip(values, spans, strict=True)]
    sound = [value for value in typed if value is not None]
    return balanced(Operator.AND if function == "all" else Operator.OR, sound) if len(sound) == len(typed) else None


def _not_counted(
    context: Context, node: nodes.CallNode, values: Sequence[Typed], spans: Sequence[Span], allowed: object
) -> Typed | None:
    """Point at the first value that the function cannot take, or that is of another kind than the first."""
    first = values[0].type
    for value, span in zip(values, spans, strict=True):
        if not isinstance(value.type, allowed) or common(first, value.type) is None:  # type: ignore[arg-type]  # a union
            kinds = type_values(found=value.type)
            return context.report(fitting.NOT_COUNTED, span, function=node.name, **kinds)
    return context.report(fitting.NOT_COUNTED, node.span, function=node.name, **type_values(found=first))


def _of_values(function: str, values: Sequence[Typed], kind: Type, wanted: Type | None) -> Typed:
    if function == "sum":
        return _sum(values, kind)
    if function == "mean":
        return quotient(_sum(values, kind), _count(values), wanted)
    constants = [value for value in values if isinstance(value, Literal)]
    if len(constants) == len(values):
        present = [value for value in constants if value.value is not None]
        best = max if function == "max" else min
        return best(present, key=lambda literal: literal.value) if present else Literal(None, kind)  # type: ignore[arg-type, return-value]  # of one kind
    return _extreme(Operator.GREATER_EQUAL if function == "max" else Operator.LESS_EQUAL, values, kind)


def _extreme(better: Operator, values: Sequence[Typed], kind: Type) -> Typed:
    """The best of the values: halves first, so that the tree grows with the square of their number only."""
    if len(values) == 1:
        return values[0]
    middle = len(values) // 2
    left, right = _extreme(better, values[:middle], kind), _extreme(better, values[middle:], kind)
    keeps: Typed = Binary(better, left, right, BOOLEAN)
    if not _is_constant(right):
        keeps = Binary(Operator.OR, is_null(right), keeps, BOOLEAN)
    return If(keeps, left, right, kind)


def _sum(values: Sequence[Typed], kind: Type) -> Typed:
    parts = [value if _is_constant(value) else If(is_null(value), Literal(0, kind), value, kind) for value in values]
    total: Typed = reduce(lambda left, right: Binary(Operator.ADD, left, right, kind), parts[1:], parts[0])
    if any(_is_constant(value) for value in values):
        return total
    nothing = balanced(Operator.AND, [is_null(value) for value in values])
    return If(nothing, Literal(None, kind), total, kind)


def _count(values: Sequence[Typed]) -> Typed:
    whole = Number()
    one = Literal(1, whole)
    parts = [one if _is_constant(value) else If(is_null(value), Literal(0, whole), one, whole) for value in values]
    first: Typed = parts[0]
    return reduce(lambda left, right: Binary(Operator.ADD, left, right, whole), parts[1:], first)


def _is_constant(value: Typed) -> bool:
    return isinstance(value, Literal) and value.value is not None
