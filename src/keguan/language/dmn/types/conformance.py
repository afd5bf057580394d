"""Whether a value is of a type, and the conversions that DMN makes where a type is declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keguan.language.dmn.budget import spend_on
from keguan.language.dmn.types.function import Function, Signature
from keguan.language.dmn.types.kinds import kind_of
from keguan.language.dmn.types.types import (
    DATE_TIME,
    AnyType,
    ContextOf,
    FunctionOf,
    ListOf,
    Named,
    NullType,
    OneOf,
    RangeOf,
    Simple,
    Type,
)
from keguan.language.dmn.values.dates import Date
from keguan.language.dmn.values.ranges import Range
from keguan.language.dmn.values.times import MIDNIGHT, DateTime, Time
from keguan.language.dmn.values.zones import Zone

_UTC = Zone(0)


def meaning(declared: Type) -> Type:
    """The type that an item definition stands for, however many names lead to it."""
    seen = 0
    while isinstance(declared, Named) and seen < 64:
        declared, seen = declared.type, seen + 1
    return declared


def is_instance(value: object, declared: Type) -> bool:
    """What ``instance of`` says. Null is an instance of nothing but the type of null; constraints do not count."""
    return (
        value is None if isinstance(meaning(declared), NullType) else value is not None and _conforms(value, declared)
    )


def coerce(value: object, declared: Type) -> object:
    """The value as the declared type has it, or None when it is not and does not become one of it.

    A single value becomes a list of one and a list of one its value, a day becomes its midnight in UTC, where the type
    asks for it. A value that the item definition does not allow becomes None.
    """
    if value is None:
        return None
    found = value if _conforms(value, declared) else _converted(value, declared)
    return found if found is not None and allowed(found, declared) else None


def allowed(value: object, declared: Type) -> bool:
    """Whether the constraints of the item definitions in ``declared`` hold, all the way down. They let null pass."""
    if value is None:
        return True
    if isinstance(declared, Named):
        return _meets(value, declared) and allowed(value, declared.type)
    if isinstance(declared, ListOf) and isinstance(value, list):
        spend_on(value)
        return all(allowed(item, declared.item) for item in value)
    if isinstance(declared, ContextOf) and isinstance(value, dict):
        return all(allowed(value.get(name), entry) for name, entry in declared.entries)
    return True


def _meets(value: object, named: Named) -> bool:
    if named.constraint is not None and not named.constraint(value):
        return False
    if named.allowed is None:
        return True
    items = value if isinstance(value, list) and isinstance(meaning(named), ListOf) else [value]
    return all(item is None or named.allowed(item) for item in items)


def _converted(value: object, declared: Type) -> object:
    wanted = meaning(declared)
    if isinstance(wanted, ListOf):
        return None if isinstance(value, list) or not _conforms(value, wanted.item) else [value]
    if isinstance(value, list) and len(value) == 1:
        return coerce(value[0], declared)
    if wanted == DATE_TIME and isinstance(value, Date):
        return DateTime(value, Time(MIDNIGHT.nanoseconds, _UTC))
    return None


def _conforms(value: object, declared: Type) -> bool:
    """Whether the value, or null in a place inside another value, is of the type."""
    wanted = meaning(declared)
    return value is None or _CONFORMS[type(wanted)](value, wanted)


def _is_list(value: object, wanted: ListOf) -> bool:
    if not isinstance(value, list):
        return False
    if isinstance(meaning(wanted.item), AnyType):
        return True
    spend_on(value)
    return all(_conforms(item, wanted.item) for item in value)


def _is_context(value: object, wanted: ContextOf) -> bool:
    spend_on(value)
    return isinstance(value, dict) and all(
        name in value and _conforms(value[name], entry) for name, entry in wanted.entries
    )


def _is_range(value: object, wanted: RangeOf) -> bool:
    return isinstance(value, Range) and all(_conforms(end, wanted.end) for end in (value.start, value.end))


def _is_function(value: object, wanted: FunctionOf) -> bool:
    return isinstance(value, Function) and _callable_as(value, wanted)


def _callable_as(function: Function, wanted: FunctionOf) -> bool:
    return wanted.parameters is None or any(_takes(each, wanted.parameters, wanted) for each in function.signatures)


def _takes(signature: Signature, given: tuple[Type, ...], wanted: FunctionOf) -> bool:
    if signature.rest:
        return True
    least = sum(not parameter.optional for parameter in signature.parameters)
    if not least <= len(given) <= len(signature.parameters):
        return False
    pairs = zip(given, signature.parameters, strict=False)
    return all(_accepts(parameter.type, each) for each, parameter in pairs) and _accepts(
        wanted.result, signature.result
    )


def _accepts(wide: Type, narrow: Type) -> bool:
    """Whether every value of ``narrow`` is one of ``wide``; where either says nothing, it is taken to be so."""
    wide, narrow = meaning(wide), meaning(narrow)
    if isinstance(wide, AnyType) or isinstance(narrow, AnyType):
        return True
    if isinstance(wide, OneOf):
        return any(_accepts(each, narrow) for each in wide.types)
    if isinstance(wide, ListOf) and isinstance(narrow, ListOf):
        return _accepts(wide.item, narrow.item)
    if isinstance(wide, RangeOf) and isinstance(narrow, RangeOf):
        return _accepts(wide.end, narrow.end)
    if isinstance(wide, ContextOf) and isinstance(narrow, ContextOf):
        mine = dict(narrow.entries)
        return all(name in mine and _accepts(entry, mine[name]) for name, entry in wide.entries)
    return wide == narrow or (isinstance(wide, FunctionOf) and isinstance(narrow, FunctionOf))


_CONFORMS: dict[type, Callable[[object, Any], bool]] = {
    AnyType: lambda _value, _wanted: True,
    NullType: lambda _value, _wanted: False,
    Simple: lambda value, wanted: kind_of(value) is wanted.kind,
    OneOf: lambda value, wanted: any(_conforms(value, each) for each in wanted.types),
    ListOf: _is_list,
    RangeOf: _is_range,
    ContextOf: _is_context,
    FunctionOf: _is_function,
    Named: lambda _value, _wanted: True,  # a name that leads back to itself says nothing
}
