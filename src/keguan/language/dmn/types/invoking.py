"""Calling a function with the arguments at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keguan.language.dmn.types.conformance import coerce
from keguan.language.dmn.types.function import Function, Signature
from keguan.language.dmn.types.types import ANY, ListOf, Type


def invoke(function: object, arguments: Sequence[object]) -> object:
    """The function's value for these arguments; None when it is no function or they do not fit."""
    if not isinstance(function, Function):
        return None
    for signature in function.signatures:
        ordered = _ordered(signature, arguments)
        if ordered is not None and (fitting := _fitting(signature, ordered)) is not None:
            return _call(signature, fitting)
    return None


def invoke_named(function: object, arguments: Mapping[str, object]) -> object:
    """The function's value for arguments by name; None when it is no function or has no such parameters."""
    if not isinstance(function, Function):
        return None
    for signature in function.signatures:
        names = {parameter.name for parameter in signature.parameters}
        needed = {parameter.name for parameter in signature.parameters if not parameter.optional}
        if needed <= arguments.keys() <= names:
            ordered = [arguments.get(parameter.name) for parameter in signature.parameters]
            fitting = _fitting(signature, ordered)
            if fitting is not None:
                return _call(signature, fitting)
    return None


def _ordered(signature: Signature, arguments: Sequence[object]) -> list[object] | None:
    """The arguments in the places of the parameters, or None when there are too many or too few."""
    count, ordered = len(signature.parameters), list(arguments)
    if signature.rest:
        if len(ordered) < count:
            return None
        return [*ordered[: count - 1], ordered[count - 1 :]]
    if len(ordered) > count or any(not parameter.optional for parameter in signature.parameters[len(ordered) :]):
        return None
    return ordered + [None] * (count - len(ordered))


def _fitting(signature: Signature, arguments: list[object]) -> list[object] | None:
    """The arguments as the parameters' types have them, or None when one of them is not of its type."""
    found: list[object] = []
    for parameter, value in zip(signature.parameters, arguments, strict=True):
        if value is None:
            if not (parameter.nullable or parameter.optional):
                return None
            found.append(None)
            continue
        last = signature.rest and parameter is signature.parameters[-1]
        fitting = _rest(signature, parameter.type, value) if last else coerce(value, parameter.type)
        if fitting is None:
            return None
        found.append(fitting)
    return found


def _rest(signature: Signature, declared: Type, value: object) -> list[object] | None:
    """The further arguments, each as the type has them; where one list is the only one, it stands for all of them."""
    items = value if isinstance(value, list) else [value]
    inner = declared.item if isinstance(declared, ListOf) else ANY
    if len(signature.parameters) == 1 and len(items) == 1 and isinstance(items[0], list) and inner == ANY:
        return items[0]
    found = [coerce(item, inner) for item in items]
    return None if any(new is None and old is not None for new, old in zip(found, items, strict=True)) else found


def _call(signature: Signature, arguments: Sequence[object]) -> object:
    try:
        return signature.call(arguments)
    except (ArithmeticError, ValueError):  # no such number, no such day
        return None
