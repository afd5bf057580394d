"""Tables of which every matching row has a part in the outcome: one yes/no per rule, the list of rules, the outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, Call, Function, If, Literal, Operator
from keguan.language.feel.types import BOOLEAN, TEXT, Number, Text
from keguan.language.model.model import HitPolicy
from keguan.language.model.naming import rule_column
from keguan.language.model.ranking import ranked
from keguan.language.plan.definition import NO, Definition, joined, known, match_flags
from keguan.language.plan.extremes import extreme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, OutputColumn

SEPARATOR = "、"
"""Stands between the results of a decision that lists them."""

Part = tuple["Typed", "Typed"]
"""A result that is not always null, and when it counts."""


def collected(decision: Decision, names: tuple[str, ...]) -> Iterator[Definition]:
    """The rule column and the outputs. ``names`` are the columns of the inputs."""
    flags = list(match_flags(decision, names))
    yield from (flag for flag, _ in flags)
    numbers = [If(flag.reference, Literal(f",{row.number}", TEXT), Literal("", TEXT), TEXT) for flag, row in flags]
    rules = joined(Operator.ADD, numbers, Literal("", TEXT), TEXT)
    yield Definition(rule_column(decision.code), TEXT, rules, rule_list=True)
    matched = {row.number: flag.reference for flag, row in flags}
    rows = ranked(decision) if decision.hit.ranks else decision.rules
    for position, output in enumerate(decision.outputs):
        parts = [part for row in rows if (part := _part(matched[row.number], row.results[position])) is not None]
        yield from _outcome(decision, output, parts, names)


def _part(hit: Typed, result: Typed) -> Part | None:
    if isinstance(result, Literal):
        return None if result.value is None else (result, hit)
    return result, Binary(Operator.AND, hit, known(result), BOOLEAN)


def _outcome(
    decision: Decision, output: OutputColumn, parts: Sequence[Part], names: tuple[str, ...]
) -> Iterator[Definition]:
    hit, type_ = decision.hit, output.type
    if hit in (HitPolicy.COLLECT_MIN, HitPolicy.COLLECT_MAX):
        yield from extreme(output, parts, names, largest=hit is HitPolicy.COLLECT_MAX)
    elif hit is HitPolicy.COLLECT_COUNT:
        yield Definition(output.code, type_, _count(parts, type_), names)
    else:
        total = _list(parts) if hit.lists else _sum(parts, type_)
        there = joined(Operator.OR, [counts for _, counts in parts], NO, BOOLEAN)
        yield Definition(output.code, type_, If(there, total, Literal(None, type_), type_), names)


def _sum(parts: Sequence[Part], type_: Type) -> Typed:
    added = [If(counts, result, Literal(0, type_), type_) for result, counts in parts]
    return joined(Operator.ADD, added, Literal(None, type_), type_)


def _count(parts: Sequence[Part], type_: Type) -> Typed:
    one = Literal(10**type_.scale if isinstance(type_, Number) else 1, type_)
    ones = [If(counts, one, Literal(0, type_), type_) for _, counts in parts]
    return joined(Operator.ADD, ones, Literal(0, type_), type_)


def _list(parts: Sequence[Part]) -> Typed:
    """Each result behind a separator, and the first separator cut off."""
    pieces = [If(counts, _behind_separator(result), Literal("", TEXT), TEXT) for result, counts in parts]
    whole = joined(Operator.ADD, pieces, Literal("", TEXT), TEXT)
    return Call(Function.SUBSTRING, (whole, Literal(len(SEPARATOR) + 1, Number(0))), TEXT)


def _behind_separator(result: Typed) -> Typed:
    if isinstance(result, Literal) and isinstance(result.value, str):
        return Literal(SEPARATOR + result.value, TEXT)
    text = result if isinstance(result.type, Text) else Call(Function.TEXT_OF, (result,), TEXT)
    return Binary(Operator.ADD, Literal(SEPARATOR, TEXT), text, TEXT)
