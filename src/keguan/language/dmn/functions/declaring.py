"""How the built-in functions are written down."""

from __future__ import annotations

from collections.abc import Callable

from keguan.language.dmn.types.function import Function, Parameter, Signature
from keguan.language.dmn.types.types import ANY, Type


def needs(name: str, declared: Type = ANY) -> Parameter:
    """A parameter without which the result is null."""
    return Parameter(name, declared)


def may(name: str, declared: Type = ANY) -> Parameter:
    """A parameter that may be left out or be null."""
    return Parameter(name, declared, optional=True)


def anything(name: str) -> Parameter:
    """A parameter that must be given, and may be null."""
    return Parameter(name, ANY, nullable=True)


def takes(call: Callable[..., object], *parameters: Parameter, result: Type = ANY, rest: bool = False) -> Signature:
    """One way to call a function, with its arguments in place. ``rest``: the last parameter takes all the others."""
    return Signature(parameters, lambda arguments: call(*arguments), result, rest)


def functions(**signatures: Signature | tuple[Signature, ...]) -> dict[str, Function]:
    """Functions by name; an underscore stands for the space in it."""
    found = {}
    for key, value in signatures.items():
        name = key.strip("_").replace("_", " ")
        found[name] = Function(name, value if isinstance(value, tuple) else (value,))
    return found
